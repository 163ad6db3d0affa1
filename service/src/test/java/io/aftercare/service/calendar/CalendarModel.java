package io.aftercare.service.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A calendar by dice, and a plain model of it that looks at the clock on the wall every five minutes. All hours and all changes of summer
/// time fall on such moments, so that what is open there is open until the next.
public final class CalendarModel {
    /// One look.
    public static final Duration CELL = Duration.ofMinutes(5);
    /// Nine days.
    public static final int CELLS = 9 * 24 * 12;
    private static final List<String> ZONES = List.of("Europe/Berlin", "Asia/Shanghai", "America/New_York",
            "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana");
    // Around the changes of summer time in these zones, the turn of a year, and the Spring Festival.
    private static final List<String> STARTS = List.of("2026-03-25T00:00:00Z", "2026-10-21T00:00:00Z",
            "2026-03-04T00:00:00Z", "2026-10-28T00:00:00Z", "2026-12-28T00:00:00Z", "2026-02-12T00:00:00Z",
            "2026-03-31T00:00:00Z", "2026-09-30T00:00:00Z");

    /// The calendar in question.
    public final Calendar calendar;
    private final Instant start;
    private final int[] open = new int[CELLS + 1];

    public CalendarModel(Random random) {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        start = Instant.parse(STARTS.get(random.nextInt(STARTS.size())))
                .plus(CELL.multipliedBy(random.nextInt(288)));
        Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            List<Hours> hours = hours(random);
            if (!hours.isEmpty() || day == DayOfWeek.MONDAY) {
                week.put(day, hours.isEmpty() ? List.of(new Hours(0, 60)) : hours);
            }
        }
        Map<LocalDate, DayOfWeek> worked = new HashMap<>();
        Set<LocalDate> closed = new HashSet<>();
        Set<LocalDate> holidays = new HashSet<>();
        LocalDate first = LocalDate.ofInstant(start, zone);
        for (int i = -1; i < 12; i++) {
            LocalDate day = first.plusDays(i);
            switch (random.nextInt(8)) {
                case 0 -> worked.put(day, DayOfWeek.MONDAY);
                case 1 -> closed.add(day);
                case 2 -> holidays.add(day);
                default -> {
                }
            }
        }
        boolean days = random.nextInt(6) == 0;
        BusinessCalendar hours = new BusinessCalendar("model@1", zone, new Week(week), worked, closed,
                holidays::contains);
        calendar = days ? hours.wholeDays("model@1/days") : hours;
        LocalDate date = LocalDate.MIN;
        boolean[] minutes = new boolean[Hours.DAY];
        for (int cell = 0; cell < CELLS; cell++) {
            LocalDateTime wall = LocalDateTime.ofInstant(at(cell), zone);
            if (!wall.toLocalDate().equals(date)) {
                date = wall.toLocalDate();
                DayOfWeek like = worked.get(date);
                boolean off = like == null && (closed.contains(date) || holidays.contains(date));
                List<Hours> today = off
                        ? List.of()
                        : week.getOrDefault(like == null ? date.getDayOfWeek() : like, List.of());
                minutes = minutes(days && !today.isEmpty() ? List.of(Hours.WHOLE_DAY) : today);
            }
            boolean counts = minutes[wall.getHour() * 60 + wall.getMinute()];
            open[cell + 1] = open[cell] + (counts ? 1 : 0);
        }
    }

    private static boolean[] minutes(List<Hours> hours) {
        boolean[] minutes = new boolean[Hours.DAY];
        hours.forEach(one -> Arrays.fill(minutes, one.from(), one.to(), true));
        return minutes;
    }

    /// The moment at which a cell begins.
    public Instant at(int cell) {
        return start.plus(CELL.multipliedBy(cell));
    }

    /// Open cells between two.
    public int open(int from, int to) {
        return open[to] - open[from];
    }

    /// The first cell at which so many have been counted, or -1 where that is beyond the model.
    public int plus(int from, int cells) {
        for (int cell = from; cell <= CELLS; cell++) {
            if (open(from, cell) == cells) {
                return cell;
            }
        }
        return -1;
    }

    /// The last cell from which so many are counted up to `to`, or -1.
    public int minus(int to, int cells) {
        for (int cell = to; cell >= 0; cell--) {
            if (open(cell, to) == cells) {
                return cell;
            }
        }
        return -1;
    }

    private static List<Hours> hours(Random random) {
        List<Hours> hours = new ArrayList<>();
        int minute = random.nextInt(30) * 5;
        while (hours.size() < 4 && random.nextInt(4) > 0) {
            int end = minute + 5 + random.nextInt(120) * 5;
            if (end > Hours.DAY) {
                end = Hours.DAY;
            }
            if (minute >= end) {
                break;
            }
            hours.add(new Hours(minute, end));
            minute = end + random.nextInt(40) * 5;
        }
        return hours;
    }
}
