package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How far a quantity is from its own mean, upwards and downwards apart, in the light of all that it has been. Not thread-safe.
final class Deviation {
    /// The mean is of all values at first, and follows slowly in the long run.
    private static final int MEMORY = 32_768;
    /// For the usual deviation, so that it tells the present noise.
    private static final int RECENT = 2_000;

    private final Tail above = new Tail();
    private final Tail below = new Tail();
    private double mean;
    private double usual;
    private double times;
    private int seen;

    /// Learns a value.
    ///
    /// @return its [Tail#surprise]
    double surprise(double value) {
        double surprise = 0;
        double off = value - mean;
        if (seen > 0) {
            surprise = off >= 0 ? above.surprise(off) : below.surprise(-off);
            times = usual > 0 ? Math.abs(off) / usual : 0;
        }
        seen = Math.min(seen + 1, MEMORY);
        mean += off / seen;
        if (seen > 1) {
            usual += (Math.abs(off) - usual) / Math.min(seen, RECENT);
        }
        return surprise;
    }

    /// The newest deviation as a multiple of the usual one.
    double times() {
        return times;
    }

    void save(DataOutput out) throws IOException {
        above.save(out);
        below.save(out);
        out.writeDouble(mean);
        out.writeDouble(usual);
        out.writeDouble(times);
        out.writeInt(seen);
    }

    void load(DataInput in) throws IOException {
        above.load(in);
        below.load(in);
        mean = in.readDouble();
        usual = in.readDouble();
        times = in.readDouble();
        seen = in.readInt();
    }
}
