package io.aftercare.diagnostics.track;

import io.aftercare.diagnostics.anomaly.JointDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Tells when several metrics together behave unlike before, see [JointDetector]: fed with all of them whenever a sample brings
/// one.
public final class Joint implements Remembered {
    private final JointDetector detector;

    public Joint(int metrics) {
        this.detector = new JointDetector(metrics);
    }

    /// The newest values, in the order in which the metrics are named; NaN where one has not come yet.
    public void add(double[] values, long micros) {
        detector.add(values, micros);
    }

    /// 0..1, NaN until every metric has come.
    public double read() {
        return detector.score();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        detector.save(out);
    }

    @Override
    public void load(DataInput in) throws IOException {
        detector.load(in);
    }
}
