package io.aftercare.service.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When a delivery that failed is tried again: soon, and then less and less often, for a day. The pauses are those that
/// the Standard Webhooks specification suggests.
final class Schedule {
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(8),
            Duration.ofHours(8));
    /// An address that fails this long is switched off.
    static final Duration PATIENCE = Duration.ofDays(3);

    private Schedule() {}

    /// @param attempts how often it was tried so far
    /// @return empty where it was tried often enough
    static Optional<Instant> next(int attempts, Instant now) {
        return attempts > PAUSES.size() ? Optional.empty() : Optional.of(now.plus(PAUSES.get(attempts - 1)));
    }

    /// How long an address is left alone after so many failures in a row, whatever else waits for it.
    static Duration rest(int failures) {
        return failures < 3 ? Duration.ZERO : Duration.ofSeconds(Math.min(300, 1L << Math.min(failures, 9)));
    }
}
