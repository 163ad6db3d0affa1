package io.aftercare.service.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A calendar as people write it.
///
/// @param zone     such as `Asia/Shanghai`
/// @param holidays whose public holidays are kept, as `cn` or `de-by`; none where it is left out
/// @param closed   further days on which nobody works
/// @param workdays days that are worked although they are holidays or fall on a weekend (调休)
/// @param telling  when people may be told of clocks; at any time where it is left out
@JsonInclude(JsonInclude.Include.NON_NULL)
record CalendarDocument(String name, String zone, Week week, @Nullable String holidays,
        @Nullable List<LocalDate> closed, @Nullable List<Workday> workdays, @Nullable Week telling) {
    /// @param like the day of the week whose hours it has, Monday where it is left out
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Workday(LocalDate date, @Nullable String like) {}

    /// The calendar, or a [Problem] 400 that names each field at fault. A calendar without an open hour in its week would never let a
    /// clock come due.
    BusinessCalendar calendar(String asName) {
        List<Problem.FieldError> errors = new ArrayList<>();
        ZoneId zoneId = zone(errors);
        if (week.isEmpty()) {
            errors.add(new Problem.FieldError("week", "a week needs at least one stretch of open time"));
        }
        Map<LocalDate, DayOfWeek> worked = worked(errors);
        Set<LocalDate> shut = Set.copyOf(Optional.ofNullable(closed).orElse(List.of()));
        worked.keySet().stream().filter(shut::contains).sorted().forEach(both -> errors.add(
                new Problem.FieldError("workdays", both + " is also in closed; it can be one of both")));
        Predicate<LocalDate> holiday = holiday(errors);
        if (!errors.isEmpty()) {
            throw Problem.invalid("The calendar cannot be kept as it is", errors);
        }
        return new BusinessCalendar(asName, zoneId, week, worked, shut, holiday);
    }

    private ZoneId zone(List<Problem.FieldError> errors) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            errors.add(new Problem.FieldError("zone",
                    "there is no time zone " + zone + "; name one as Asia/Shanghai or Europe/Berlin ("
                            + e.getMessage() + ")"));
            return ZoneId.of("UTC");
        }
    }

    private Map<LocalDate, DayOfWeek> worked(List<Problem.FieldError> errors) {
        Map<LocalDate, DayOfWeek> worked = new HashMap<>();
        for (Workday one : Optional.ofNullable(workdays).orElse(List.of())) {
            String like = Optional.ofNullable(one.like()).orElse("monday");
            Optional<DayOfWeek> day = Week.day(like);
            if (day.isEmpty() || week.on(day.get()).isEmpty()) {
                errors.add(new Problem.FieldError("workdays",
                        one.date() + " would have the hours of " + like + ", which has none"));
            } else {
                worked.put(one.date(), day.get());
            }
        }
        return worked;
    }

    private Predicate<LocalDate> holiday(List<Problem.FieldError> errors) {
        if (holidays == null) {
            return _ -> false;
        }
        Optional<Holidays> found = Holidays.of(holidays);
        if (found.isEmpty()) {
            errors.add(new Problem.FieldError("holidays", "no holidays are known of " + holidays
                    + "; name a country as cn, or a part of it as de-by"));
            return _ -> false;
        }
        return found.get()::has;
    }
}
