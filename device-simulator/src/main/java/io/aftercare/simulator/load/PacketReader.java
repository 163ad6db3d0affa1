package io.aftercare.simulator.load;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into MQTT packets and reads what answers a publisher, without making an object a packet.
/// Not thread-safe: one a connection.
final class PacketReader {
    private static final int FRAME_BYTES_MAX = 1 << 20;

    /// Who hears of the packets.
    interface Sink {
        /// CONNACK.
        ///
        /// @param receiveMaximum what the broker takes unacknowledged; 65,535 where it does not say
        void connected(int reason, int receiveMaximum);

        /// PUBACK, PUBREC or PUBCOMP, by `type` (the first byte of the packet).
        void acknowledged(int type, int packetId, int reason);

        /// The broker's DISCONNECT (MQTT 5).
        void disconnected(int reason);
    }

    private final Sink sink;
    private @Nullable ByteBuf cut;

    PacketReader(Sink sink) {
        this.sink = sink;
    }

    /// Takes the bytes, releases the buffer, keeps a packet that is not whole yet.
    void read(ByteBuf in) {
        ByteBuf whole = in;
        if (cut != null) {
            whole = cut.writeBytes(in);
            in.release();
            cut = null;
        }
        try {
            boolean more = true;
            while (more) {
                more = readPacket(whole);
            }
            if (whole.isReadable()) {
                cut = whole.alloc().buffer(whole.readableBytes()).writeBytes(whole);
            }
        } finally {
            whole.release();
        }
    }

    void close() {
        if (cut != null) {
            cut.release();
            cut = null;
        }
    }

    private boolean readPacket(ByteBuf in) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        int length = 0;
        int headerBytes = 1;
        int digit;
        do {
            if (headerBytes >= available) {
                return false;
            }
            digit = in.getByte(start + headerBytes);
            length |= (digit & 0x7F) << (7 * (headerBytes - 1));
            headerBytes++;
        } while (digit < 0 && headerBytes < 5);
        if (length > FRAME_BYTES_MAX) {
            throw new IllegalStateException(
                    "the broker sent a packet of " + length + " bytes to a publisher");
        }
        if (available < headerBytes + length) {
            return false;
        }
        packet(in.getUnsignedByte(start) & 0xF0, in, start + headerBytes, length);
        in.readerIndex(start + headerBytes + length);
        return true;
    }

    private void packet(int type, ByteBuf in, int at, int length) {
        if (type == 0x20 && length >= 2) {
            sink.connected(in.getUnsignedByte(at + 1), receiveMaximum(in, at + 2, length - 2));
        } else if ((type == 0x40 || type == 0x50 || type == 0x70) && length >= 2) {
            sink.acknowledged(type, in.getUnsignedShort(at), length > 2 ? in.getUnsignedByte(at + 2) : 0);
        } else if (type == 0xE0) {
            sink.disconnected(length > 0 ? in.getUnsignedByte(at) : 0);
        }
    }

    /// Walks the properties of a CONNACK (MQTT 5.0, section 3.2.2.3) to the receive maximum, 0x21.
    private static int receiveMaximum(ByteBuf in, int from, int length) {
        int at = from + 1; // fewer than 128 bytes of properties have a one-byte length, more only push us past the end
        int end = from + length;
        while (at < end) {
            int property = in.getUnsignedByte(at++);
            switch (property) {
                case 0x21 -> {
                    return in.getUnsignedShort(at);
                }
                case 0x11, 0x27 -> at += 4;
                case 0x13 -> at += 2;
                case 0x24, 0x25, 0x28, 0x29, 0x2A -> at += 1;
                case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> at += 2 + in.getUnsignedShort(at);
                case 0x26 -> {
                    at += 2 + in.getUnsignedShort(at);
                    at += 2 + in.getUnsignedShort(at);
                }
                default -> at = end;
            }
        }
        return 0xFFFF;
    }
}
