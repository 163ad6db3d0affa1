package io.aftercare.ingest.store;

import java.time.Duration;
import java.util.Arrays;

/// How finely samples are summed up.
enum Level {
    MINUTES(1, Duration.ofMinutes(1)), HOURS(2, Duration.ofHours(1)), DAYS(3, Duration.ofDays(1));

    private final int number;
    private final long micros;

    Level(int number, Duration length) {
        this.number = number;
        this.micros = length.toNanos() / 1000;
    }

    /// As it is stored.
    int number() {
        return number;
    }

    static Level of(int number) {
        return Arrays.stream(values()).filter(level -> level.number == number).findFirst().orElseThrow();
    }

    /// The length of a cell.
    long micros() {
        return micros;
    }

    /// Cells in a day.
    int cells() {
        return (int) (Partitions.DAY_MICROS / micros);
    }
}
