package io.aftercare.diagnostics.expression;

import java.util.Arrays;

/// The last `window` microseconds of a metric in a ring of [#BUCKETS] buckets.
///
/// The window is open at its old end and is cut in whole buckets: what is older than the window never counts, and what is
/// within its oldest 64th may be gone already. That is the whole error: everything else is exact, also after years, because no
/// sum is ever kept by subtracting. Buckets are summed up in blocks of eight, so that a new bucket costs eight additions and a
/// reading eight more, whatever the window holds.
abstract sealed class Window extends Track {
    static final int BUCKETS = 64;
    static final int BLOCK = 8;
    private static final int MASK = BUCKETS - 1;

    private final long width;
    /// Number of the newest bucket, counted from 1970.
    private long head = Long.MIN_VALUE;
    /// When the bucket after the newest begins; within the newest no division is needed to find it.
    private long headEnd = Long.MIN_VALUE;
    /// A bit for each bucket that has values.
    private long filled;

    private Window(long windowMicros) {
        this.width = Math.max(1, (windowMicros + BUCKETS - 1) / BUCKETS);
    }

    static Window of(TrackSpec.Family family, long windowMicros) {
        return switch (family) {
            case SUMS -> new Sums(windowMicros);
            case EXTREMES -> new Extremes(windowMicros);
            case ENDS -> new Ends(windowMicros);
        };
    }

    @Override
    public final void add(double value, long micros) {
        advance(micros);
        long bucket = micros >= headEnd - width ? head : Math.floorDiv(micros, width);
        if (bucket > head - BUCKETS) {
            int index = (int) (bucket & MASK);
            put(index, value, micros);
            filled |= 1L << index;
        }
    }

    @Override
    public final void late(double value, long micros) {
        add(value, micros);
    }

    @Override
    public final double read(Output output, long nowMicros) {
        if (head == Long.MIN_VALUE) {
            return Double.NaN;
        }
        advance(nowMicros);
        return result(output);
    }

    private void advance(long micros) {
        if (micros < headEnd) {
            return;
        }
        long bucket = Math.floorDiv(micros, width);
        headEnd = (bucket + 1) * width;
        if (head == Long.MIN_VALUE || bucket - head >= BUCKETS) {
            head = bucket;
            filled = 0;
            clearAll();
            return;
        }
        while (head < bucket) {
            int index = (int) (++head & MASK);
            if (isFilled(index)) {
                filled &= ~(1L << index);
                clear(index);
            }
        }
    }

    final boolean isFilled(int index) {
        return (filled >>> index & 1) != 0;
    }

    /// The oldest bucket that has values, -1 where none has.
    final int oldest() {
        int next = (int) (head + 1 & MASK);
        return filled == 0 ? -1 : next + Long.numberOfTrailingZeros(Long.rotateRight(filled, next)) & MASK;
    }

    /// Takes a value into a bucket.
    abstract void put(int index, double value, long micros);

    /// Forgets a bucket that had values.
    abstract void clear(int index);

    abstract void clearAll();

    abstract double result(Output output);

    private static final class Sums extends Window {
        private final double[] sums = new double[BUCKETS];
        private final double[] blocks = new double[BLOCK];
        private final int[] counts = new int[BUCKETS];
        private long count;

        Sums(long windowMicros) {
            super(windowMicros);
        }

        @Override
        void put(int index, double value, long micros) {
            sums[index] += value;
            blocks[index / BLOCK] += value;
            counts[index]++;
            count++;
        }

        @Override
        void clear(int index) {
            count -= counts[index];
            counts[index] = 0;
            sums[index] = 0;
            int first = index / BLOCK * BLOCK;
            double sum = 0;
            for (int i = first; i < first + BLOCK; i++) {
                sum += sums[i];
            }
            blocks[index / BLOCK] = sum;
        }

        @Override
        void clearAll() {
            Arrays.fill(sums, 0);
            Arrays.fill(blocks, 0);
            Arrays.fill(counts, 0);
            count = 0;
        }

        @Override
        double result(Output output) {
            if (output == Output.COUNT) {
                return count;
            }
            double sum = 0;
            for (double block : blocks) {
                sum += block;
            }
            return output == Output.SUM ? sum : sum / count; // 0 / 0 is unknown
        }
    }

    private static final class Extremes extends Window {
        private final double[] lows = new double[BUCKETS];
        private final double[] highs = new double[BUCKETS];
        private final double[] blockLows = new double[BLOCK];
        private final double[] blockHighs = new double[BLOCK];

        Extremes(long windowMicros) {
            super(windowMicros);
            clearAll();
        }

        @Override
        void put(int index, double value, long micros) {
            lows[index] = Math.min(lows[index], value);
            highs[index] = Math.max(highs[index], value);
            blockLows[index / BLOCK] = Math.min(blockLows[index / BLOCK], value);
            blockHighs[index / BLOCK] = Math.max(blockHighs[index / BLOCK], value);
        }

        @Override
        void clear(int index) {
            lows[index] = Double.POSITIVE_INFINITY;
            highs[index] = Double.NEGATIVE_INFINITY;
            int first = index / BLOCK * BLOCK;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = first; i < first + BLOCK; i++) {
                low = Math.min(low, lows[i]);
                high = Math.max(high, highs[i]);
            }
            blockLows[index / BLOCK] = low;
            blockHighs[index / BLOCK] = high;
        }

        @Override
        void clearAll() {
            Arrays.fill(lows, Double.POSITIVE_INFINITY);
            Arrays.fill(blockLows, Double.POSITIVE_INFINITY);
            Arrays.fill(highs, Double.NEGATIVE_INFINITY);
            Arrays.fill(blockHighs, Double.NEGATIVE_INFINITY);
        }

        @Override
        double result(Output output) {
            boolean least = output == Output.MINIMUM;
            double extreme = least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            for (double block : least ? blockLows : blockHighs) {
                extreme = least ? Math.min(extreme, block) : Math.max(extreme, block);
            }
            return Double.isInfinite(extreme) ? Double.NaN : extreme;
        }
    }

    /// The oldest and the newest value, for differences and slopes.
    private static final class Ends extends Window {
        private static final double MICROS_PER_SECOND = 1e6;
        private final double[] first = new double[BUCKETS];
        private final long[] firstAt = new long[BUCKETS];
        private double newestValue = Double.NaN;
        private long newestAt = Long.MIN_VALUE;

        Ends(long windowMicros) {
            super(windowMicros);
        }

        @Override
        void put(int index, double value, long micros) {
            if (!isFilled(index) || micros < firstAt[index]) {
                first[index] = value;
                firstAt[index] = micros;
            }
            if (micros >= newestAt) {
                newestValue = value;
                newestAt = micros;
            }
        }

        @Override
        void clear(int index) {
            // a bucket's first value overwrites what is left
        }

        @Override
        void clearAll() {
            // as above
        }

        @Override
        double result(Output output) {
            int start = oldest();
            if (start < 0 || firstAt[start] == newestAt) {
                return Double.NaN;
            }
            double difference = newestValue - first[start];
            return output == Output.DELTA
                    ? difference
                    : difference / ((newestAt - firstAt[start]) / MICROS_PER_SECOND);
        }
    }
}
