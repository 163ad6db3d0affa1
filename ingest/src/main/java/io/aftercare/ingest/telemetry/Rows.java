package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Sample;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Rows of `ingest.sample` in the format of PostgreSQL's binary COPY (its manual, "COPY", "Binary Format"), one after the
/// other in one array. Reused by its lane; not thread-safe.
final class Rows {
    /// Metrics a row.
    static final int SLOTS = 16;
    private static final int SLOT_BITS = 4;
    private static final int FIELDS = 4 + SLOTS;
    private static final int ROW_BYTES_MAX = 2 + 8 + 12 + 6 + 8 + SLOTS * 12;
    // PostgreSQL counts from 2000-01-01.
    private static final long EPOCH_MICROS = 946_684_800_000_000L;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class,
            ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64 * 1024];
    private int size;
    private int[] starts = new int[256];
    private int[] messages = new int[256];
    private int count;
    private final double[] slots = new double[SLOTS];

    /// Adds a sample: one row for each page of sixteen metrics of which it has some.
    ///
    /// @param message index of the sample's message in its batch
    /// @param packet  what it is known again by; ignored unless `hasPacket`
    void add(Sample sample, int message, int packet, boolean hasPacket) {
        long pending = 0;
        for (int i = 0; i < sample.count(); i++) {
            pending |= 1L << (sample.place(i) >> SLOT_BITS);
        }
        while (pending != 0) {
            int page = Long.numberOfTrailingZeros(pending);
            pending &= pending - 1;
            int present = 0;
            for (int i = 0; i < sample.count(); i++) {
                int place = sample.place(i);
                if (place >> SLOT_BITS == page) {
                    slots[place & SLOTS - 1] = sample.value(i);
                    present |= 1 << (place & SLOTS - 1);
                }
            }
            begin(message);
            key(sample, page, packet, hasPacket);
            values(present);
        }
    }

    private void begin(int message) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            messages = Arrays.copyOf(messages, count * 2);
        }
        if (bytes.length - size < ROW_BYTES_MAX) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        starts[count] = size;
        messages[count++] = message;
    }

    private void key(Sample sample, int page, int packet, boolean hasPacket) {
        SHORT.set(bytes, size, (short) FIELDS);
        INT.set(bytes, size + 2, 4);
        INT.set(bytes, size + 6, sample.device().number());
        INT.set(bytes, size + 10, 8);
        LONG.set(bytes, size + 14, sample.micros() - EPOCH_MICROS);
        INT.set(bytes, size + 22, 2);
        SHORT.set(bytes, size + 26, (short) page);
        size += 28;
        if (hasPacket) {
            INT.set(bytes, size, 4);
            INT.set(bytes, size + 4, packet);
            size += 8;
        } else {
            INT.set(bytes, size, -1);
            size += 4;
        }
    }

    private void values(int present) {
        int at = size;
        for (int slot = 0; slot < SLOTS; slot++) {
            if ((present & 1 << slot) != 0) {
                INT.set(bytes, at, 8);
                LONG.set(bytes, at + 4, Double.doubleToRawLongBits(slots[slot]));
                at += 12;
            } else {
                INT.set(bytes, at, -1);
                at += 4;
            }
        }
        size = at;
    }

    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Where row `row` begins; for `row == count()`, where the last one ends.
    int start(int row) {
        return row == count ? size : starts[row];
    }

    /// Index of the message that row `row` came with.
    int message(int row) {
        return messages[row];
    }

    void clear() {
        count = 0;
        size = 0;
    }
}
