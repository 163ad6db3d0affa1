package io.aftercare.service.sla;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.calendar.Calendars;
import io.aftercare.service.sla.ClockEvent.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Clocks in the database: a row for each, and its events, which are only ever added. Works in the caller's transaction,
/// which holds the ticket's lock. The rounds of a type (the second visit, the second return) are numbered in the order of their start.
public final class ClockStore {
    private static final TypeReference<List<EscalationStep>> STEPS = new TypeReference<>() {
    };

    private ClockStore() {}

    public static void insert(Handle handle, long ticket, Clocks clocks) {
        update(handle, ticket, new Clocks(List.of()), clocks);
    }

    /// Adds what happened since `before`, new clocks included.
    public static void update(Handle handle, long ticket, Clocks before, Clocks after) {
        for (int i = 0; i < after.all().size(); i++) {
            ServiceClock clock = after.all().get(i);
            int round = round(after.all(), i);
            if (i >= before.all().size()) {
                insert(handle, ticket, round, clock);
                add(handle, ticket, round, clock, 0);
            } else if (!before.all().get(i).equals(clock)) {
                add(handle, ticket, round, clock, before.all().get(i).events().size());
                write(handle, ticket, round, clock);
            }
        }
    }

    /// The clocks of a case in the order in which they were added.
    public static Clocks find(Handle handle, long ticket) {
        record Row(int position, ClockType type, Terms terms, Beat beat, Instant at) {}
        List<Row> rows = handle.createQuery(
                """
                        SELECT position, type, policy, calendar, target_seconds, steps, office, beat, at
                        FROM service.clock JOIN service.clock_event USING (ticket, type, round)
                        WHERE ticket = :ticket ORDER BY position, service.clock_event.id""")
                .bind("ticket", ticket)
                .map((row, _) -> new Row(row.getInt("position"), ClockType.parse(row.getString("type")),
                        new Terms(row.getString("policy"),
                                Calendars.named(handle, row.getString("calendar")),
                                Duration.ofSeconds(row.getLong("target_seconds")),
                                Json.read(row.getString("steps"), STEPS), row.getString("office")),
                        Beat.parse(row.getString("beat")), row.getTimestamp("at").toInstant()))
                .list();
        List<ServiceClock> clocks = new ArrayList<>();
        for (int from = 0; from < rows.size();) {
            Row first = rows.get(from);
            List<Row> mine = rows.subList(from, rows.size()).stream()
                    .takeWhile(row -> row.position() == first.position()).toList();
            clocks.add(new ServiceClock(first.type(), first.terms(),
                    mine.stream().map(row -> new ClockEvent(row.beat(), row.at())).toList()));
            from += mine.size();
        }
        return new Clocks(clocks);
    }

    /// Shows on the case which clock is due first.
    public static void show(Handle handle, long ticket, Clocks clocks) {
        Optional<Clocks.Next> next = clocks.next();
        handle.createUpdate("""
                UPDATE service.ticket SET next_clock = :clock, next_due = :due, next_state = :state
                WHERE id = :id""").bind("id", ticket)
                .bind("clock", next.map(clock -> clock.type().text()).orElse(null))
                .bind("due", next.map(Clocks.Next::due).orElse(null))
                .bind("state", next.map(clock -> clock.state().text()).orElse(null)).execute();
    }

    /// When a step of its escalation comes next, told or not; empty where none does while it stands as it is.
    static Optional<Instant> look(ServiceClock clock) {
        return clock.terms().steps().stream().flatMap(step -> clock.reaches(step.percent()).stream())
                .min(Comparator.naturalOrder());
    }

    static int round(List<ServiceClock> clocks, int index) {
        ClockType type = clocks.get(index).type();
        return (int) clocks.subList(0, index + 1).stream().filter(clock -> clock.type() == type).count();
    }

    private static void insert(Handle handle, long ticket, int round, ServiceClock clock) {
        handle.createUpdate(
                """
                        INSERT INTO service.clock (ticket, type, round, policy, calendar, target_seconds, steps, office, state,
                            due_at, look_at)
                        VALUES (:ticket, :type, :round, :policy, :calendar, :target, :steps::jsonb, :office, :state, :due, :look)""")
                .bind("ticket", ticket).bind("type", clock.type().text()).bind("round", round)
                .bind("policy", clock.policy()).bind("calendar", clock.calendar().name())
                .bind("target", clock.target().toSeconds())
                .bind("steps", Json.text(clock.terms().steps())).bind("office", clock.terms().office())
                .bind("state", clock.state().text()).bind("due", clock.due().orElse(null))
                .bind("look", look(clock).orElse(null)).execute();
    }

    private static void write(Handle handle, long ticket, int round, ServiceClock clock) {
        handle.createUpdate(
                """
                        UPDATE service.clock SET policy = :policy, calendar = :calendar, target_seconds = :target,
                            steps = :steps::jsonb, office = :office, state = :state, due_at = :due, look_at = :look
                        WHERE ticket = :ticket AND type = :type AND round = :round""")
                .bind("ticket", ticket).bind("type", clock.type().text()).bind("round", round)
                .bind("policy", clock.policy()).bind("calendar", clock.calendar().name())
                .bind("target", clock.target().toSeconds())
                .bind("steps", Json.text(clock.terms().steps())).bind("office", clock.terms().office())
                .bind("state", clock.state().text()).bind("due", clock.due().orElse(null))
                .bind("look", look(clock).orElse(null)).execute();
    }

    private static void add(Handle handle, long ticket, int round, ServiceClock clock, int from) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO service.clock_event (ticket, type, round, beat, at)
                VALUES (:ticket, :type, :round, :beat, :at)""");
        for (ClockEvent event : clock.events().subList(from, clock.events().size())) {
            batch.bind("ticket", ticket).bind("type", clock.type().text()).bind("round", round)
                    .bind("beat", event.beat().text()).bind("at", event.at()).add();
        }
        batch.execute();
    }
}
