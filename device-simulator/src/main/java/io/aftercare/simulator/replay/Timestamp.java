package io.aftercare.simulator.replay;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// The forms in which files give times: ISO 8601 with an offset or without (then UTC), with a `T` or a blank, or the
/// seconds or milliseconds since 1970.
final class Timestamp {
    private static final double MILLIS_FROM = 1e11; // the year 5138 in seconds, 1973 in milliseconds

    private Timestamp() {}

    /// Epoch milliseconds.
    ///
    /// @throws IllegalArgumentException quoting what cannot be read
    static long parse(String text) {
        if (text.matches("-?\\d+(\\.\\d+)?")) {
            double number = Double.parseDouble(text);
            return (long) (Math.abs(number) < MILLIS_FROM ? number * 1_000 : number);
        }
        String iso = text.replace(' ', 'T').replace('/', '-');
        try {
            boolean zoned = iso.matches(".*T.*(Z|z|[+-]\\d\\d(:?\\d\\d)?)$");
            if (zoned) {
                return OffsetDateTime.parse(iso.replaceAll("([+-]\\d\\d)$", "$1:00")).toInstant()
                        .toEpochMilli();
            }
            return LocalDateTime.parse(iso.contains("T") ? iso : iso + "T00:00:00").toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time; use ISO 8601, yyyy-MM-dd HH:mm:ss (UTC) or epoch seconds",
                    e);
        }
    }
}
