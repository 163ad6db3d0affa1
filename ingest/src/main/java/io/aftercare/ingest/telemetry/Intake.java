package io.aftercare.ingest.telemetry;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages on their way to a lane, their payloads one after the other in one array. Grows with what comes, which its
/// lane bounds. Not thread-safe: the lane's lock guards the one being filled, the lane's thread owns the other.
final class Intake {
    private static final int QOS_SHIFT = 16;
    private static final int DUP = 1 << 18;
    private static final int FORMAT_SHIFT = 19;
    /// A device was heard of, no more: there is nothing to read and nothing to answer.
    private static final int SIGN = 1 << 21;

    private final List<Source> sources = new ArrayList<>();
    /// By message: those that are events.
    private final Map<Integer, DeviceEvent> events = new HashMap<>();
    private int signs;
    private int[] packets = new int[256];
    private int[] ends = new int[256];
    private long[] received = new long[256];
    private byte[] bytes = new byte[16 * 1024];
    private int count;

    /// @param from, to where the payload lies in `in`
    void add(Source source, int packet, int qos, boolean dup, Format format, ByteBuf in, int from, int to,
            long receivedMicros) {
        int start = size();
        int length = to - from;
        if (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + length));
        }
        in.getBytes(from, bytes, start, length);
        append(source, packet | qos << QOS_SHIFT | (dup ? DUP : 0) | format.bits() << FORMAT_SHIFT,
                start + length, receivedMicros);
    }

    /// An event, read already.
    void add(Source source, DeviceEvent event, int qos, long receivedMicros) {
        events.put(count, event);
        append(source, event.packet() | qos << QOS_SHIFT, size(), receivedMicros);
    }

    /// A device was heard of.
    void addSign(Source source, long receivedMicros) {
        signs++;
        append(source, SIGN, size(), receivedMicros);
    }

    private void append(Source source, int packed, int end, long receivedMicros) {
        if (count == packets.length) {
            packets = Arrays.copyOf(packets, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            received = Arrays.copyOf(received, count * 2);
        }
        sources.add(source);
        packets[count] = packed;
        received[count] = receivedMicros;
        ends[count++] = end;
    }

    /// The message as an event; null where it is none.
    @Nullable
    DeviceEvent event(int message) {
        return events.isEmpty() ? null : events.get(message);
    }

    boolean isSign(int message) {
        return (packets[message] & SIGN) != 0;
    }

    /// How many of the messages are mere signs of life.
    int signs() {
        return signs;
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
        events.clear();
        signs = 0;
        count = 0;
    }
}
