package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Sum, count and average of a window.
final class Sums extends Window {
    private final double[] sums = new double[CELLS];
    private final int[] counts = new int[CELLS];

    Sums(long windowMicros) {
        super(windowMicros);
    }

    @Override
    void put(int cell, double value, long micros) {
        sums[cell] += value;
        counts[cell]++;
    }

    @Override
    void putNew(int cell, double value, long micros) {
        put(cell, value, micros);
        put(BACK, value, micros);
    }

    @Override
    void clear(int from, int to) {
        for (int cell = from; cell <= to; cell++) {
            sums[cell] = 0;
            counts[cell] = 0;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            join(cell);
        }
    }

    private void join(int cell) {
        sums[cell] += sums[cell + 1];
        counts[cell] += counts[cell + 1];
    }

    @Override
    double result(Output output, int older, int newer) {
        double sum = sums[newer];
        int count = counts[newer];
        if (older != newer) {
            sum += sums[older];
            count += counts[older];
        }
        return output == Output.AVERAGE ? sum / count : output == Output.SUM ? sum : count; // 0 / 0 is unknown
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, sums);
        Remembered.write(out, counts);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, sums);
        Remembered.read(in, counts);
    }
}
