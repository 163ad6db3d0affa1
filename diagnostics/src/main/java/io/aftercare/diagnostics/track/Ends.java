package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The oldest value of a window and the newest of all, for differences and slopes.
final class Ends extends Window {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long NEVER = Long.MAX_VALUE;
    /// Pairs of the oldest value's moment and, as its bits, that value.
    private final long[] pairs = new long[PAIRS];
    private double newestValue = Double.NaN;
    private long newestAt = Long.MIN_VALUE;

    Ends(long windowMicros) {
        super(windowMicros);
        clear(0, BACK);
    }

    @Override
    void put(int cell, double value, long micros) {
        int at = pair(cell);
        if (micros < pairs[at]) {
            pairs[at] = micros;
            pairs[at + 1] = Double.doubleToRawLongBits(value);
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
            pairs[pair(cell)] = NEVER;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            int at = pair(cell);
            if (pairs[at] == NEVER) {
                int next = pair(cell + 1);
                pairs[at] = pairs[next];
                pairs[at + 1] = pairs[next + 1];
            }
        }
    }

    @Override
    double result(Output output, int older, int newer) {
        int start = pairs[pair(older)] == NEVER ? pair(newer) : pair(older);
        long firstAt = pairs[start];
        if (firstAt == NEVER || firstAt == newestAt) {
            return Double.NaN;
        }
        double difference = newestValue - Double.longBitsToDouble(pairs[start + 1]);
        return output == Output.DELTA
                ? difference
                : difference / ((newestAt - firstAt) / MICROS_PER_SECOND);
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, pairs);
        out.writeDouble(newestValue);
        out.writeLong(newestAt);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, pairs);
        newestValue = in.readDouble();
        newestAt = in.readLong();
    }
}
