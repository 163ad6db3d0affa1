package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A memory that can be put away and taken up again: what was loaded goes on exactly as if it had never been saved.
public interface Remembered {
    /// Bound on a text that is read; no message is longer.
    int TEXT_BYTES_MAX = 1 << 20;

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

    /// Writes a text of any length.
    static void write(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /// Reads a text; [#TEXT_BYTES_MAX] is the longest that anybody sends.
    static String text(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > TEXT_BYTES_MAX) {
            throw new IOException("A text of " + length + " bytes, where " + TEXT_BYTES_MAX + " is the most");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
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
