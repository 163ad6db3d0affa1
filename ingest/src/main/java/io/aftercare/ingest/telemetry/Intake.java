package io.aftercare.ingest.telemetry;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Messages on their way to a lane, their payloads one after the other in one array. Grows with what comes, which its
/// lane bounds. Not thread-safe: the lane's lock guards the one being filled, the lane's thread owns the other.
final class Intake {
    private static final int QOS_SHIFT = 16;
    private static final int DUP = 1 << 18;
    private static final int FORMAT_SHIFT = 19;

    private final List<Source> sources = new ArrayList<>();
    private int[] packets = new int[256];
    private int[] ends = new int[256];
    private long[] received = new long[256];
    private byte[] bytes = new byte[16 * 1024];
    private int count;

    /// @param from, to where the payload lies in `in`
    void add(Source source, int packet, int qos, boolean dup, Format format, ByteBuf in, int from, int to,
            long receivedMicros) {
        if (count == packets.length) {
            packets = Arrays.copyOf(packets, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            received = Arrays.copyOf(received, count * 2);
        }
        int start = size();
        int length = to - from;
        if (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + length));
        }
        in.getBytes(from, bytes, start, length);
        sources.add(source);
        packets[count] = packet | qos << QOS_SHIFT | (dup ? DUP : 0) | format.bits() << FORMAT_SHIFT;
        received[count] = receivedMicros;
        ends[count++] = start + length;
    }

    int count() {
        return count;
    }

    /// Bytes of all payloads.
    int size() {
        return count == 0 ? 0 : ends[count - 1];
    }

    Source source(int message) {
        return sources.get(message);
    }

    int packet(int message) {
        return packets[message] & 0xffff;
    }

    int qos(int message) {
        return packets[message] >> QOS_SHIFT & 3;
    }

    /// Whether the device says that it sent this one before.
    boolean dup(int message) {
        return (packets[message] & DUP) != 0;
    }

    Format format(int message) {
        return Format.of(packets[message] >> FORMAT_SHIFT & 3);
    }

    long received(int message) {
        return received[message];
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int message) {
        return message == 0 ? 0 : ends[message - 1];
    }

    int end(int message) {
        return ends[message];
    }

    /// Packet identifier and a hash of the payload: what a message without a time of its own is known again by.
    int fingerprint(int message) {
        int hash = 0x811c9dc5;
        for (int i = start(message); i < end(message); i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        return packet(message) << 16 | (hash ^ hash >>> 16) & 0xffff;
    }

    void clear() {
        sources.clear();
        count = 0;
    }
}
