package io.aftercare.ingest.store;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/// How long what is stored is kept, and when a day is compressed.
///
/// @param raw           samples as they came
/// @param minutes       what they come to by minute; `hours` and `days` likewise
/// @param compressAfter how long after a day's end (UTC) its samples are compressed; empty for never
public record Retention(Duration raw, Duration minutes, Duration hours, Duration days, Duration events,
        Duration connectivity, Duration attributeHistory, Duration quarantine,
        Optional<Duration> compressAfter) {
    /// A quarter of samples, a year of what people look up, ten years of daily sums.
    public static final Retention DEFAULT = new Retention(Duration.ofDays(90), Duration.ofDays(400),
            Duration.ofDays(1830), Duration.ofDays(3660), Duration.ofDays(400), Duration.ofDays(90),
            Duration.ofDays(400), Duration.ofDays(30), Optional.of(Duration.ofDays(1)));

    /// Of what is summed up so finely.
    Duration of(Level level) {
        return switch (level) {
            case MINUTES -> minutes;
            case HOURS -> hours;
            case DAYS -> days;
        };
    }

    /// The first day that is still kept.
    static LocalDate cutoff(LocalDate today, Duration kept) {
        return today.minusDays(kept.toDays());
    }
}
