package io.aftercare.fleet.device;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Moments as the hot path has them and as PostgreSQL keeps them: microseconds since 1970 UTC.
public final class Micros {
    private Micros() {}

    /// What is finer than a microsecond is cut off.
    public static long of(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// For a JDBC parameter.
    public static OffsetDateTime time(long micros) {
        return instant(micros).atOffset(ZoneOffset.UTC);
    }
}
