package io.aftercare.service.ticket;

import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.List;

/// Brings cases back into sight when their time has come.
final class SnoozeWatch {
    private static final int BATCH_MAX = 100;

    private final Database database;
    private final Tickets tickets;

    SnoozeWatch(Database database, Tickets tickets) {
        this.database = database;
        this.tickets = tickets;
    }

    /// Wakes at most [#BATCH_MAX] cases.
    ///
    /// @return whether there may be more
    boolean runDue() {
        Instant now = tickets.now();
        List<Long> due = database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT id FROM service.ticket WHERE snoozed_until <= :now ORDER BY snoozed_until LIMIT :limit""")
                .bind("now", now).bind("limit", BATCH_MAX).mapTo(Long.class).list());
        due.forEach(id -> database.useTransaction(handle -> TicketStore.lock(handle, id)
                .filter(ticket -> isDue(ticket, now))
                .ifPresent(ticket -> tickets.apply(handle, ticket,
                        new TicketEvent.Woken("The time has come", "time"), Actor.SYSTEM))));
        return due.size() == BATCH_MAX;
    }

    private static boolean isDue(Ticket ticket, Instant now) {
        Instant until = ticket.handling().snoozedUntil();
        return until != null && !until.isAfter(now);
    }
}
