package io.aftercare.remote.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What may still go through a session in one direction: so much in all, and so much at once. Immutable.
///
/// @param total  bytes left of the session's
/// @param bucket bytes that may come now
/// @param at     when that was so
record Allowance(long total, long bucket, Instant at, int burst, int perSecond) {
    static Allowance full(long total, int burst, int perSecond, Instant now) {
        return new Allowance(total, burst, now, burst, perSecond);
    }

    /// What is left after a message of this many bytes; empty where it is too much.
    Optional<Allowance> take(int bytes, Instant now) {
        long cost = (long) bytes + ShellLimits.MESSAGE_BYTES;
        long millis = Math.clamp(Duration.between(at, now).toMillis(), 0, Integer.MAX_VALUE);
        long filled = Math.min(burst, bucket + millis * perSecond / 1000);
        if (cost > total || cost > filled) {
            return Optional.empty();
        }
        // A clock that went back gives nothing twice.
        return Optional.of(
                new Allowance(total - cost, filled - cost, now.isBefore(at) ? at : now, burst, perSecond));
    }
}
