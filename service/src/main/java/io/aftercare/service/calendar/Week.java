package io.aftercare.service.calendar;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The hours of a week, several stretches a day, as `{"monday": ["09:00-12:00", "13:00-18:00"]}`. A day that is not named has none.
public record Week(Map<DayOfWeek, List<Hours>> days) {
    public Week {
        Map<DayOfWeek, List<Hours>> sorted = new EnumMap<>(DayOfWeek.class);
        days.forEach((day, hours) -> {
            List<Hours> inOrder = hours.stream().sorted().toList();
            for (int i = 1; i < inOrder.size(); i++) {
                if (inOrder.get(i - 1).overlaps(inOrder.get(i))) {
                    throw new IllegalArgumentException(name(day) + ": " + inOrder.get(i - 1).text() + " and "
                            + inOrder.get(i).text() + " overlap");
                }
            }
            if (!inOrder.isEmpty()) {
                sorted.put(day, inOrder);
            }
        });
        days = Collections.unmodifiableMap(sorted);
    }

    @JsonCreator
    static Week of(Map<String, List<Hours>> days) {
        Map<DayOfWeek, List<Hours>> read = new EnumMap<>(DayOfWeek.class);
        days.forEach((name, hours) -> read.put(day(name).orElseThrow(
                () -> new IllegalArgumentException("there is no day " + name + ", but monday to sunday")),
                hours));
        return new Week(read);
    }

    List<Hours> on(DayOfWeek day) {
        return days.getOrDefault(day, List.of());
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    @JsonValue
    Map<String, List<Hours>> named() {
        Map<String, List<Hours>> named = new TreeMap<>();
        days.forEach((day, hours) -> named.put(name(day), hours));
        return named;
    }

    static Optional<DayOfWeek> day(String name) {
        return Arrays.stream(DayOfWeek.values()).filter(day -> name(day).equals(name)).findFirst();
    }

    private static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
