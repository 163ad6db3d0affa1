package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The hours of a week in which somebody works, in the zone where they live. Without hours: at any time.
public record Shift(String zone, List<Hours> hours) {
    /// Around the clock.
    public static final Shift ALWAYS = new Shift("UTC", List.of());

    public Shift {
        hours = List.copyOf(hours);
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no time zone " + zone, e);
        }
    }

    /// A day's stretch; where it ends at or before its start, it ends on the next day.
    public record Hours(Day day, LocalTime from, LocalTime to) {
        private boolean holds(LocalDate date, ZoneId zone, Instant start, Instant end) {
            LocalDate last = to.isAfter(from) ? date : date.plusDays(1);
            return date.getDayOfWeek() == day.value()
                    && !date.atTime(from).atZone(zone).toInstant().isAfter(start)
                    && !last.atTime(to).atZone(zone).toInstant().isBefore(end);
        }
    }

    /// A weekday by its English name, such as `monday`.
    public record Day(DayOfWeek value) {
        @JsonCreator
        public static Day of(String name) {
            return Stream.of(DayOfWeek.values()).filter(day -> name(day).equals(name)).findFirst()
                    .map(Day::new)
                    .orElseThrow(() -> new IllegalArgumentException("there is no weekday " + name));
        }

        @JsonValue
        public String text() {
            return name(value);
        }

        private static String name(DayOfWeek day) {
            return day.name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether all of the time lies within one stretch of work.
    public boolean covers(Instant start, Instant end) {
        ZoneId there = ZoneId.of(zone);
        LocalDate date = start.atZone(there).toLocalDate();
        return hours.isEmpty() || hours.stream().anyMatch(stretch -> stretch.holds(date, there, start, end)
                || stretch.holds(date.minusDays(1), there, start, end));
    }
}
