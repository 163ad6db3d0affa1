package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The oldest value of a window and the newest of all, for differences and slopes.
final class Ends extends Window {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long NEVER = Long.MAX_VALUE;
    private final double[] first = new double[CELLS];
    private final long[] firstAt = new long[CELLS];
    private double newestValue = Double.NaN;
    private long newestAt = Long.MIN_VALUE;

    Ends(long windowMicros) {
        super(windowMicros);
        Arrays.fill(firstAt, NEVER);
    }

    @Override
    void put(int cell, double value, long micros) {
        if (micros < firstAt[cell]) {
            first[cell] = value;
            firstAt[cell] = micros;
        }
        if (micros >= newestAt) {
            newestValue = value;
            newestAt = micros;
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
            firstAt[cell] = NEVER;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            join(cell);
        }
    }

    private void join(int cell) {
        if (firstAt[cell] == NEVER) {
            first[cell] = first[cell + 1];
            firstAt[cell] = firstAt[cell + 1];
        }
    }

    @Override
    double result(Output output, int older, int newer) {
        int start = firstAt[older] == NEVER ? newer : older;
        if (firstAt[start] == NEVER || firstAt[start] == newestAt) {
            return Double.NaN;
        }
        double difference = newestValue - first[start];
        return output == Output.DELTA
                ? difference
                : difference / ((newestAt - firstAt[start]) / MICROS_PER_SECOND);
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, first);
        Remembered.write(out, firstAt);
        out.writeDouble(newestValue);
        out.writeLong(newestAt);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, first);
        Remembered.read(in, firstAt);
        newestValue = in.readDouble();
        newestAt = in.readLong();
    }
}
