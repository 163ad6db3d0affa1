package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Tells when several metrics together behave unlike before: fed with all of them whenever a sample brings one. It fires with the
/// most unusual of them.
public final class Joint implements Remembered {
    private final Anomaly[] each;

    public Joint(int metrics) {
        this.each = new Anomaly[metrics];
        for (int i = 0; i < metrics; i++) {
            each[i] = new Anomaly();
        }
    }

    /// The newest values, in the order in which the metrics are named.
    public void add(double[] values, long micros) {
        for (int i = 0; i < each.length; i++) {
            each[i].add(values[i], micros);
        }
    }

    /// 0..1, NaN before anything came.
    public double read() {
        double most = Double.NaN;
        for (Anomaly one : each) {
            double score = one.read(Output.ANOMALY, 0, 0);
            most = Double.isNaN(most) ? score : Math.max(most, score);
        }
        return most;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        for (Anomaly one : each) {
            one.save(out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        for (Anomaly one : each) {
            one.load(in);
        }
    }
}
