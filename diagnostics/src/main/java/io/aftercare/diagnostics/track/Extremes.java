package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Least and greatest value of a window.
final class Extremes extends Window {
    /// Pairs of a least and a greatest value.
    private final double[] pairs = new double[PAIRS];

    Extremes(long windowMicros) {
        super(windowMicros);
        clear(0, BACK);
    }

    @Override
    void put(int cell, double value, long micros) {
        int at = pair(cell);
        if (value < pairs[at]) {
            pairs[at] = value;
        }
        if (value > pairs[at + 1]) {
            pairs[at + 1] = value;
        }
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
            pairs[at] = Double.POSITIVE_INFINITY;
            pairs[at + 1] = Double.NEGATIVE_INFINITY;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            int at = pair(cell);
            int next = pair(cell + 1);
            pairs[at] = Math.min(pairs[at], pairs[next]);
            pairs[at + 1] = Math.max(pairs[at + 1], pairs[next + 1]);
        }
    }

    @Override
    double result(Output output, int older, int newer) {
        double extreme = output == Output.MINIMUM
                ? Math.min(pairs[pair(older)], pairs[pair(newer)])
                : Math.max(pairs[pair(older) + 1], pairs[pair(newer) + 1]);
        return Double.isInfinite(extreme) ? Double.NaN : extreme;
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
