package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Least and greatest value of a window.
final class Extremes extends Window {
    private final double[] lows = new double[CELLS];
    private final double[] highs = new double[CELLS];

    Extremes(long windowMicros) {
        super(windowMicros);
        Arrays.fill(lows, Double.POSITIVE_INFINITY);
        Arrays.fill(highs, Double.NEGATIVE_INFINITY);
    }

    @Override
    void put(int cell, double value, long micros) {
        if (value < lows[cell]) {
            lows[cell] = value;
        }
        if (value > highs[cell]) {
            highs[cell] = value;
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
            lows[cell] = Double.POSITIVE_INFINITY;
            highs[cell] = Double.NEGATIVE_INFINITY;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            join(cell);
        }
    }

    private void join(int cell) {
        lows[cell] = Math.min(lows[cell], lows[cell + 1]);
        highs[cell] = Math.max(highs[cell], highs[cell + 1]);
    }

    @Override
    double result(Output output, int older, int newer) {
        double extreme = output == Output.MINIMUM
                ? Math.min(lows[older], lows[newer])
                : Math.max(highs[older], highs[newer]);
        return Double.isInfinite(extreme) ? Double.NaN : extreme;
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, lows);
        Remembered.write(out, highs);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, lows);
        Remembered.read(in, highs);
    }
}
