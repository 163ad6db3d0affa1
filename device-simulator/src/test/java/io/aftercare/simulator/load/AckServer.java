package io.aftercare.simulator.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Accepts any publisher and acknowledges at once: what the generator can do at most.
final class AckServer implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final int port;

    AckServer() throws InterruptedException {
        port = ((InetSocketAddress) new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Acknowledge());
                    }
                }).bind("127.0.0.1", 0).sync().channel().localAddress()).getPort();
    }

    int port() {
        return port;
    }

    private static final class Acknowledge extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            ByteBuf answers = ctx.alloc().buffer();
            while (in.readableBytes() >= 2) {
                int start = in.readerIndex();
                int length = in.getByte(start + 1) & 0x7F;
                int header = 2;
                if (in.getByte(start + 1) < 0) {
                    if (in.readableBytes() < 3) {
                        break;
                    }
                    length |= in.getByte(start + 2) << 7;
                    header = 3;
                }
                if (in.readableBytes() < header + length) {
                    break;
                }
                if ((in.getByte(start) & 0xF0) == 0x10) {
                    answers.writeBytes(new byte[]{0x20, 3, 0, 0, 0});
                } else if ((in.getByte(start) & 0xF0) == 0x30) {
                    int topic = in.getUnsignedShort(start + header);
                    answers.writeShort(0x4002).writeShort(in.getUnsignedShort(start + header + 2 + topic));
                }
                in.readerIndex(start + header + length);
            }
            var _ = ctx.writeAndFlush(answers, ctx.voidPromise());
        }
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
