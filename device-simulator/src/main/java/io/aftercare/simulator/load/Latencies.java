package io.aftercare.simulator.load;

/// A histogram of durations from 1 ns to 292 years in 64 steps an octave: every value is kept within 1.6 % of itself,
/// in 30 KiB, without allocation. Not thread-safe: one an event loop, merged at the end.
public final class Latencies {
    private static final int STEPS_LOG2 = 6;
    private static final int STEPS = 1 << STEPS_LOG2;

    private final long[] counts = new long[STEPS * (64 - STEPS_LOG2)];
    private long total;
    private long sumNanos;
    private long maxNanos;

    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[index(value)]++;
        total++;
        sumNanos += value;
        maxNanos = Math.max(maxNanos, value);
    }

    public void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        sumNanos += other.sumNanos;
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    public long count() {
        return total;
    }

    public double meanMicros() {
        return total == 0 ? 0 : sumNanos / 1e3 / total;
    }

    public double maxMicros() {
        return maxNanos / 1e3;
    }

    /// The value that `quantile` (0 to 1) of all durations do not exceed, in microseconds; 0 where there are none.
    public double micros(double quantile) {
        long rank = Math.max(1, (long) Math.ceil(quantile * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && total > 0) {
                return Math.min(highest(i), maxNanos) / 1e3;
            }
        }
        return 0;
    }

    private static int index(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int octave = 63 - Long.numberOfLeadingZeros(value) - STEPS_LOG2;
        return (octave + 1) * STEPS + (int) ((value >>> octave) - STEPS);
    }

    private static long highest(int index) {
        if (index < STEPS) {
            return index;
        }
        int octave = index / STEPS - 1;
        return ((STEPS + (long) (index % STEPS) + 1) << octave) - 1;
    }
}
