package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How unlikely a deviation of this size is, judged by the sixteen largest so far: Hill's estimator (1975) of a tail's index
/// reaches beyond what was seen, for light and heavy tails alike. 80 bytes; not thread-safe.
final class Tail {
    static final int LARGEST = 16;
    /// Deviations to have seen before one is judged.
    private static final int SEEN_MIN = 3 * LARGEST;
    /// A deviation is remembered as at most this multiple of the largest before it, lest one outlier hide the next.
    private static final double GROWTH_MAX = 1.5;
    /// When so many were seen, half of them are forgotten, and the largest shrink: what happened long ago fades.
    private static final int SEEN_MAX = 32_768;
    private static final float FADING = 0.98f;
    /// Keeps equal deviations from making a tail of no width.
    private static final double INDEX_MIN = 1e-3;

    /// Ascending.
    private final float[] largest = new float[LARGEST];
    private int kept;
    private int seen;

    /// Learns a deviation, which is not negative.
    ///
    /// @return the negative decimal logarithm of the chance of one so large; 0 where it is not among the largest
    double surprise(double deviation) {
        fade();
        seen++;
        double surprise = kept == LARGEST && seen >= SEEN_MIN && deviation > largest[0]
                ? beyond(deviation)
                : 0;
        remember(deviation);
        return surprise;
    }

    private double beyond(double deviation) {
        double product = 0;
        for (float one : largest) {
            product += Math.log(one / largest[0]);
        }
        double index = product / (LARGEST - 1) + INDEX_MIN;
        return Math.log10((double) seen / LARGEST) + Math.log10(deviation / largest[0]) / index;
    }

    private void fade() {
        if (seen >= SEEN_MAX) {
            seen /= 2;
            for (int i = 0; i < kept; i++) {
                largest[i] *= FADING;
            }
        }
    }

    private void remember(double deviation) {
        // Below the smallest normal float a deviation is rounding, and a ratio of two of them infinite.
        if (deviation < Float.MIN_NORMAL || kept == LARGEST && deviation <= largest[0]) {
            return;
        }
        float bounded = (float) (kept == LARGEST
                ? Math.min(deviation, largest[LARGEST - 1] * GROWTH_MAX)
                : Math.min(deviation, Float.MAX_VALUE / 2));
        int at = kept < LARGEST ? kept++ : 0;
        if (at == 0 && kept == LARGEST) {
            while (at + 1 < LARGEST && largest[at + 1] < bounded) {
                largest[at] = largest[++at];
            }
        } else {
            while (at > 0 && largest[at - 1] > bounded) {
                largest[at] = largest[--at];
            }
        }
        largest[at] = bounded;
    }

    void save(DataOutput out) throws IOException {
        Floats.write(out, largest);
        out.writeByte(kept);
        out.writeInt(seen);
    }

    void load(DataInput in) throws IOException {
        Floats.read(in, largest);
        kept = Floats.within(in.readByte(), LARGEST);
        seen = in.readInt();
    }
}
