package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Random;

/// How rare the last twelve values are as a pattern: ten fixed random projections of them, each with a histogram of what it has
/// been. Follows LODA (Pevný, "LODA: Lightweight on-line detector of anomalies", 2016) on the series' delay embedding. 620 bytes;
/// not thread-safe.
final class Projections {
    private static final int LAGS = 12;
    private static final int COUNT = 10;
    private static final int TAPS = 4;
    /// So many projections look at the newest values only.
    private static final int NEWEST = 3;
    private static final int BINS = 24;
    private static final double BINS_PER_DEVIATION = 3;
    private static final double NEIGHBOUR = 0.5;
    private static final double UNSEEN = 0.5;
    private static final int MEMORY = 2_000;
    /// Where the histograms hold so many, they are halved: what happened long ago fades.
    private static final int SEEN_MAX = 32_768;
    private static final int SEED = 7;
    private static final float[] WEIGHTS = weights();

    private final float[] lags = new float[LAGS];
    private final short[] counts = new short[COUNT * BINS];
    private final float[] means = new float[COUNT];
    private final float[] deviations = new float[COUNT];
    private double origin;
    private int filled;
    private int seen;

    private static float[] weights() {
        Random random = new Random(SEED);
        float[] weights = new float[COUNT * LAGS];
        for (int i = 0; i < COUNT; i++) {
            for (int tap = 0; tap < TAPS; tap++) {
                int lag = i < NEWEST ? tap : random.nextInt(LAGS);
                weights[i * LAGS + lag] += (float) random.nextGaussian();
            }
        }
        return weights;
    }

    /// Learns a value.
    ///
    /// @return the mean over the projections of the logarithm of how rare each is; 0 until there are twelve values
    double rarity(double value) {
        if (filled == 0) {
            origin = value;
        }
        System.arraycopy(lags, 0, lags, 1, LAGS - 1);
        lags[0] = (float) (value - origin);
        if (filled < LAGS - 1) {
            filled++;
            return 0;
        }
        if (seen == SEEN_MAX) {
            halve();
        }
        seen++;
        double product = 1;
        for (int i = 0; i < COUNT; i++) {
            product *= (seen + 1) / (near(i) + UNSEEN);
        }
        return Math.log(product) / COUNT;
    }

    /// How often this projection was about where it is now; counts it.
    private double near(int projection) {
        double at = 0;
        for (int lag = 0; lag < LAGS; lag++) {
            at += WEIGHTS[projection * LAGS + lag] * lags[lag];
        }
        double off = seen == 1 ? 0 : at - means[projection];
        int weight = Math.min(seen, MEMORY);
        means[projection] = seen == 1 ? (float) at : (float) (means[projection] + off / weight);
        deviations[projection] += (float) ((Math.abs(off) - deviations[projection]) / weight);
        double deviation = deviations[projection];
        double places = deviation > 0 ? (at - means[projection]) / deviation * BINS_PER_DEVIATION : 0;
        int bin = Math.clamp((int) (BINS / 2.0 + places), 0, BINS - 1);
        int cell = projection * BINS + bin;
        double near = counts[cell]
                + NEIGHBOUR * ((bin > 0 ? counts[cell - 1] : 0) + (bin < BINS - 1 ? counts[cell + 1] : 0));
        counts[cell]++;
        return near;
    }

    private void halve() {
        seen /= 2;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (short) (counts[i] / 2);
        }
    }

    void save(DataOutput out) throws IOException {
        Floats.write(out, lags);
        for (short count : counts) {
            out.writeShort(count);
        }
        Floats.write(out, means);
        Floats.write(out, deviations);
        out.writeDouble(origin);
        out.writeByte(filled);
        out.writeInt(seen);
    }

    void load(DataInput in) throws IOException {
        Floats.read(in, lags);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readShort();
        }
        Floats.read(in, means);
        Floats.read(in, deviations);
        origin = in.readDouble();
        filled = Floats.within(in.readByte(), LAGS - 1);
        seen = Floats.within(in.readInt(), SEEN_MAX);
    }
}
