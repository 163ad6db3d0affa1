package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The last `window` microseconds in a ring of [#BUCKETS] buckets.
///
/// The window is open at its old end and is cut in whole buckets: what is older than the window never counts, and what is
/// within its oldest 64th may be gone already. That is the whole error: nothing is ever subtracted, so nothing drifts.
///
/// Buckets are numbered from 1970 and taken together in blocks of 64 (van Herk's and Gil and Werman's way of running extremes).
/// When a block is complete, each of its cells takes in all cells after it: from then on the cell of the window's oldest bucket holds what is left of
/// that block, and one more cell, [#BACK], holds the block that is being filled. So a reading joins two cells, whatever the
/// window holds, and a new bucket costs the clearing of one. Because blocks lie where the clock puts them, the same values make the same
/// state, whenever the feeding began.
abstract sealed class Window extends Track permits Sums, Extremes, Moments, Ends, Increases {
    static final int BUCKETS = 64;
    /// The cell of the block that is being filled.
    static final int BACK = BUCKETS;
    static final int CELLS = BUCKETS + 1;
    private static final int VERSION = 2;
    private static final int BLOCK_BITS = 6;
    private static final int MASK = BUCKETS - 1;
    private static final int COUNTED_MAX = 4;

    /// Cells of two numbers each, newest first, in one array: reading touches its beginning, where [#BACK] lies beside the array's length, and one other
    /// place. With thousands of devices what a sample costs is the memory it touches.
    static final int PAIRS = 2 * CELLS;

    private final long width;
    /// Number of the newest bucket.
    private long head = Long.MIN_VALUE;
    /// When the bucket after the newest begins; within the newest no division is needed to find it.
    private long headEnd = Long.MIN_VALUE;

    Window(long windowMicros) {
        this.width = Math.max(1, (windowMicros + BUCKETS - 1) / BUCKETS);
    }

    /// Where a cell's pair begins.
    static int pair(int cell) {
        return BUCKETS - cell << 1;
    }

    /// Takes a value into a cell.
    abstract void put(int cell, double value, long micros);

    /// As [#put] into the cell and into [#BACK]. In each kind for itself, like the two below, because a call for each cell would cost more than what
    /// it does.
    abstract void putNew(int cell, double value, long micros);

    /// Makes cells empty.
    abstract void clear(int from, int to);

    /// Takes into each cell of a complete block all cells after it, whose values are newer.
    abstract void fold();

    /// The function's value over two cells, of which the first is the older; the same one twice is that one alone.
    abstract double result(Output output, int older, int newer);

    @Override
    public final void add(double value, long micros) {
        if (micros >= headEnd) {
            advance(micros);
        }
        if (micros >= headEnd - width) {
            putNew((int) (head & MASK), value, micros);
        } else {
            older(value, micros);
        }
    }

    @Override
    public final void late(double value, long micros) {
        add(value, micros);
    }

    private void older(double value, long micros) {
        long bucket = Math.floorDiv(micros, width);
        if (bucket <= head - BUCKETS) {
            return;
        }
        int cell = (int) (bucket & MASK);
        int newest = (int) (head & MASK);
        if (cell <= newest) {
            putNew(cell, value, micros);
            return;
        }
        for (int reached = newest + 1; reached <= cell; reached++) {
            put(reached, value, micros);
        }
    }

    @Override
    public final double read(Output output, double argument, long nowMicros) {
        if (head == Long.MIN_VALUE) {
            return output == Output.OCCURRENCES ? 0 : Double.NaN;
        }
        if (nowMicros >= headEnd) {
            advance(nowMicros);
        }
        return result(output, (int) (head & MASK) + 1, BACK);
    }

    private void advance(long micros) {
        long bucket = bucketOf(micros);
        int cell = (int) (bucket & MASK);
        if (head == Long.MIN_VALUE || bucket - head >= BUCKETS) {
            clear(0, BACK);
        } else if (bucket >> BLOCK_BITS == head >> BLOCK_BITS) {
            clear((int) (head & MASK) + 1, cell);
        } else {
            clear((int) (head & MASK) + 1, BUCKETS - 1);
            fold();
            clear(0, cell);
            clear(BACK, BACK);
        }
        head = bucket;
        headEnd = (bucket + 1) * width;
    }

    /// The number of a bucket after the newest. Most often one of the next few, which counting finds faster than a division.
    private long bucketOf(long micros) {
        long bucket = head;
        long end = headEnd;
        for (int i = 0; i < COUNTED_MAX && head != Long.MIN_VALUE; i++) {
            bucket++;
            end += width;
            if (micros < end) {
                return bucket;
            }
        }
        return Math.floorDiv(micros, width);
    }

    abstract void saveCells(DataOutput out) throws IOException;

    abstract void loadCells(DataInput in) throws IOException;

    @Override
    public final void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(head);
        out.writeLong(headEnd);
        saveCells(out);
    }

    @Override
    public final void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        head = in.readLong();
        headEnd = in.readLong();
        loadCells(in);
    }
}
