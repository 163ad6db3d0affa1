package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Sample;
import io.aftercare.ingest.store.Slots;
import java.util.Arrays;

/// Rows for `ingest.sample` as they gather, by column. Reused by its lane; not thread-safe.
final class Rows {
    /// Metrics a row.
    static final int SLOTS = Slots.COUNT;
    private static final int SLOT_BITS = 4;

    private int count;
    private int width;
    private int[] devices = new int[256];
    private long[] micros = new long[256];
    private short[] pages = new short[256];
    private int[] packets = new int[256];
    private boolean[] recognisable = new boolean[256];
    private int[] messages = new int[256];
    private short[] present = new short[256];
    private int[] ends = new int[256];
    private double[] values = new double[2048];
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
            int found = 0;
            for (int i = 0; i < sample.count(); i++) {
                int place = sample.place(i);
                if (place >> SLOT_BITS == page) {
                    slots[place & SLOTS - 1] = sample.value(i);
                    found |= 1 << (place & SLOTS - 1);
                }
            }
            grow();
            devices[count] = sample.device().number();
            micros[count] = sample.micros();
            pages[count] = (short) page;
            packets[count] = packet;
            recognisable[count] = hasPacket;
            messages[count] = message;
            values(found);
        }
    }

    private void values(int found) {
        int at = count == 0 ? 0 : ends[count - 1];
        for (int left = found; left != 0; left &= left - 1) {
            values[at++] = slots[Integer.numberOfTrailingZeros(left)];
        }
        present[count] = (short) found;
        ends[count++] = at;
        width = Math.max(width, Integer.SIZE - Integer.numberOfLeadingZeros(found));
    }

    private void grow() {
        if (count == devices.length) {
            int more = count * 2;
            devices = Arrays.copyOf(devices, more);
            micros = Arrays.copyOf(micros, more);
            pages = Arrays.copyOf(pages, more);
            packets = Arrays.copyOf(packets, more);
            recognisable = Arrays.copyOf(recognisable, more);
            messages = Arrays.copyOf(messages, more);
            present = Arrays.copyOf(present, more);
            ends = Arrays.copyOf(ends, more);
        }
        int used = count == 0 ? 0 : ends[count - 1];
        if (values.length - used < SLOTS) {
            values = Arrays.copyOf(values, values.length * 2);
        }
    }

    int count() {
        return count;
    }

    /// How many of the slots, from the first, hold anything in any row.
    int width() {
        return width;
    }

    int device(int row) {
        return devices[row];
    }

    long micros(int row) {
        return micros[row];
    }

    short page(int row) {
        return pages[row];
    }

    int packet(int row) {
        return packets[row];
    }

    boolean isRecognisable(int row) {
        return recognisable[row];
    }

    /// Index of the message that the row came with.
    int message(int row) {
        return messages[row];
    }

    /// The slots that hold something, as bits.
    int present(int row) {
        return present[row] & 0xffff;
    }

    /// Where the row's values begin in [#values], in the order of their slots.
    int valuesStart(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    double[] values() {
        return values;
    }

    void clear() {
        count = 0;
        width = 0;
    }
}
