package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the watch over installed fixes when its time has come: asks for what the telemetry shows, lets [Soak] judge, and
/// the case resolves, goes back to people, or is watched on. What is due stands in the database, so a restart forgets
/// nothing, and two servers do not judge the same case twice.
final class SoakWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SoakWatch.class);
    private static final int BATCH_MAX = 100;
    private static final int METRICS_MAX = 8;

    private final Database database;
    private final Tickets tickets;
    private final FaultHistory history;

    SoakWatch(Database database, Tickets tickets, FaultHistory history) {
        this.database = database;
        this.tickets = tickets;
        this.history = history;
    }

    /// Judges at most [#BATCH_MAX] cases.
    ///
    /// @return whether there may be more
    boolean runDue() {
        Instant now = tickets.now();
        List<Long> due = database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id FROM service.ticket WHERE soak_until <= :now ORDER BY soak_until LIMIT :limit""")
                .bind("now", now).bind("limit", BATCH_MAX).mapTo(Long.class).list());
        return due.stream().filter(this::judged).count() == BATCH_MAX;
    }

    // One case that cannot be judged now holds up no other; it is asked again at the next look.
    private boolean judged(long id) {
        try {
            database.useTransaction(handle -> judge(handle, id));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The fix of {} cannot be judged now", Ticket.number(id), e);
            return false;
        }
    }

    private void judge(Handle handle, long id) {
        Ticket ticket = TicketStore.lock(handle, id).orElse(null);
        Instant now = tickets.now();
        if (ticket == null || ticket.state() != TicketState.FIX_SCHEDULED) {
            return;
        }
        Fix fix = ticket.fix();
        if (fix == null || fix.soakUntil() == null || now.isBefore(fix.soakUntil())) {
            return;
        }
        FaultHistory.Sighting seen = history.of(ticket.device(), TicketStore.faults(handle, id));
        Soak.Decision decision = Soak.decide(fix, seen, now);
        tickets.apply(handle, ticket, new TicketEvent.Soaked(
                decision instanceof Soak.Passed passed ? passed.with(proof(ticket, passed, now)) : decision),
                Actor.SYSTEM);
    }

    private Proof proof(Ticket ticket, Soak.Passed passed, Instant now) {
        Signal signal = ticket.signal();
        if (signal == null) {
            return new Proof(passed.quietSince(), now, 0, 0, List.of());
        }
        List<String> metrics = signal.metrics().stream().limit(METRICS_MAX).toList();
        DeviceId device = ticket.device();
        Map<String, Numbers> before = history.numbers(device, metrics, signal.raisedAt(),
                passed.quietSince());
        Map<String, Numbers> after = history.numbers(device, metrics, passed.quietSince(), now);
        return new Proof(passed.quietSince(), now, signal.raises(), 0, metrics.stream()
                .map(metric -> new Proof.Measured(metric, before.get(metric), after.get(metric))).toList());
    }
}
