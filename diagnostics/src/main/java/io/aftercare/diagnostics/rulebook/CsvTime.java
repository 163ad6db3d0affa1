package io.aftercare.diagnostics.rulebook;

import io.aftercare.fleet.device.Micros;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalLong;

/// Times as they are written in tables: a date with or without a time, fraction and zone (UTC where none is said), or the seconds, milliseconds,
/// microseconds or nanoseconds since 1970, told apart by their size.
final class CsvTime {
    private static final DateTimeFormatter WRITTEN = new DateTimeFormatterBuilder()
            .appendPattern("[yyyy-MM-dd][yyyy/MM/dd]['T'][' '][HH:mm[:ss]]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[' ']").optionalStart().appendOffset("+HH:mm", "Z").optionalEnd()
            .optionalStart().appendOffset("+HHmm", "Z").optionalEnd().appendPattern("['UTC']['GMT']")
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0).parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .toFormatter(Locale.ROOT);
    private static final double MICROS_PER_SECOND = 1e6;
    /// The year 5138 in seconds, and so on by thousands: numbers beyond are of the next smaller unit.
    private static final double SECONDS_MAX = 1e11;

    private CsvTime() {}

    /// Microseconds since 1970; empty where the text is no time.
    static OptionalLong micros(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        boolean number = text.length() < 5 || text.charAt(4) != '-' && text.charAt(4) != '/';
        return number && first >= '0' && first <= '9' ? ofNumber(text) : ofDate(text);
    }

    private static OptionalLong ofNumber(String text) {
        try {
            double value = Double.parseDouble(text);
            double micros = value * MICROS_PER_SECOND;
            for (double most = SECONDS_MAX; Math.abs(value) > most
                    && most < SECONDS_MAX * 1e9; most *= 1_000) {
                micros /= 1_000;
            }
            return Math.abs(micros) <= SECONDS_MAX * MICROS_PER_SECOND
                    ? OptionalLong.of(Math.round(micros))
                    : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong ofDate(String text) {
        try {
            TemporalAccessor read = WRITTEN.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            OffsetDateTime at = read instanceof LocalDateTime local
                    ? local.atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.from(read);
            return OptionalLong.of(Micros.of(at.toInstant()));
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }
}
