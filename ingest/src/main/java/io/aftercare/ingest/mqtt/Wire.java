package io.aftercare.ingest.mqtt;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/// Writing to a connection where nobody waits for the outcome: a failed write ends the connection, which is heard of in
/// another way.
final class Wire {
    private Wire() {}

    static void send(ChannelHandlerContext channel, Object message) {
        var _ = channel.writeAndFlush(message, channel.voidPromise());
    }

    static void sendAndClose(ChannelHandlerContext channel, Object message) {
        var _ = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    static void close(ChannelHandlerContext channel) {
        var _ = channel.close();
    }
}
