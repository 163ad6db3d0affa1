package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The newest values of a series, as single precision differences from its first one: a counter in the billions keeps its small
/// steps. 1 KB; not thread-safe.
final class Recent {
    /// A power of two.
    static final int SIZE = 256;
    private static final int MASK = SIZE - 1;

    private final float[] ring = new float[SIZE];
    private double origin;
    private long seen;

    void add(double value) {
        if (seen == 0) {
            origin = value;
        }
        ring[(int) seen++ & MASK] = (float) (value - origin);
    }

    /// The value `back` places before the newest, which is 0 back; below [#size].
    double at(int back) {
        return origin + offset(back);
    }

    /// Of what [#at] would answer, without the origin.
    float offset(int back) {
        return ring[((int) seen - 1 - back) & MASK];
    }

    int size() {
        return (int) Math.min(seen, SIZE);
    }

    long seen() {
        return seen;
    }

    void save(DataOutput out) throws IOException {
        Floats.write(out, ring);
        out.writeDouble(origin);
        out.writeLong(seen);
    }

    void load(DataInput in) throws IOException {
        Floats.read(in, ring);
        origin = in.readDouble();
        seen = in.readLong();
    }
}
