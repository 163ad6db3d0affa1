package io.aftercare.service.sla;

import io.aftercare.service.sla.ClockEvent.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Clocks in the database: a row for each, and its events, which are only ever added. Works in the caller's transaction,
/// which holds the ticket's lock.
public final class ClockStore {
    private ClockStore() {}

    public static void insert(Handle handle, long ticket, Clocks clocks) {
        PreparedBatch rows = handle.prepareBatch(
                """
                        INSERT INTO service.clock (ticket, type, policy, calendar, target_seconds, state, due_at)
                        VALUES (:ticket, :type, :policy, :calendar, :target, :state, :due)""");
        for (ServiceClock clock : clocks.all()) {
            rows.bind("ticket", ticket).bind("type", clock.type().text()).bind("policy", clock.policy())
                    .bind("calendar", clock.calendar().name()).bind("target", clock.target().toSeconds())
                    .bind("state", clock.state().text()).bind("due", clock.due().orElse(null)).add();
        }
        rows.execute();
        for (ServiceClock clock : clocks.all()) {
            add(handle, ticket, clock, 0);
        }
    }

    /// Adds what happened since `before`.
    public static void update(Handle handle, long ticket, Clocks before, Clocks after) {
        for (int i = 0; i < after.all().size(); i++) {
            ServiceClock old = before.all().get(i);
            ServiceClock clock = after.all().get(i);
            if (old.equals(clock)) {
                continue;
            }
            add(handle, ticket, clock, old.events().size());
            handle.createUpdate("""
                    UPDATE service.clock SET state = :state, due_at = :due
                    WHERE ticket = :ticket AND type = :type""").bind("state", clock.state().text())
                    .bind("due", clock.due().orElse(null)).bind("ticket", ticket)
                    .bind("type", clock.type().text()).execute();
        }
    }

    public static Clocks find(Handle handle, long ticket) {
        record Row(ClockType type, String policy, Calendar calendar, Duration target, Beat beat,
                Instant at) {}
        List<Row> rows = handle.createQuery("""
                SELECT type, policy, calendar, target_seconds, beat, at
                FROM service.clock JOIN service.clock_event USING (ticket, type)
                WHERE ticket = :ticket ORDER BY service.clock_event.id""").bind("ticket", ticket)
                .map((row, _) -> new Row(ClockType.parse(row.getString(1)), row.getString(2),
                        Calendar.named(row.getString(3)), Duration.ofSeconds(row.getLong(4)),
                        Beat.parse(row.getString(5)), row.getTimestamp(6).toInstant()))
                .list();
        List<ServiceClock> clocks = new ArrayList<>();
        for (ClockType type : ClockType.values()) {
            List<Row> mine = rows.stream().filter(row -> row.type() == type).toList();
            if (!mine.isEmpty()) {
                Row first = mine.getFirst();
                clocks.add(new ServiceClock(type, first.policy(), first.calendar(), first.target(),
                        mine.stream().map(row -> new ClockEvent(row.beat(), row.at())).toList()));
            }
        }
        return new Clocks(clocks);
    }

    private static void add(Handle handle, long ticket, ServiceClock clock, int from) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO service.clock_event (ticket, type, beat, at)
                VALUES (:ticket, :type, :beat, :at)""");
        for (ClockEvent event : clock.events().subList(from, clock.events().size())) {
            batch.bind("ticket", ticket).bind("type", clock.type().text()).bind("beat", event.beat().text())
                    .bind("at", event.at()).add();
        }
        batch.execute();
    }
}
