package io.aftercare.ingest.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttMessageType;
import org.jspecify.annotations.Nullable;

/// Cuts a connection's bytes into MQTT packets (MQTT 5.0, section 2.1). Nearly all of them are PUBLISHes of telemetry: those
/// are offered to the [Shortcut] as they lie in the read buffer, which costs no object and no copy but the one into the
/// lane. Whatever the shortcut declines goes on to Netty's decoder, whole, so that this one never has to hold anything; so
/// does all that follows a length which MQTT does not allow, because that decoder knows what to say about it.
///
/// Holds the beginning of a packet, at most the longest one allowed and one read. Lives on the connection's event loop.
public final class PacketFramer extends ChannelInboundHandlerAdapter {
    private static final int LENGTH_BYTES_MAX = 4;
    private static final int INCOMPLETE = -1;
    private static final int NOT_ALLOWED = -2;

    private final int packetBytesMax;
    private final Shortcut shortcut;
    private @Nullable ByteBuf begun;
    private boolean broken;
    private int bodyAt;

    /// Takes a PUBLISH where it lies.
    @FunctionalInterface
    public interface Shortcut {
        /// @param flags the low four bits of the packet's first byte
        /// @param from  where the packet goes on behind its length
        /// @return false where the packet has to go the long way
        boolean publish(int flags, ByteBuf in, int from, int to);

        /// A whole packet went the long way. A decoder that still waits for more of it was told lengths that do not fit.
        default void decoded() {}
    }

    /// @param packetBytesMax bound of what follows a packet's length, as Netty's decoder counts it
    public PacketFramer(int packetBytesMax, Shortcut shortcut) {
        this.packetBytesMax = packetBytesMax;
        this.shortcut = shortcut;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf held = begun;
        ByteBuf all = held == null ? in : held;
        if (held != null) {
            begun = null;
            held.writeBytes(in);
            in.release();
        }
        try {
            cut(ctx, all);
            if (all.isReadable()) {
                // Copied where packets before it were handed on: somebody may still hold them.
                begun = held != null && held.readerIndex() == 0
                        ? all.retain()
                        : ctx.alloc().buffer(all.readableBytes()).writeBytes(all);
            }
        } finally {
            all.release();
        }
    }

    private void cut(ChannelHandlerContext ctx, ByteBuf in) {
        while (in.isReadable()) {
            int start = in.readerIndex();
            int end = broken ? NOT_ALLOWED : end(in, start);
            if (end == INCOMPLETE) {
                return;
            }
            if (end == NOT_ALLOWED) {
                broken = true;
                ctx.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
                return;
            }
            in.readerIndex(end);
            int first = in.getUnsignedByte(start);
            boolean taken = first >> 4 == MqttMessageType.PUBLISH.value()
                    && shortcut.publish(first & 0x0f, in, bodyAt, end);
            if (!taken) {
                ctx.fireChannelRead(in.retainedSlice(start, end - start));
                shortcut.decoded();
            }
        }
    }

    /// Where the packet that begins at `start` ends; leaves in [#bodyAt] where it goes on behind its length.
    private int end(ByteBuf in, int start) {
        int length = 0;
        for (int i = 0; i < LENGTH_BYTES_MAX; i++) {
            int at = start + 1 + i;
            if (at >= in.writerIndex()) {
                return INCOMPLETE;
            }
            int digit = in.getByte(at);
            length |= (digit & 0x7f) << 7 * i;
            if (digit >= 0) {
                bodyAt = at + 1;
                return length > packetBytesMax
                        ? NOT_ALLOWED
                        : bodyAt + length > in.writerIndex() ? INCOMPLETE : bodyAt + length;
            }
        }
        return NOT_ALLOWED;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf held = begun;
        begun = null;
        if (held != null) {
            held.release();
        }
    }
}
