package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Whether one thing holds now that another held before, at most `window` ago. It must see the truth of both at each sample that is judged.
public final class Sequence implements Remembered {
    private static final int VERSION = 1;
    private final long windowMicros;
    /// When the first thing held last, and last before that moment.
    private long heldAt = Long.MIN_VALUE;
    private long heldBefore = Long.MIN_VALUE;
    private boolean known;

    public Sequence(long windowMicros) {
        this.windowMicros = windowMicros;
    }

    /// Takes in a moment not before the last one. Truths are 1, 0, and less than 0 for unknown; the answer too, by Kleene's "and" of "`first` held
    /// earlier" (unknown until it was known once) and `second`.
    public int step(int first, int second, long micros) {
        long earlier = heldAt < micros ? heldAt : heldBefore;
        int held = earlier != Long.MIN_VALUE && micros - earlier <= windowMicros ? 1 : known ? 0 : -1;
        known |= first >= 0;
        if (first == 1 && micros > heldAt) {
            heldBefore = heldAt;
            heldAt = micros;
        }
        return held == 0 || second == 0 ? 0 : held < 0 || second < 0 ? -1 : 1;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(heldAt);
        out.writeLong(heldBefore);
        out.writeBoolean(known);
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        heldAt = in.readLong();
        heldBefore = in.readLong();
        known = in.readBoolean();
    }
}
