package io.aftercare.diagnostics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Quantiles of the last `window` microseconds, from at most [#BUCKETS] times [#KEPT] of its values in order of size (4.6 KB; less while they
/// are few).
///
/// Exact, but for what is within the window's oldest 32nd, while no 32nd of it has more than 16 values. A bucket that gets more
/// keeps every other one, counting double, and from then on one of every two that come, and so on: each kept value
/// stands for its neighbours in size and time. Of a full window 256 to 512 values are kept, so that the rank found is off by 1 % of the values on
/// average, and by an eighth at the very most (five standard deviations of the median's; `QuantilesTest`).
final class Quantiles extends Track {
    static final int BUCKETS = 32;
    static final int KEPT = 16;
    private static final int VERSION = 1;
    private static final int CAPACITY_MIN = 16;
    private static final int MASK = BUCKETS - 1;

    private final long width;
    private long head = Long.MIN_VALUE;
    /// When the bucket after the newest begins.
    private long headEnd = Long.MIN_VALUE;
    /// The kept values, smallest first, and the bucket of each.
    private double[] values = new double[CAPACITY_MIN];
    private byte[] bucketOf = new byte[CAPACITY_MIN];
    private int size;
    /// By bucket: how many values it keeps, for how many each of them stands, and how many have come since the last that was kept.
    private final int[] kept = new int[BUCKETS];
    private final int[] weights = new int[BUCKETS];
    private final int[] passed = new int[BUCKETS];
    /// For how many values the kept ones stand together.
    private long total;
    /// The last answer, and the share it is of; NaN once the kept values have changed.
    private double answer;
    private double answeredShare = Double.NaN;

    Quantiles(long windowMicros) {
        this.width = Math.max(1, (windowMicros + BUCKETS - 1) / BUCKETS);
    }

    @Override
    public void add(double value, long micros) {
        advance(micros);
        long number = micros >= headEnd - width ? head : Math.floorDiv(micros, width);
        if (number <= head - BUCKETS) {
            return;
        }
        int bucket = (int) (number & MASK);
        if (kept[bucket] == 0) {
            weights[bucket] = 1;
            passed[bucket] = 0;
        } else if (kept[bucket] == KEPT) {
            thin(bucket);
        }
        if (isChosen(bucket)) {
            insert(value, (byte) bucket);
            kept[bucket]++;
            total += weights[bucket];
        }
    }

    @Override
    public void late(double value, long micros) {
        add(value, micros);
    }

    /// Whether the next value of a bucket is the one in `weight` that is kept: any of them, but the same one whenever this is repeated.
    private boolean isChosen(int bucket) {
        int weight = weights[bucket];
        int place = passed[bucket]++;
        if (passed[bucket] == weight) {
            passed[bucket] = 0;
        }
        return place == (kept[bucket] * 0x9E3779B9 >>> 16 & weight - 1);
    }

    private void insert(double value, byte bucket) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            bucketOf = Arrays.copyOf(bucketOf, size * 2);
        }
        int found = Arrays.binarySearch(values, 0, size, value);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(values, at, values, at + 1, size - at);
        System.arraycopy(bucketOf, at, bucketOf, at + 1, size - at);
        values[at] = value;
        bucketOf[at] = bucket;
        size++;
        answeredShare = Double.NaN;
    }

    /// Keeps every other of a bucket's values. Which half is kept alternates, so that no end is favoured.
    private void thin(int bucket) {
        int nth = Integer.numberOfTrailingZeros(weights[bucket]) & 1;
        int left = 0;
        for (int i = 0; i < size; i++) {
            boolean dropped = bucketOf[i] == bucket && (nth++ & 1) != 0;
            if (!dropped) {
                move(i, left++);
            }
        }
        size = left;
        answeredShare = Double.NaN;
        kept[bucket] = KEPT / 2;
        weights[bucket] *= 2;
        passed[bucket] = 0;
    }

    private void move(int from, int to) {
        values[to] = values[from];
        bucketOf[to] = bucketOf[from];
    }

    private void advance(long micros) {
        if (micros < headEnd) {
            return;
        }
        long number = Math.floorDiv(micros, width);
        long gone = head == Long.MIN_VALUE ? 0 : Math.min(BUCKETS, number - head);
        int stale = 0;
        for (long i = 1; i <= gone; i++) {
            int bucket = (int) (head + i & MASK);
            if (kept[bucket] > 0) {
                stale |= 1 << bucket;
                total -= (long) kept[bucket] * weights[bucket];
                kept[bucket] = 0;
            }
        }
        head = number;
        headEnd = (number + 1) * width;
        if (stale != 0) {
            forget(stale);
        }
    }

    /// @param stale a bit for each bucket that is left behind
    private void forget(int stale) {
        int left = 0;
        for (int i = 0; i < size; i++) {
            if ((stale >>> bucketOf[i] & 1) == 0) {
                move(i, left++);
            }
        }
        size = left;
        answeredShare = Double.NaN;
    }

    @Override
    public double read(Output output, double share, long nowMicros) {
        if (head == Long.MIN_VALUE) {
            return Double.NaN;
        }
        advance(nowMicros);
        if (size == 0) {
            return Double.NaN;
        }
        if (share != answeredShare) {
            answer = total == size ? exact(share) : weighted(share);
            answeredShare = share;
        }
        return answer;
    }

    /// Between the two values whose ranks enclose `share` of the way from the first to the last (Hyndman and Fan's seventh, which spreadsheets use).
    private double exact(double share) {
        double rank = share * (size - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, size - 1);
        return values[below] + (values[above] - values[below]) * (rank - below);
    }

    private double weighted(double share) {
        double rank = share * total;
        long reached = 0;
        for (int i = 0; i < size; i++) {
            reached += weights[bucketOf[i]];
            if (reached >= rank) {
                return values[i];
            }
        }
        return values[size - 1];
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(head);
        out.writeLong(headEnd);
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeDouble(values[i]);
            out.writeByte(bucketOf[i]);
        }
        Remembered.write(out, kept);
        Remembered.write(out, weights);
        Remembered.write(out, passed);
        out.writeLong(total);
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        head = in.readLong();
        headEnd = in.readLong();
        size = in.readInt();
        if (size < 0 || size > BUCKETS * KEPT) {
            throw new IOException(size + " values, where " + BUCKETS * KEPT + " is the most");
        }
        int capacity = Math.max(CAPACITY_MIN, size);
        values = new double[capacity];
        bucketOf = new byte[capacity];
        for (int i = 0; i < size; i++) {
            values[i] = in.readDouble();
            bucketOf[i] = in.readByte();
        }
        Remembered.read(in, kept);
        Remembered.read(in, weights);
        Remembered.read(in, passed);
        total = in.readLong();
        answeredShare = Double.NaN;
    }
}
