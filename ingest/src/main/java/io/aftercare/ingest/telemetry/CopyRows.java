package io.aftercare.ingest.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Rows in the format of PostgreSQL's binary COPY (its manual, "COPY", "Binary Format"), the rows of a device together:
/// the server then works on neighbouring places of its index, which saves it a quarter of its time. Reused by its lane; not
/// thread-safe.
final class CopyRows {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0,
            0, 0, 0, 0, 0, 0, 0};
    private static final int KEY_FIELDS = 4;
    private static final int KEY_BYTES_MAX = 36;
    private static final int SLOT_BYTES_MAX = 12;
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
    private long[] order = new long[256];

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Writes rows `from` to `to`, exclusive, with header and trailer.
    void encode(Rows rows, int from, int to) {
        int width = rows.width();
        int wanted = HEADER.length + (to - from) * (KEY_BYTES_MAX + width * SLOT_BYTES_MAX) + Short.BYTES;
        if (bytes.length < wanted) {
            bytes = new byte[Math.max(wanted, bytes.length * 2)];
        }
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        size = HEADER.length;
        sort(rows, from, to);
        for (int i = 0; i < to - from; i++) {
            append(rows, (int) order[i], width);
        }
        SHORT.set(bytes, size, (short) -1);
        size += Short.BYTES;
    }

    // By device, and within it as they came.
    private void sort(Rows rows, int from, int to) {
        if (order.length < to - from) {
            order = new long[(to - from) * 2];
        }
        for (int row = from; row < to; row++) {
            order[row - from] = (long) rows.device(row) << 32 | row;
        }
        Arrays.sort(order, 0, to - from);
    }

    private void append(Rows rows, int row, int width) {
        SHORT.set(bytes, size, (short) (KEY_FIELDS + width));
        INT.set(bytes, size + 2, 4);
        INT.set(bytes, size + 6, rows.device(row));
        INT.set(bytes, size + 10, 8);
        LONG.set(bytes, size + 14, rows.micros(row) - EPOCH_MICROS);
        INT.set(bytes, size + 22, 2);
        SHORT.set(bytes, size + 26, rows.page(row));
        int at = size + 28;
        if (rows.isRecognisable(row)) {
            INT.set(bytes, at, 4);
            INT.set(bytes, at + 4, rows.packet(row));
            at += 8;
        } else {
            INT.set(bytes, at, -1);
            at += 4;
        }
        int present = rows.present(row);
        int value = rows.valuesStart(row);
        for (int slot = 0; slot < width; slot++) {
            if ((present & 1 << slot) != 0) {
                INT.set(bytes, at, 8);
                LONG.set(bytes, at + 4, Double.doubleToRawLongBits(rows.values()[value++]));
                at += 12;
            } else {
                INT.set(bytes, at, -1);
                at += 4;
            }
        }
        size = at;
    }
}
