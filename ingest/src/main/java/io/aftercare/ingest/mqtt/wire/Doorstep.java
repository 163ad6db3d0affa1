package io.aftercare.ingest.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Lets in no more than [#BYTES_MAX] and one read before a CONNECT is there: whoever has not said who they are may not fill the memory.
/// Taken out of the pipeline once it has come.
public final class Doorstep extends ChannelInboundHandlerAdapter {
    public static final String NAME = "doorstep";
    public static final int BYTES_MAX = 16 * 1024;

    private int bytes;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf some) {
            // Looked at before: what comes in one read with the CONNECT is welcome.
            if (bytes > BYTES_MAX) {
                some.release();
                Wire.close(ctx);
                return;
            }
            bytes += some.readableBytes();
        }
        ctx.fireChannelRead(message);
    }
}
