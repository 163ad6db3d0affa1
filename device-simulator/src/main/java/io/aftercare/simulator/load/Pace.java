package io.aftercare.simulator.load;

/// When one connection's messages are due. With a rate, message k of connection i of n is due at the start plus
/// (k·n + i) intervals, whether or not the ones before it got through: latency counted from there hides no stall.
/// Not thread-safe.
final class Pace {
    private final double intervalNanos;
    private final double offsetNanos;
    private long startNanos;
    private long sent;

    /// @param ratePerSecond of all connections together; 0 for as fast as it goes
    Pace(double ratePerSecond, int index, int connections) {
        intervalNanos = ratePerSecond == 0 ? 0 : connections * 1e9 / ratePerSecond;
        offsetNanos = ratePerSecond == 0 ? 0 : index * 1e9 / ratePerSecond;
    }

    boolean unlimited() {
        return intervalNanos == 0;
    }

    void start(long nanos) {
        startNanos = nanos;
    }

    /// How many messages should have gone by now and have not.
    int due(long now) {
        if (intervalNanos == 0) {
            return Integer.MAX_VALUE;
        }
        double elapsed = now - startNanos - offsetNanos;
        return elapsed < 0
                ? 0
                : (int) Math.min(Integer.MAX_VALUE, (long) (elapsed / intervalNanos) + 1 - sent);
    }

    /// Counts a message as sent and tells when it was due (`now` without a rate).
    long intendedNanos(long now) {
        long intended = intervalNanos == 0
                ? now
                : startNanos + (long) (offsetNanos + sent * intervalNanos);
        sent++;
        return intended;
    }
}
