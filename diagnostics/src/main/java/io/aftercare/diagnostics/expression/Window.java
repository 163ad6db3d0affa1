package io.aftercare.diagnostics.expression;

/// The last `window` microseconds of a metric in a ring of [#BUCKETS] buckets.
///
/// The window is open at its old end and is cut in whole buckets: what is older than the window never counts, and what is
/// within its oldest 64th may be gone already. That is the whole error: everything else is exact.
abstract sealed class Window extends Track {
    static final int BUCKETS = 64;
    private static final int MASK = BUCKETS - 1;

    private final long width;
    /// Number of the newest bucket, counted from 1970.
    private long head = Long.MIN_VALUE;
    private boolean stale = true;
    final int[] counts = new int[BUCKETS];

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
        long bucket = Math.floorDiv(micros, width);
        if (bucket <= head - BUCKETS) {
            return;
        }
        int index = (int) (bucket & MASK);
        put(index, value, micros);
        counts[index]++;
        // The newest bucket is looked at with every reading; the others are summed up beforehand.
        stale |= bucket != head;
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
        if (stale) {
            gather();
            stale = false;
        }
        return result(output, (int) (head & MASK));
    }

    private void advance(long micros) {
        long bucket = Math.floorDiv(micros, width);
        if (bucket <= head) {
            return;
        }
        long from = head == Long.MIN_VALUE ? bucket - BUCKETS : Math.max(head, bucket - BUCKETS);
        for (long empty = from + 1; empty <= bucket; empty++) {
            counts[(int) (empty & MASK)] = 0;
            clear((int) (empty & MASK));
        }
        head = bucket;
        stale = true;
    }

    /// The bucket that is `age` buckets older than the newest, 1 to 63.
    final int older(int age) {
        return (int) (head - age & MASK);
    }

    /// Takes a value into a bucket.
    abstract void put(int bucket, double value, long micros);

    abstract void clear(int bucket);

    /// Sums up all buckets but the newest; done once a bucket, so that a value costs the same whatever the window holds.
    abstract void gather();

    abstract double result(Output output, int newest);

    private static final class Sums extends Window {
        private final double[] sums = new double[BUCKETS];
        private double sum;
        private long count;

        Sums(long windowMicros) {
            super(windowMicros);
        }

        @Override
        void put(int bucket, double value, long micros) {
            sums[bucket] += value;
        }

        @Override
        void clear(int bucket) {
            sums[bucket] = 0;
        }

        @Override
        void gather() {
            sum = 0;
            count = 0;
            for (int age = 1; age < BUCKETS; age++) {
                sum += sums[older(age)];
                count += counts[older(age)];
            }
        }

        @Override
        double result(Output output, int newest) {
            double total = sum + sums[newest];
            long number = count + counts[newest];
            return output == Output.COUNT ? number : output == Output.SUM ? total : total / number; // 0 / 0 is unknown
        }
    }

    private static final class Extremes extends Window {
        private final double[] lows = new double[BUCKETS];
        private final double[] highs = new double[BUCKETS];
        private double low;
        private double high;

        Extremes(long windowMicros) {
            super(windowMicros);
        }

        @Override
        void put(int bucket, double value, long micros) {
            lows[bucket] = Math.min(lows[bucket], value);
            highs[bucket] = Math.max(highs[bucket], value);
        }

        @Override
        void clear(int bucket) {
            lows[bucket] = Double.POSITIVE_INFINITY;
            highs[bucket] = Double.NEGATIVE_INFINITY;
        }

        @Override
        void gather() {
            low = Double.POSITIVE_INFINITY;
            high = Double.NEGATIVE_INFINITY;
            for (int age = 1; age < BUCKETS; age++) {
                low = Math.min(low, lows[older(age)]);
                high = Math.max(high, highs[older(age)]);
            }
        }

        @Override
        double result(Output output, int newest) {
            double least = Math.min(low, lows[newest]);
            double most = Math.max(high, highs[newest]);
            return least > most ? Double.NaN : output == Output.MINIMUM ? least : most;
        }
    }

    /// The oldest and the newest value, for differences and slopes.
    private static final class Ends extends Window {
        private static final double MICROS_PER_SECOND = 1e6;
        private final double[] first = new double[BUCKETS];
        private final long[] firstAt = new long[BUCKETS];
        private double newestValue = Double.NaN;
        private long newestAt = Long.MIN_VALUE;
        private int oldest = -1;

        Ends(long windowMicros) {
            super(windowMicros);
        }

        @Override
        void put(int bucket, double value, long micros) {
            if (counts[bucket] == 0 || micros < firstAt[bucket]) {
                first[bucket] = value;
                firstAt[bucket] = micros;
            }
            if (micros >= newestAt) {
                newestValue = value;
                newestAt = micros;
            }
        }

        @Override
        void clear(int bucket) {
            first[bucket] = 0;
            firstAt[bucket] = 0;
        }

        @Override
        void gather() {
            oldest = -1;
            for (int age = BUCKETS - 1; age > 0 && oldest < 0; age--) {
                oldest = counts[older(age)] > 0 ? older(age) : -1;
            }
        }

        @Override
        double result(Output output, int newest) {
            int start = oldest < 0 ? newest : oldest;
            if (counts[start] == 0 || firstAt[start] == newestAt) {
                return Double.NaN;
            }
            double difference = newestValue - first[start];
            return output == Output.DELTA
                    ? difference
                    : difference / ((newestAt - firstAt[start]) / MICROS_PER_SECOND);
        }
    }
}
