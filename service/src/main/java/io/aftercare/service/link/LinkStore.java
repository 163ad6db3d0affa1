package io.aftercare.service.link;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Ties in the database; one that has no direction is kept from the lower id. Works in the caller's transaction.
final class LinkStore {
    /// Nobody reads more at one case.
    private static final int SHOWN_MAX = 100;

    private LinkStore() {}

    /// @param kind as this end reads it
    record End(String kind, long other) {}

    /// @return whether it was not there yet
    static boolean add(Handle handle, long from, long to, LinkKind kind, String by, Instant now) {
        boolean swap = kind == LinkKind.RELATED && from > to;
        return handle.createUpdate("""
                INSERT INTO service.ticket_link (from_ticket, to_ticket, kind, person, at)
                VALUES (:from, :to, :kind, :by, :now) ON CONFLICT DO NOTHING""")
                .bind("from", swap ? to : from).bind("to", swap ? from : to).bind("kind", kind.text())
                .bind("by", by).bind("now", now).execute() == 1;
    }

    /// @return whether it was there
    static boolean remove(Handle handle, long from, long to, LinkKind kind) {
        boolean swap = kind == LinkKind.RELATED && from > to;
        return handle.createUpdate(
                """
                        DELETE FROM service.ticket_link WHERE from_ticket = :from AND to_ticket = :to AND kind = :kind""")
                .bind("from", swap ? to : from).bind("to", swap ? from : to).bind("kind", kind.text())
                .execute() == 1;
    }

    static List<End> of(Handle handle, long ticket) {
        return handle
                .createQuery(
                        """
                                SELECT kind, to_ticket AS other, true AS forth FROM service.ticket_link WHERE from_ticket = :ticket
                                UNION ALL
                                SELECT kind, from_ticket, false FROM service.ticket_link WHERE to_ticket = :ticket
                                ORDER BY other, kind LIMIT :limit""")
                .bind("ticket", ticket).bind("limit", SHOWN_MAX)
                .map((row, _) -> {
                    LinkKind kind = LinkKind.parse(row.getString(1));
                    return new End(row.getBoolean(3) ? kind.text() : kind.reverse(), row.getLong(2));
                }).list();
    }
}
