package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Sum, count and average of a window.
final class Sums extends Window {
    /// Pairs of a sum and a count.
    private final double[] pairs = new double[PAIRS];

    Sums(long windowMicros) {
        super(windowMicros);
    }

    @Override
    void put(int cell, double value, long micros) {
        int at = pair(cell);
        pairs[at] += value;
        pairs[at + 1]++;
    }

    @Override
    void putNew(int cell, double value, long micros) {
        put(cell, value, micros);
        put(BACK, value, micros);
    }

    @Override
    void clear(int from, int to) {
        for (int cell = from; cell <= to; cell++) {
            int at = pair(cell);
            pairs[at] = 0;
            pairs[at + 1] = 0;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            int at = pair(cell);
            int next = pair(cell + 1);
            pairs[at] += pairs[next];
            pairs[at + 1] += pairs[next + 1];
        }
    }

    @Override
    double result(Output output, int older, int newer) {
        int one = pair(newer);
        double sum = pairs[one];
        double count = pairs[one + 1];
        if (older != newer) {
            int other = pair(older);
            sum += pairs[other];
            count += pairs[other + 1];
        }
        return output == Output.AVERAGE ? sum / count : output == Output.SUM ? sum : count; // 0 / 0 is unknown
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, pairs);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, pairs);
    }
}
