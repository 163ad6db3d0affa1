package io.aftercare.service.period;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A month, quarter or year of the calendar.
///
/// @param months its length: 1, 3 or 12
public record Period(YearMonth first, int months) {
    private static final Pattern FORM = Pattern.compile("([0-9]{4})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?");

    /// Reads `2026-11`, `2026-Q4` or `2026`; empty for anything else.
    public static Optional<Period> find(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(match.group(1));
        if (match.group(2) != null) {
            return Optional.of(new Period(YearMonth.of(year, Integer.parseInt(match.group(2))), 1));
        }
        return match.group(3) != null
                ? Optional.of(new Period(YearMonth.of(year, Integer.parseInt(match.group(3)) * 3 - 2), 3))
                : Optional.of(new Period(YearMonth.of(year, 1), 12));
    }

    /// As [#find].
    ///
    /// @throws IllegalArgumentException that says which forms are right
    @JsonCreator
    public static Period parse(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException(
                text + " is no period; write a month as 2026-11, a quarter as 2026-Q4, a year as 2026"));
    }

    /// The month in which a moment falls.
    public static Period monthOf(Instant at, ZoneId zone) {
        return new Period(YearMonth.from(at.atZone(zone)), 1);
    }

    /// The name outside, such as `2026-Q4`.
    @JsonValue
    public String text() {
        return switch (months) {
            case 1 -> first.toString();
            case 3 ->
                String.format(Locale.ROOT, "%04d-Q%d", first.getYear(), (first.getMonthValue() + 2) / 3);
            default -> String.format(Locale.ROOT, "%04d", first.getYear());
        };
    }

    public Instant from(ZoneId zone) {
        return first.atDay(1).atStartOfDay(zone).toInstant();
    }

    /// The first moment after it.
    public Instant to(ZoneId zone) {
        return first.plusMonths(months).atDay(1).atStartOfDay(zone).toInstant();
    }

    /// The period of the same length before it.
    public Period before() {
        return new Period(first.minusMonths(months), months);
    }

    /// The names of its months, in order.
    public List<String> names() {
        return IntStream.range(0, months).mapToObj(month -> first.plusMonths(month).toString()).toList();
    }

    public boolean isOver(Instant now, ZoneId zone) {
        return !now.isBefore(to(zone));
    }
}
