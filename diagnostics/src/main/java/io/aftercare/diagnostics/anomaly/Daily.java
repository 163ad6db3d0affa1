package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What a metric usually is at this quarter of an hour of the day (UTC), over about the last twenty values of it. 480 bytes; not
/// thread-safe.
final class Daily {
    private static final int QUARTERS = 96;
    private static final long QUARTER_MICROS = 900_000_000L;
    private static final int MEMORY = 20;
    private static final long DAY_MICROS = QUARTERS * QUARTER_MICROS;

    private final float[] means = new float[QUARTERS];
    private final byte[] seen = new byte[QUARTERS];
    private double origin;
    private long begin;
    private boolean begun;

    /// Learns a value.
    ///
    /// @return its difference from the usual; NaN on the first day, and where this quarter was never seen
    double difference(double value, long micros) {
        if (!begun) {
            begun = true;
            origin = value;
            begin = micros;
        }
        int quarter = (int) Math.floorMod(Math.floorDiv(micros, QUARTER_MICROS), (long) QUARTERS);
        double off = value - origin - means[quarter];
        double difference = seen[quarter] == 0 || micros - begin < DAY_MICROS ? Double.NaN : off;
        seen[quarter] = (byte) Math.min(seen[quarter] + 1, MEMORY);
        means[quarter] += (float) (off / seen[quarter]);
        return difference;
    }

    void save(DataOutput out) throws IOException {
        Floats.write(out, means);
        out.write(seen);
        out.writeDouble(origin);
        out.writeLong(begin);
        out.writeBoolean(begun);
    }

    void load(DataInput in) throws IOException {
        Floats.read(in, means);
        in.readFully(seen);
        origin = in.readDouble();
        begin = in.readLong();
        begun = in.readBoolean();
    }
}
