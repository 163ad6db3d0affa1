package io.aftercare.diagnostics.track;

import io.aftercare.diagnostics.anomaly.AnomalyDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Tells when a metric behaves unlike before, see [AnomalyDetector]. What it knows is learnt from the order of values, so a late
/// one has lost its place.
final class Anomaly extends Track {
    private final AnomalyDetector detector = new AnomalyDetector();

    @Override
    public void add(double value, long micros) {
        detector.add(value, micros);
    }

    @Override
    public void late(double value, long micros) {
        // The order of values is what is learnt from.
    }

    @Override
    public double read(Output output, double argument, long nowMicros) {
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
