package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a year of drills still needs: at least one full drill in each quarter, and an evaluation of the year (R82). Pure; by UTC.
///
/// @param evaluation of the year
@JsonInclude(JsonInclude.Include.ALWAYS)
record DrillYear(int year, List<Quarter> quarters, Duty evaluation, @Nullable String text) {
    private static final int MONTHS = 3;
    private static final int QUARTERS = 4;
    /// So long before its end a duty is brought to mind.
    private static final int REMINDER_DAYS = 30;

    enum Duty {
        /// Nothing is there, and there is time.
        OPEN,
        /// It stands in the plan.
        PLANNED,
        DONE,
        /// The time is over.
        OVERDUE;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }
    }

    /// @param until  the last day
    /// @param drills the full drills of the quarter
    record Quarter(int number, LocalDate until, Duty duty, List<Long> drills) {}

    /// A duty whose time is nearly over.
    ///
    /// @param what such as `2026-Q4`
    record Reminder(String what, LocalDate until) {}

    /// @param full  the full drills that were run, or are planned, in the year
    /// @param text  the evaluation of the year, null while there is none
    static DrillYear of(int year, List<Drill> full, @Nullable String text, LocalDate today) {
        List<Quarter> quarters = IntStream.rangeClosed(1, QUARTERS)
                .mapToObj(number -> quarter(year, number, full, today)).toList();
        LocalDate until = evaluationUntil(year);
        Duty evaluation = text != null ? Duty.DONE : today.isAfter(until) ? Duty.OVERDUE : Duty.OPEN;
        return new DrillYear(year, quarters, evaluation, text);
    }

    /// What should be brought to mind today.
    List<Reminder> reminders(LocalDate today) {
        Stream<Reminder> drills = quarters.stream()
                .filter(quarter -> quarter.duty() == Duty.OPEN && near(quarter.until(), today))
                .map(quarter -> new Reminder(year + "-Q" + quarter.number(), quarter.until()));
        Stream<Reminder> whole = evaluation == Duty.OPEN && near(evaluationUntil(year), today)
                ? Stream.of(new Reminder(year + "-evaluation", evaluationUntil(year)))
                : Stream.of();
        return Stream.concat(drills, whole).toList();
    }

    private static Quarter quarter(int year, int number, List<Drill> full, LocalDate today) {
        LocalDate from = LocalDate.of(year, (number - 1) * MONTHS + 1, 1);
        LocalDate until = from.plusMonths(MONTHS).minusDays(1);
        List<Drill> mine = full.stream().filter(drill -> {
            LocalDate day = LocalDate.ofInstant(time(drill), ZoneOffset.UTC);
            return !day.isBefore(from) && !day.isAfter(until);
        }).toList();
        boolean done = mine.stream().anyMatch(drill -> drill.ranAt() != null);
        Duty duty = done
                ? Duty.DONE
                : today.isAfter(until) ? Duty.OVERDUE : mine.isEmpty() ? Duty.OPEN : Duty.PLANNED;
        return new Quarter(number, until, duty, mine.stream().map(Drill::id).toList());
    }

    private static Instant time(Drill drill) {
        return Optional.ofNullable(drill.ranAt()).orElse(drill.scheduledAt());
    }

    private static LocalDate evaluationUntil(int year) {
        return LocalDate.of(year + 1, 1, 31);
    }

    private static boolean near(LocalDate until, LocalDate today) {
        return !today.isAfter(until) && !today.isBefore(until.minusDays(REMINDER_DAYS));
    }
}
