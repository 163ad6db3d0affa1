package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Tells when a metric behaves unlike before, without a threshold to tune: the relative entropy between the histogram of the
/// last values and the shapes seen earlier. Follows Wang, Viswanathan et al., "Statistical Techniques for Online Anomaly
/// Detection in Data Centers" (2011), made causal: the range of the bins is the range seen so far. About 1.3 KB and a
/// microsecond for each value; shapes are learnt from the order of values alone, not from their times.
final class Anomaly extends Track {
    static final int WINDOW = 72;
    static final int BINS = 5;
    static final int SILENCE = 100;
    static final int SHAPES_MAX = 32;
    private static final int VERSION = 1;
    private static final double WIDENING = 0.1;
    private static final double LIMIT = 18.5;

    private final double[] values = new double[WINDOW];
    private final List<int[]> shapes = new ArrayList<>(0);
    private long seen;
    private double low = Double.NaN;
    private double high = Double.NaN;
    private int silent;
    private boolean fires;

    @Override
    public void add(double value, long micros) {
        boolean outside = widen(value);
        values[(int) (seen++ % WINDOW)] = value;
        boolean strange = outside;
        if (outside) {
            shapes.clear();
        } else if (seen >= WINDOW) {
            strange = compare();
        }
        fires = strange && silent == 0 && seen > WINDOW;
        silent = fires ? SILENCE : Math.max(0, silent - 1);
    }

    /// Whether the value lies outside the range so far, which it then widens by a tenth beyond it.
    private boolean widen(double value) {
        if (Double.isNaN(low)) {
            low = value;
            high = value;
            return false;
        }
        if (value >= low && value <= high) {
            return false;
        }
        double low1 = Math.min(low, value);
        double high1 = Math.max(high, value);
        double margin = (high1 - low1) * WIDENING;
        low = value < low ? low1 - margin : low;
        high = value > high ? high1 + margin : high;
        return true;
    }

    /// Whether the window's shape is unlike all that are known; it is one of them from then on.
    private boolean compare() {
        int[] shape = new int[BINS];
        for (double value : values) {
            shape[bin(value)]++;
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int[] known : shapes) {
            nearest = Math.min(nearest, 2 * WINDOW * divergence(shape, known));
        }
        if (nearest < LIMIT) {
            return false;
        }
        boolean first = shapes.isEmpty();
        if (shapes.size() == SHAPES_MAX) {
            shapes.removeFirst();
        }
        shapes.add(shape);
        return !first;
    }

    private int bin(double value) {
        double width = high - low;
        return width == 0 ? 0 : Math.clamp((int) ((value - low) / width * BINS), 0, BINS - 1);
    }

    /// Kullback-Leibler divergence of two histograms; infinite where one has values in a bin that is empty in the other.
    private static double divergence(int[] of, int[] from) {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            if (of[i] > 0) {
                sum += (double) of[i] / WINDOW * Math.log((double) of[i] / from[i]);
            }
        }
        return sum;
    }

    @Override
    public void late(double value, long micros) {
        // The order of values is what is learnt from; a late one has lost its place.
    }

    @Override
    public double read(Output output, double argument, long nowMicros) {
        return seen == 0 ? Double.NaN : fires ? 1 : 0;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Remembered.write(out, values);
        out.writeLong(seen);
        out.writeDouble(low);
        out.writeDouble(high);
        out.writeInt(silent);
        out.writeBoolean(fires);
        out.writeByte(shapes.size());
        for (int[] shape : shapes) {
            Remembered.write(out, shape);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        Remembered.read(in, values);
        seen = in.readLong();
        low = in.readDouble();
        high = in.readDouble();
        silent = in.readInt();
        fires = in.readBoolean();
        shapes.clear();
        for (int left = in.readByte(); left > 0; left--) {
            int[] shape = new int[BINS];
            Remembered.read(in, shape);
            shapes.add(shape);
        }
    }
}
