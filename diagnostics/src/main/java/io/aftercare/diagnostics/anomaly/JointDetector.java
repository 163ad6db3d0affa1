package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Tells when metrics that belong together part company: the Mahalanobis distance of their newest values from what they usually
/// are, given how they move together, judged by an [AnomalyDetector]. A pump that draws little current is nothing, and a high
/// pressure is nothing; both at once may never have been. 4 KB and `8 n²` bytes; the cost grows with n³, 1 µs more for 8 metrics. Not thread-safe.
public final class JointDetector {
    /// Metrics at most.
    public static final int METRICS_MAX = 16;
    private static final int VERSION = 2;
    /// Means and covariances are of all values at first, and follow slowly in the long run.
    private static final int MEMORY = 4_000;
    /// A share of each variance is taken to be of its own, so that metrics that move as one do not divide by zero.
    private static final double OWN_SHARE = 1e-3;
    /// One sample moves means and covariances as far as this many deviations at most.
    private static final double DISTANCE_MAX = 6;

    private final int metrics;
    private final double[] means;
    /// Row by row; the lower triangle is kept.
    private final double[] covariance;
    private final double[] factor;
    private final double[] off;
    private final double[] solved;
    private final AnomalyDetector distance = new AnomalyDetector();
    private int seen;

    public JointDetector(int metrics) {
        if (metrics < 1 || metrics > METRICS_MAX) {
            throw new IllegalArgumentException(
                    metrics + " metrics; 1 to " + METRICS_MAX + " can be judged together");
        }
        this.metrics = metrics;
        this.means = new double[metrics];
        this.covariance = new double[metrics * metrics];
        this.factor = new double[metrics * metrics];
        this.off = new double[metrics];
        this.solved = new double[metrics];
    }

    /// Learns a sample and scores it; one in which a metric is NaN is passed over.
    public void add(double[] values, long micros) {
        for (int i = 0; i < metrics; i++) {
            if (Double.isNaN(values[i])) {
                return;
            }
        }
        if (seen == 0) {
            System.arraycopy(values, 0, means, 0, metrics);
        }
        for (int i = 0; i < metrics; i++) {
            off[i] = values[i] - means[i];
        }
        double far = distance();
        distance.add(Math.log1p(far), micros);
        learn(far);
    }

    /// The root of the mean square of the deviations with their relations taken out; 1 is usual.
    private double distance() {
        factorise();
        double sum = 0;
        for (int i = 0; i < metrics; i++) {
            double rest = off[i];
            for (int j = 0; j < i; j++) {
                rest -= factor[i * metrics + j] * solved[j];
            }
            double scale = factor[i * metrics + i];
            solved[i] = scale > 0 ? rest / scale : 0;
            sum += solved[i] * solved[i];
        }
        return Math.sqrt(sum / metrics);
    }

    /// Cholesky's factor of the covariance. A metric that is always the same has no part in the distance.
    private void factorise() {
        for (int i = 0; i < metrics; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = covariance[i * metrics + j] * (i == j ? 1 + OWN_SHARE : 1);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * metrics + k] * factor[j * metrics + k];
                }
                if (i == j) {
                    factor[i * metrics + i] = Math.sqrt(Math.max(0, sum));
                } else {
                    double scale = factor[j * metrics + j];
                    factor[i * metrics + j] = scale > 0 ? sum / scale : 0;
                }
            }
        }
    }

    private void learn(double far) {
        seen = Math.min(seen + 1, MEMORY);
        double bound = far > DISTANCE_MAX && seen > AnomalyDetector.LEARNING ? DISTANCE_MAX / far : 1;
        double weight = 1.0 / seen;
        for (int i = 0; i < metrics; i++) {
            off[i] *= bound;
        }
        for (int i = 0; i < metrics; i++) {
            means[i] += off[i] * weight;
            for (int j = 0; j <= i; j++) {
                int at = i * metrics + j;
                covariance[at] += (off[i] * off[j] * (1 - weight) - covariance[at]) * weight;
            }
        }
    }

    /// As [AnomalyDetector#score]; NaN until every metric was known once.
    public double score() {
        return distance.score();
    }

    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(metrics);
        for (double mean : means) {
            out.writeDouble(mean);
        }
        for (double one : covariance) {
            out.writeDouble(one);
        }
        out.writeInt(seen);
        distance.save(out);
    }

    /// As [AnomalyDetector#load].
    public void load(DataInput in) throws IOException {
        int version = in.readByte();
        int saved = in.readByte();
        if (version != VERSION || saved != metrics) {
            throw new IOException(
                    "A joint detector of " + saved + " metrics saved by version " + version + " where "
                            + metrics + " and " + VERSION + " are read");
        }
        for (int i = 0; i < means.length; i++) {
            means[i] = in.readDouble();
        }
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = in.readDouble();
        }
        seen = in.readInt();
        Arrays.fill(off, 0);
        distance.load(in);
    }
}
