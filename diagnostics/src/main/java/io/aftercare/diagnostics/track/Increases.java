package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// By how much a counter grew within a window. A value below the one before it says that the counter began again at 0.
///
/// A late value counts where it is the oldest or the newest of its bucket. Between two others it adds nothing, which is right
/// unless the counter began again just there.
final class Increases extends Window {
    private static final long NEVER = Long.MAX_VALUE;
    private final double[] first = new double[CELLS];
    private final double[] last = new double[CELLS];
    private final double[] grown = new double[CELLS];
    private final long[] firstAt = new long[CELLS];
    private final long[] lastAt = new long[CELLS];

    Increases(long windowMicros) {
        super(windowMicros);
        Arrays.fill(firstAt, NEVER);
    }

    private static double step(double before, double after) {
        return after >= before ? after - before : after;
    }

    @Override
    void put(int cell, double value, long micros) {
        if (firstAt[cell] == NEVER) {
            first[cell] = value;
            firstAt[cell] = micros;
            last[cell] = value;
            lastAt[cell] = micros;
        } else if (micros >= lastAt[cell]) {
            grown[cell] += step(last[cell], value);
            last[cell] = value;
            lastAt[cell] = micros;
        } else if (micros < firstAt[cell]) {
            grown[cell] += step(value, first[cell]);
            first[cell] = value;
            firstAt[cell] = micros;
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
            grown[cell] = 0;
        }
    }

    @Override
    void fold() {
        for (int cell = BUCKETS - 2; cell >= 0; cell--) {
            join(cell);
        }
    }

    private void join(int cell) {
        int next = cell + 1;
        if (firstAt[next] == NEVER) {
            return;
        }
        if (firstAt[cell] == NEVER) {
            first[cell] = first[next];
            firstAt[cell] = firstAt[next];
            grown[cell] = grown[next];
        } else {
            grown[cell] += step(last[cell], first[next]) + grown[next];
        }
        last[cell] = last[next];
        lastAt[cell] = lastAt[next];
    }

    @Override
    double result(Output output, int older, int newer) {
        boolean both = older != newer && firstAt[older] != NEVER && firstAt[newer] != NEVER;
        int only = firstAt[older] == NEVER ? newer : older;
        if (!both) {
            return firstAt[only] == NEVER || firstAt[only] == lastAt[only] ? Double.NaN : grown[only];
        }
        return grown[older] + step(last[older], first[newer]) + grown[newer];
    }

    @Override
    void saveCells(DataOutput out) throws IOException {
        Remembered.write(out, first);
        Remembered.write(out, last);
        Remembered.write(out, grown);
        Remembered.write(out, firstAt);
        Remembered.write(out, lastAt);
    }

    @Override
    void loadCells(DataInput in) throws IOException {
        Remembered.read(in, first);
        Remembered.read(in, last);
        Remembered.read(in, grown);
        Remembered.read(in, firstAt);
        Remembered.read(in, lastAt);
    }
}
