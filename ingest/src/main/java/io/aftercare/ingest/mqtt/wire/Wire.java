package io.aftercare.ingest.mqtt.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/// Writing to a connection where nobody waits for the outcome: a failed write ends the connection, which is heard of in
/// another way.
public final class Wire {
    private static final int LAST_WORD_SECONDS_MAX = 5;

    private Wire() {}

    public static void send(ChannelHandlerContext channel, Object message) {
        var _ = channel.writeAndFlush(message, channel.voidPromise());
    }

    /// Says a last word. Who does not take it within [#LAST_WORD_SECONDS_MAX] is closed without: behind what a device does not
    /// read it would wait for ever.
    public static void sendAndClose(ChannelHandlerContext channel, Object message) {
        ChannelFuture said = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
        if (!said.isDone()) {
            var _ = channel.executor().schedule(() -> close(channel), LAST_WORD_SECONDS_MAX,
                    TimeUnit.SECONDS);
        }
    }

    public static void close(ChannelHandlerContext channel) {
        var _ = channel.close();
    }
}
