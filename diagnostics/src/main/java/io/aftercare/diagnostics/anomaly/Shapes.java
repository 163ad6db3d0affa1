package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The histograms that the last 72 values have had, and how far the present one is from the nearest of them by relative entropy.
/// Follows Wang, Viswanathan et al., "Statistical Techniques for Online Anomaly Detection in Data Centers" (2011), made
/// causal: the range of the bins is the range so far with a margin, and a value beyond it is strange in itself. 200 bytes; not
/// thread-safe.
final class Shapes {
    static final int WINDOW = 72;
    private static final int BINS = 5;
    private static final int SHAPES = 32;
    /// By how much of itself the range widens beyond a value outside it.
    private static final double MARGIN = 0.1;
    /// The quantile 0.999 of chi-square with 4 degrees of freedom, which 2 n KL has between two windows of one kind.
    private static final double LIMIT = 18.5;
    /// What an empty bin of a known shape counts as, so that a single value in it is no proof.
    private static final double EMPTY = 0.1;
    private static final double[] LOG = new double[WINDOW + 1];
    private static final double[] LOG_KNOWN = new double[WINDOW + 1];

    static {
        for (int count = 0; count <= WINDOW; count++) {
            LOG[count] = count == 0 ? 0 : Math.log(count);
            LOG_KNOWN[count] = Math.log((count + EMPTY) * WINDOW / (WINDOW + BINS * EMPTY));
        }
    }

    private final byte[] known = new byte[SHAPES * BINS];
    private final byte[] present = new byte[BINS];
    private int shapes;
    private int next;
    private double low;
    private double high;

    /// @param recent with the value to learn as its newest
    /// @return 1 and more where the shape is new, below 1 where it is known, 0 while there is nothing to compare with
    double strangeness(Recent recent) {
        double value = recent.at(0);
        if (recent.seen() == 1) {
            low = value;
            high = value;
        }
        double outside = widen(value);
        if (outside > 0) {
            shapes = 0;
            next = 0;
            recount(recent);
        } else {
            slide(recent);
        }
        return recent.seen() <= WINDOW ? 0 : outside > 0 ? 1 + outside : compare();
    }

    /// How far outside the range so far the value lies, as a share of the range with it; 0 inside.
    private double widen(double value) {
        if (value >= low && value <= high) {
            return 0;
        }
        double least = Math.min(low, value);
        double most = Math.max(high, value);
        double outside = (value < low ? low - value : value - high) / (most - least);
        low = least - (most - least) * MARGIN;
        high = most + (most - least) * MARGIN;
        return outside;
    }

    private void recount(Recent recent) {
        Arrays.fill(present, (byte) 0);
        for (int back = Math.min(recent.size(), WINDOW) - 1; back >= 0; back--) {
            present[bin(recent.at(back))]++;
        }
    }

    private void slide(Recent recent) {
        present[bin(recent.at(0))]++;
        if (recent.seen() > WINDOW) {
            present[bin(recent.at(WINDOW))]--;
        }
    }

    private int bin(double value) {
        double width = high - low;
        return width == 0 ? 0 : Math.clamp((int) ((value - low) / width * BINS), 0, BINS - 1);
    }

    private double compare() {
        double own = 0;
        for (byte count : present) {
            own += count * LOG[count];
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int shape = 0; shape < shapes; shape++) {
            double cross = 0;
            for (int i = 0; i < BINS; i++) {
                cross += present[i] * LOG_KNOWN[known[shape * BINS + i]];
            }
            nearest = Math.min(nearest, 2 * (own - cross));
        }
        if (nearest < LIMIT) {
            return Math.max(0, nearest / LIMIT);
        }
        boolean first = shapes == 0;
        System.arraycopy(present, 0, known, next * BINS, BINS);
        next = (next + 1) % SHAPES;
        shapes = Math.min(shapes + 1, SHAPES);
        return first ? 0 : nearest / LIMIT;
    }

    void save(DataOutput out) throws IOException {
        out.write(known);
        out.write(present);
        out.writeByte(shapes);
        out.writeByte(next);
        out.writeDouble(low);
        out.writeDouble(high);
    }

    void load(DataInput in) throws IOException {
        in.readFully(known);
        in.readFully(present);
        shapes = Floats.within(in.readByte(), SHAPES);
        next = Floats.within(in.readByte(), SHAPES - 1);
        low = in.readDouble();
        high = in.readDouble();
        for (byte count : known) {
            Floats.within(count, WINDOW);
        }
        for (byte count : present) {
            Floats.within(count, WINDOW);
        }
    }
}
