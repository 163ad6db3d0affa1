package io.aftercare.ingest.store;

import java.util.Arrays;

/// Samples of one page of one device by column, in the order in which they were added; read from the first one on. Not
/// thread-safe.
final class SampleBlock implements SampleCursor {
    private int count;
    private int at = -1;
    private long[] micros;
    private short[] present;
    private double[] values;

    SampleBlock(int expected) {
        this.micros = new long[Math.max(16, expected)];
        this.present = new short[micros.length];
        this.values = new double[micros.length * Slots.COUNT];
    }

    void add(SampleCursor sample) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, count * 2);
            present = Arrays.copyOf(present, count * 2);
            values = Arrays.copyOf(values, count * 2 * Slots.COUNT);
        }
        micros[count] = sample.micros();
        present[count] = (short) sample.present();
        for (int left = sample.present(); left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            values[count * Slots.COUNT + slot] = sample.value(slot);
        }
        count++;
    }

    /// Adds `rows` samples without values yet.
    void addTimes(long[] times, int rows) {
        micros = times;
        present = new short[rows];
        values = new double[rows * Slots.COUNT];
        count = rows;
    }

    void set(int row, int slot, double value) {
        present[row] |= (short) (1 << slot);
        values[row * Slots.COUNT + slot] = value;
    }

    int count() {
        return count;
    }

    long[] times() {
        return micros;
    }

    int present(int row) {
        return present[row] & 0xffff;
    }

    double value(int row, int slot) {
        return values[row * Slots.COUNT + slot];
    }

    void clear() {
        count = 0;
        at = -1;
    }

    @Override
    public boolean next() {
        return ++at < count;
    }

    @Override
    public long micros() {
        return micros[at];
    }

    @Override
    public int present() {
        return present(at);
    }

    @Override
    public double value(int slot) {
        return value(at, slot);
    }
}
