package io.aftercare.service.ticket;

import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What people found to be behind cases, kept so that rules can be measured by it. A person who solves a case names the cause by
/// the code of a fault; where none is named, a proactive case confirms its own fault. A person who cancels a proactive case, or
/// names another cause, refutes it. Thread-safe; blocks.
public final class Causes {
    private final Database database;

    public Causes(Database database) {
        this.database = database;
    }

    /// A case about which people have decided.
    ///
    /// @param confirmed false where the fault was told and was none
    public record Finding(String ticket, String device, boolean confirmed, Instant openedAt,
            Instant solvedAt) {}

    /// The cases opened in a span of time that people confirmed, or refuted, as this fault; the earliest first.
    ///
    /// @param to exclusive
    public List<Finding> of(String code, Instant from, Instant to, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT ticket, device, confirmed, opened_at, solved_at FROM service.cause
                        WHERE code = :code AND opened_at >= :from AND opened_at < :to ORDER BY opened_at, ticket LIMIT :limit""")
                .bind("code", code).bind("from", from).bind("to", to).bind("limit", limit)
                .map((row, _) -> new Finding(Ticket.number(row.getLong(1)), row.getString(2),
                        row.getBoolean(3),
                        row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant()))
                .list());
    }

    /// Notes what a person's move says of the cause, in the transaction of the move.
    static void note(Handle handle, Ticket after, TicketEvent event, Actor actor, Instant now) {
        if (!(event instanceof TicketEvent.Transition move) || !actor.isPerson()) {
            return;
        }
        Signal signal = after.signal();
        boolean isSolved = move.to().isSolved();
        String cause = move.cause();
        if (isSolved && cause != null) {
            put(handle, after, cause, true, actor, now);
        } else if (isSolved && signal != null && isUndecided(handle, after)) {
            put(handle, after, signal.code(), true, actor, now);
        }
        boolean isRefuted = move.to() == TicketState.CANCELLED || isSolved && cause != null;
        if (signal != null && isRefuted && !signal.code().equals(cause)) {
            put(handle, after, signal.code(), false, actor, now);
        }
    }

    private static boolean isUndecided(Handle handle, Ticket ticket) {
        return handle.createQuery("SELECT count(*) = 0 FROM service.cause WHERE ticket = :ticket")
                .bind("ticket", ticket.id()).mapTo(Boolean.class).one();
    }

    private static void put(Handle handle, Ticket ticket, String code, boolean confirmed, Actor actor,
            Instant now) {
        handle.createUpdate(
                """
                        INSERT INTO service.cause (ticket, code, confirmed, device, opened_at, solved_at, person)
                        VALUES (:ticket, :code, :confirmed, :device, :opened, :now, :person)
                        ON CONFLICT (ticket, code) DO UPDATE SET confirmed = excluded.confirmed, solved_at = excluded.solved_at,
                            person = excluded.person""")
                .bind("ticket", ticket.id()).bind("code", code).bind("confirmed", confirmed)
                .bind("device", ticket.report().serial()).bind("opened", ticket.report().openedAt())
                .bind("now", now).bind("person", actor.name()).execute();
    }
}
