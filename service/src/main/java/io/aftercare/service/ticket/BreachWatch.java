package io.aftercare.service.ticket;

import io.aftercare.fleet.postgres.Database;
import java.util.List;

/// Notes clocks that have run out when nothing else happens to their case.
final class BreachWatch {
    private static final int BATCH_MAX = 100;

    private final Database database;
    private final Tickets tickets;

    BreachWatch(Database database, Tickets tickets) {
        this.database = database;
        this.tickets = tickets;
    }

    /// Notes the breaches of at most [#BATCH_MAX] cases.
    ///
    /// @return whether there may be more
    boolean runDue() {
        List<Long> due = database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT DISTINCT ticket FROM (
                    SELECT ticket FROM service.clock WHERE state = 'running' AND due_at < :now
                    ORDER BY due_at LIMIT :limit) late""")
                .bind("now", tickets.now()).bind("limit", BATCH_MAX).mapTo(Long.class).list());
        due.forEach(id -> database.useTransaction(handle -> tickets.breach(handle, id)));
        return due.size() == BATCH_MAX;
    }
}
