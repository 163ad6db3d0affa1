package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.track.Remembered;
import io.aftercare.fleet.device.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The last samples of a device by their fingerprint, so that one sent twice is not counted twice.
final class Recent implements Remembered {
    private static final int KEPT = 64;
    private final long[] fingerprints = new long[KEPT];
    private int next;

    /// Whether this sample is here already; remembers it if not.
    ///
    /// @param mayBe whether it is not newer than all before, which settles it
    boolean isRepeated(Sample sample, boolean mayBe) {
        long fingerprint = sample.micros() * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < sample.count(); i++) {
            long value = Double.doubleToRawLongBits(sample.value(i)) + sample.place(i);
            fingerprint = (fingerprint ^ value ^ value >>> 29) * 0xBF58476D1CE4E5B9L;
        }
        return isRepeated(fingerprint, mayBe);
    }

    private boolean isRepeated(long fingerprint, boolean mayBe) {
        if (mayBe) {
            for (long seen : fingerprints) {
                if (seen == fingerprint) {
                    return true;
                }
            }
        }
        fingerprints[next] = fingerprint;
        next = next + 1 & KEPT - 1;
        return false;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(next);
        Remembered.write(out, fingerprints);
    }

    @Override
    public void load(DataInput in) throws IOException {
        next = in.readByte();
        Remembered.read(in, fingerprints);
    }
}
