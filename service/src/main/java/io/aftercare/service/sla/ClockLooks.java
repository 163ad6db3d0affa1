package io.aftercare.service.sla;

import io.aftercare.service.calendar.Calendar;
import io.aftercare.service.calendar.Calendars;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Which steps of escalation have come, and who was told. Works in the caller's transaction, which holds the ticket's lock.
public final class ClockLooks {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private ClockLooks() {}

    /// A step that has come and was not told yet.
    ///
    /// @param round which clock of its type, from 1
    /// @param at    when the share of its time was used
    /// @param due   when the whole of it is
    public record Reached(ClockType type, int round, EscalationStep step, Instant at, Instant due) {}

    private record Told(String type, int round, int percent, String to) {}

    /// Cases with a clock to look at now.
    public static List<Long> due(Handle handle, Instant now, int limit) {
        return handle.createQuery(
                """
                        SELECT DISTINCT ticket FROM (
                            SELECT ticket FROM service.clock WHERE look_at <= :now ORDER BY look_at LIMIT :limit) due""")
                .bind("now", now).bind("limit", limit).mapTo(Long.class).list();
    }

    /// Marks as told, and returns, the steps of a case that have come; sets when to look next. What comes outside of the hours in which
    /// people are told waits for them.
    public static List<Reached> take(Handle handle, long ticket, Instant now) {
        Set<Told> told = told(handle, ticket);
        List<ServiceClock> clocks = ClockStore.find(handle, ticket).all();
        return IntStream.range(0, clocks.size()).boxed().flatMap(index -> {
            ServiceClock clock = clocks.get(index);
            int round = ClockStore.round(clocks, index);
            List<Reached> reached = untold(clock, round, told).stream()
                    .filter(step -> !step.at().isAfter(now)).toList();
            Instant opening = reached.isEmpty() ? now : opening(handle, clock, now);
            if (opening.isAfter(now)) {
                look(handle, ticket, clock, round, opening);
                return Stream.<Reached>of();
            }
            reached.forEach(step -> add(handle, ticket, step, now));
            look(handle, ticket, clock, round, untold(clock, round, told).stream().map(Reached::at)
                    .filter(at -> at.isAfter(now)).min(Comparator.naturalOrder()).orElse(null));
            return reached.stream();
        }).toList();
    }

    private static List<Reached> untold(ServiceClock clock, int round, Set<Told> told) {
        Optional<Instant> due = clock.due();
        return due.isEmpty()
                ? List.of()
                : clock.terms().steps().stream()
                        .filter(step -> !told.contains(new Told(clock.type().text(), round, step.percent(),
                                step.to().text())))
                        .map(step -> new Reached(clock.type(), round, step,
                                clock.reaches(step.percent()).orElseThrow(), due.get()))
                        .toList();
    }

    private static Instant opening(Handle handle, ServiceClock clock, Instant now) {
        Calendar telling = Calendars.telling(handle, clock.terms().office());
        return telling.plus(now, MOMENT).minus(MOMENT);
    }

    private static Set<Told> told(Handle handle, long ticket) {
        return new HashSet<>(handle
                .createQuery(
                        "SELECT type, round, percent, addressee FROM service.clock_told WHERE ticket = :ticket")
                .bind("ticket", ticket)
                .map((row, _) -> new Told(row.getString(1), row.getInt(2), row.getInt(3),
                        row.getString(4)))
                .list());
    }

    private static void add(Handle handle, long ticket, Reached step, Instant now) {
        handle.createUpdate("""
                INSERT INTO service.clock_told (ticket, type, round, percent, addressee, reached_at, told_at)
                VALUES (:ticket, :type, :round, :percent, :to, :at, :now)""").bind("ticket", ticket)
                .bind("type", step.type().text()).bind("round", step.round())
                .bind("percent", step.step().percent()).bind("to", step.step().to().text())
                .bind("at", step.at()).bind("now", now).execute();
    }

    private static void look(Handle handle, long ticket, ServiceClock clock, int round,
            @Nullable Instant at) {
        handle.createUpdate(
                """
                        UPDATE service.clock SET look_at = :at WHERE ticket = :ticket AND type = :type AND round = :round""")
                .bind("at", at).bind("ticket", ticket).bind("type", clock.type().text())
                .bind("round", round).execute();
    }
}
