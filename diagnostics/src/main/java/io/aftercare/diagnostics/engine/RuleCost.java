package io.aftercare.diagnostics.engine;

import java.util.concurrent.atomic.LongAdder;

/// What one rule costs, from a sample of its evaluations. Thread-safe.
public final class RuleCost {
    /// One sample in so many is timed, the others pay nothing.
    static final int EVERY = 256;
    private static final int ENOUGH = 200;
    private static final long CLOCK_NANOS = clockNanos();

    private final LongAdder nanos = new LongAdder();
    private final LongAdder timed = new LongAdder();

    /// What reading the clock costs by itself, the least of some readings.
    private static long clockNanos() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2_000; i++) {
            long begun = System.nanoTime();
            least = Math.min(least, System.nanoTime() - begun);
        }
        return least;
    }

    void add(long measuredNanos) {
        nanos.add(Math.max(0, measuredNanos - CLOCK_NANOS));
        timed.increment();
    }

    /// Nanoseconds an evaluation; 0 before there are enough of them to tell.
    public double average() {
        long count = timed.sum();
        return count < ENOUGH ? 0 : nanos.sum() / (double) count;
    }

    /// Seconds that all of its evaluations took, estimated.
    double seconds() {
        return nanos.sum() * (EVERY / 1e9);
    }
}
