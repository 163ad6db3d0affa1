package io.aftercare.service.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The hours of business of a place: a moment counts where the clock on that place's wall stands within the hours of its day. When
/// summer time begins or ends the wall skips an hour, or shows it twice, and so does what counts.
///
/// @param workdays days that are worked whatever else is said of them, with the day of the week whose hours they have (调休)
/// @param closed   further days on which nobody works
/// @param holiday  public holidays
record BusinessCalendar(String name, ZoneId zone, Week week, Map<LocalDate, DayOfWeek> workdays,
        Set<LocalDate> closed, Predicate<LocalDate> holiday) implements Calendar {
    /// So far ahead or back a moment is looked for; a calendar that is closed for longer has none.
    static final int HORIZON_DAYS = 40 * 366;

    BusinessCalendar {
        workdays = Map.copyOf(workdays);
        closed = Set.copyOf(closed);
    }

    /// A stretch of time that counts.
    private record Stretch(Instant from, Instant to) {}

    /// The same days, each counting from midnight to midnight: for promises in working days.
    BusinessCalendar wholeDays(String asName) {
        Map<DayOfWeek, List<Hours>> whole = new EnumMap<>(DayOfWeek.class);
        week.days().keySet().forEach(day -> whole.put(day, List.of(Hours.WHOLE_DAY)));
        return new BusinessCalendar(asName, zone, new Week(whole), workdays, closed, holiday);
    }

    /// The same days with other hours: for what is told to people.
    BusinessCalendar during(String asName, Week other) {
        return new BusinessCalendar(asName, zone, other, workdays, closed, holiday);
    }

    @Override
    public Duration open(Instant from, Instant to) {
        Duration sum = Duration.ZERO;
        LocalDate last = dateOf(to);
        for (LocalDate day = dateOf(from); !day.isAfter(last); day = day.plusDays(1)) {
            for (Stretch stretch : stretches(day)) {
                Instant begin = later(stretch.from(), from);
                Instant end = earlier(stretch.to(), to);
                if (begin.isBefore(end)) {
                    sum = sum.plus(Duration.between(begin, end));
                }
            }
        }
        return sum;
    }

    @Override
    public Instant plus(Instant from, Duration open) {
        return open.isNegative() ? back(from, open.negated()) : ahead(from, open);
    }

    private Instant ahead(Instant from, Duration open) {
        Duration left = open;
        LocalDate first = dateOf(from);
        for (int i = 0; i < HORIZON_DAYS && !left.isZero(); i++) {
            for (Stretch stretch : stretches(first.plusDays(i))) {
                Instant begin = later(stretch.from(), from);
                if (begin.isBefore(stretch.to())) {
                    Duration here = Duration.between(begin, stretch.to());
                    if (here.compareTo(left) >= 0) {
                        return begin.plus(left);
                    }
                    left = left.minus(here);
                }
            }
        }
        return left.isZero() ? from : first.plusDays(HORIZON_DAYS).atStartOfDay(zone).toInstant();
    }

    private Instant back(Instant from, Duration open) {
        Duration left = open;
        LocalDate first = dateOf(from);
        for (int i = 0; i < HORIZON_DAYS; i++) {
            for (Stretch stretch : stretches(first.minusDays(i)).reversed()) {
                Instant end = earlier(stretch.to(), from);
                if (stretch.from().isBefore(end)) {
                    Duration here = Duration.between(stretch.from(), end);
                    if (here.compareTo(left) >= 0) {
                        return end.minus(left);
                    }
                    left = left.minus(here);
                }
            }
        }
        return first.minusDays(HORIZON_DAYS).atStartOfDay(zone).toInstant();
    }

    private List<Hours> hours(LocalDate day) {
        DayOfWeek like = workdays.get(day);
        if (like != null) {
            return week.on(like);
        }
        return closed.contains(day) || week.on(day.getDayOfWeek()).isEmpty() || holiday.test(day)
                ? List.of()
                : week.on(day.getDayOfWeek());
    }

    /// What kind of day it is, and its hours.
    CalendarDay day(LocalDate day) {
        return new CalendarDay(day, kind(day), hours(day));
    }

    private CalendarDay.Kind kind(LocalDate day) {
        if (workdays.containsKey(day)) {
            return CalendarDay.Kind.MAKE_UP;
        }
        if (holiday.test(day)) {
            return CalendarDay.Kind.HOLIDAY;
        }
        if (closed.contains(day)) {
            return CalendarDay.Kind.CLOSED;
        }
        return week.on(day.getDayOfWeek()).isEmpty() ? CalendarDay.Kind.OFF : CalendarDay.Kind.OPEN;
    }

    // Between two changes of the zone's offset the wall runs as evenly as time does.
    private List<Stretch> stretches(LocalDate day) {
        List<Hours> hours = hours(day);
        if (hours.isEmpty()) {
            return List.of();
        }
        List<Stretch> found = new ArrayList<>(hours.size());
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        Instant begin = day.atStartOfDay(zone).toInstant();
        while (begin.isBefore(end)) {
            ZoneOffset offset = zone.getRules().getOffset(begin);
            ZoneOffsetTransition next = zone.getRules().nextTransition(begin);
            Instant until = next == null ? end : earlier(next.getInstant(), end);
            Instant midnight = day.atStartOfDay().toInstant(offset);
            for (Hours each : hours) {
                Instant from = later(midnight.plusSeconds(each.from() * 60L), begin);
                Instant to = earlier(midnight.plusSeconds(each.to() * 60L), until);
                if (from.isBefore(to)) {
                    found.add(new Stretch(from, to));
                }
            }
            begin = until;
        }
        return found;
    }

    private LocalDate dateOf(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
