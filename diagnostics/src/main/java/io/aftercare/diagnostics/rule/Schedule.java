package io.aftercare.diagnostics.rule;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When a rule may raise its fault; outside it opens nothing, while what is open clears as always.
///
/// @param fromSecond of the day, inclusive
/// @param toSecond   of the day, exclusive, up to 86,400; less than `fromSecond` where the hours pass midnight
/// @param zone       empty for the device's own: its tag `zone`, or UTC without one
public record Schedule(Set<DayOfWeek> days, int fromSecond, int toSecond, Optional<ZoneId> zone) {
    static final int DAY = 86_400;
    /// Always.
    public static final Schedule ALWAYS = new Schedule(EnumSet.allOf(DayOfWeek.class), 0, DAY,
            Optional.of(ZoneOffset.UTC));

    public Schedule {
        days = Set.copyOf(days);
    }

    public boolean isAlways() {
        return days.size() == 7 && fromSecond == 0 && toSecond == DAY;
    }

    /// @param tags of the device
    public boolean allows(long micros, Map<String, String> tags) {
        if (isAlways()) {
            return true;
        }
        ZonedDateTime there = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L))
                .atZone(zone.orElseGet(() -> zoneOf(tags)));
        int second = there.toLocalTime().toSecondOfDay();
        if (fromSecond < toSecond) {
            return days.contains(there.getDayOfWeek()) && second >= fromSecond && second < toSecond;
        }
        // Past midnight the hours belong to the day on which they began.
        return second >= fromSecond
                ? days.contains(there.getDayOfWeek())
                : second < toSecond && days.contains(there.getDayOfWeek().minus(1));
    }

    private static ZoneId zoneOf(Map<String, String> tags) {
        try {
            return ZoneId.of(tags.getOrDefault("zone", "UTC"));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC; // a tag that names no zone must not stop the lane
        }
    }

    static Schedule read(Place place) {
        Fields fields = new Fields(place, Set.of("days", "hours", "zone"));
        Set<DayOfWeek> days = fields.may("days", Schedule::days, ALWAYS.days());
        int[] hours = fields.may("hours", Schedule::hours, new int[]{0, DAY});
        Optional<ZoneId> zone = fields.may("zone", Schedule::zone, Optional.<ZoneId>empty());
        fields.check();
        return new Schedule(days, hours[0], hours[1], zone);
    }

    private static Set<DayOfWeek> days(Place place) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : place.text().split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            DayOfWeek last = day(place, ends[ends.length - 1]);
            for (DayOfWeek day = day(place, ends[0]); days.add(day) && day != last; day = day.plus(1)) {
                // each day from the first to the last, past Sunday if need be
            }
        }
        return days;
    }

    private static DayOfWeek day(Place place, String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name.length() >= 3 && day.name().regionMatches(true, 0, name, 0, name.length())) {
                return day;
            }
        }
        throw place.wrong("days such as mon-fri or sat,sun, not " + place.text());
    }

    private static int[] hours(Place place) {
        String[] ends = place.text().split("-", -1);
        try {
            if (ends.length == 2) {
                return new int[]{second(ends[0]), second(ends[1])};
            }
        } catch (DateTimeException _) {
            // told below
        }
        throw place.wrong("hours such as \"08:00-18:30\", not " + place.text());
    }

    private static int second(String text) {
        return text.strip().equals("24:00") ? DAY : LocalTime.parse(text.strip()).toSecondOfDay();
    }

    private static Optional<ZoneId> zone(Place place) {
        try {
            return place.text().equals("device") ? Optional.empty() : Optional.of(ZoneId.of(place.text()));
        } catch (DateTimeException e) {
            throw place.wrong("device or a time zone such as Europe/Berlin, not " + place.text());
        }
    }
}
