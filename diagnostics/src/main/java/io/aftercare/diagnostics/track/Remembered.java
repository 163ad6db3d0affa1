package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A memory that can be put away and taken up again: what was loaded goes on exactly as if it had never been saved.
public interface Remembered {
    void save(DataOutput out) throws IOException;

    /// Replaces what is remembered. An [IOException] says that these bytes are of another kind or version; what is remembered
    /// is then undefined, and the owner begins with a new one.
    void load(DataInput in) throws IOException;

    /// Reads the byte that a save begins with.
    static void expect(DataInput in, int version) throws IOException {
        int found = in.readByte();
        if (found != version) {
            throw new IOException("Saved by version " + found + " where " + version + " is read");
        }
    }

    /// Writes all of `values`.
    static void write(DataOutput out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /// Writes all of `values`.
    static void write(DataOutput out, long[] values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    /// Writes all of `values`.
    static void write(DataOutput out, int[] values) throws IOException {
        for (int value : values) {
            out.writeInt(value);
        }
    }

    /// Fills `values`.
    static void read(DataInput in, double[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
    }

    /// Fills `values`.
    static void read(DataInput in, long[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
    }

    /// Fills `values`.
    static void read(DataInput in, int[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
    }
}
