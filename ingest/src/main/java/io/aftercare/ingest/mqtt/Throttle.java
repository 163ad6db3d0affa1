package io.aftercare.ingest.mqtt;

/// One device's use of its [Allowance], by the generic cell rate algorithm (ITU-T I.371, annex A): for messages and for
/// bytes a moment up to which the allowance is used up, and nothing else. Outlives connections, so that coming anew gains
/// nothing. Thread-safe: a device's connection has it almost alone, its requests by HTTP come from other threads.
final class Throttle {
    private static final double NANOS_PER_SECOND = 1e9;

    private long messagesUsedUntil = Long.MIN_VALUE;
    private long bytesUsedUntil = Long.MIN_VALUE;

    /// Takes what was published.
    ///
    /// @param now nanoseconds, of a clock that only grows
    /// @return how long nothing more may be read, nanoseconds; 0 where it may
    synchronized long take(Allowance allowance, int messages, long bytes, long now) {
        messagesUsedUntil = Math.max(messagesUsedUntil, now)
                + (long) (messages * NANOS_PER_SECOND / allowance.messagesPerSecond());
        bytesUsedUntil = Math.max(bytesUsedUntil, now)
                + (long) (bytes * NANOS_PER_SECOND / allowance.bytesPerSecond());
        long used = Math.max(messagesUsedUntil, bytesUsedUntil);
        return Math.max(0, used - now - allowance.burst().toNanos());
    }

    /// As [#take], from somebody who can be told to come later: where the device has to wait already, nothing is taken.
    synchronized long tryTake(Allowance allowance, int messages, long bytes, long now) {
        long wait = take(allowance, 0, 0, now);
        if (wait == 0) {
            take(allowance, messages, bytes, now);
        }
        return wait;
    }
}
