package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Whether a device, or one of its metrics, has been silent for `window` by the arrival clock. Unknown until it is first heard
/// of. Silence is the one thing that becomes true without anything coming: [#deadline] says when.
public final class Presence implements Remembered {
    private static final int VERSION = 1;
    private final long windowMicros;
    private long heardAt = Long.MIN_VALUE;
    private long notBefore = Long.MIN_VALUE;

    public Presence(long windowMicros) {
        this.windowMicros = windowMicros;
    }

    /// A sign of life.
    public void arrived(long arrivalMicros) {
        heardAt = Math.max(heardAt, arrivalMicros);
    }

    /// Nothing counts as silence before this moment, because nobody could have listened.
    public void notBefore(long arrivalMicros) {
        notBefore = arrivalMicros;
    }

    /// When the silence becomes, or became, long enough if nothing else comes; [Long#MAX_VALUE] where it was never heard of.
    public long deadline() {
        return heardAt == Long.MIN_VALUE ? Long.MAX_VALUE : Math.max(heardAt + windowMicros, notBefore);
    }

    /// 1 where it is silent, 0 where not, NaN where it was never heard of.
    public double read(long nowArrivalMicros) {
        return heardAt == Long.MIN_VALUE ? Double.NaN : nowArrivalMicros >= deadline() ? 1 : 0;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(heardAt);
        out.writeLong(notBefore);
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        heardAt = in.readLong();
        notBefore = in.readLong();
    }
}
