package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Standard deviation of a window's values (that of a sample, so divided by n - 1), by Welford's recurrence, and joined as Chan,
/// Golub and LeVeque do (1979): no difference of large squares.
final class Moments extends Window {
    private final int[] counts = new int[CELLS];
    private final double[] means = new double[CELLS];
    /// Sums of squared distances from the mean.
    private final double[] squares = new double[CELLS];

    Moments(long windowMicros) {
        super(windowMicros);
    }

    @Override
    void put(int cell, double value, long micros) {
        double distance = value - means[cell];
        means[cell] += distance / ++counts[cell];
        squares[cell] += distance * (value - means[cell]);
    }

    @Override
    void putNew(int cell, double value, long micros) {
        put(cell, value, micros);
        put(BACK, value, micros);
    }

    @Override
    void clear(int from, int to) {
        for (int cell = from; cell <= to; cell++) {
            counts[cell] = 0;
            means[cell] = 0;
            squares[cell] = 0;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            join(cell);
        }
    }

    private void join(int cell) {
        int count = counts[cell] + counts[cell + 1];
        if (count == 0) {
            return;
        }
        double distance = means[cell + 1] - means[cell];
        squares[cell] = joined(cell, cell + 1);
        means[cell] += distance * counts[cell + 1] / count;
        counts[cell] = count;
    }

    private double joined(int one, int other) {
        double distance = means[other] - means[one];
        return squares[one] + squares[other]
                + distance * distance * counts[one] * counts[other] / (counts[one] + counts[other]);
    }

    @Override
    double result(Output output, int older, int newer) {
        int count = older == newer ? counts[newer] : counts[older] + counts[newer];
        if (count < 2) {
            return Double.NaN;
        }
        return Math.sqrt((older == newer ? squares[newer] : joined(older, newer)) / (count - 1));
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, counts);
        Remembered.write(out, means);
        Remembered.write(out, squares);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, counts);
        Remembered.read(in, means);
        Remembered.read(in, squares);
    }
}
