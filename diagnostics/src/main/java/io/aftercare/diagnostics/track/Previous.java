package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The value before the newest one.
final class Previous extends Track {
    private static final int VERSION = 1;
    private double newest = Double.NaN;
    private double before = Double.NaN;

    @Override
    public void add(double value, long micros) {
        before = newest;
        newest = value;
    }

    @Override
    public void late(double value, long micros) {
        // Which value came before the newest was decided when the newest was judged.
    }

    @Override
    public double read(Output output, double argument, long nowMicros) {
        return before;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(newest);
        out.writeDouble(before);
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        newest = in.readDouble();
        before = in.readDouble();
    }
}
