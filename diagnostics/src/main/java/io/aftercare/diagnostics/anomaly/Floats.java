package io.aftercare.diagnostics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Arrays of numbers in a saved detector.
final class Floats {
    private Floats() {}

    static void write(DataOutput out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static void read(DataInput in, float[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
    }

    /// A count from a save, which may be damaged.
    static int within(int count, int most) throws IOException {
        if (count < 0 || count > most) {
            throw new IOException(count + " where " + most + " is the most");
        }
        return count;
    }
}
