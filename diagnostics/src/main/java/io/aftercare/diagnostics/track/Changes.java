package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Whether a value, or a text, became another one within the last `window`.
///
/// A late value that differs from the newest counts as a change at its own time; the change that it shows may have been later.
final class Changes extends Track {
    private static final int VERSION = 1;
    private final long windowMicros;
    private double newest = Double.NaN;
    private long changedAt = Long.MIN_VALUE;

    Changes(long windowMicros) {
        this.windowMicros = windowMicros;
    }

    @Override
    public void add(double value, long micros) {
        if (value != newest && !Double.isNaN(newest)) {
            changedAt = micros;
        }
        newest = value;
    }

    @Override
    public void late(double value, long micros) {
        if (value != newest) {
            changedAt = Math.max(changedAt, micros);
        }
    }

    @Override
    public double read(Output output, double argument, long nowMicros) {
        if (Double.isNaN(newest)) {
            return Double.NaN;
        }
        return changedAt != Long.MIN_VALUE && nowMicros - changedAt < windowMicros ? 1 : 0;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(newest);
        out.writeLong(changedAt);
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        newest = in.readDouble();
        changedAt = in.readLong();
    }
}
