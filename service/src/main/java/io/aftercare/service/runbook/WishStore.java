package io.aftercare.service.runbook;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Cases whose runbook could not begin just then: one row a case, for a day at most. Works in the caller's transaction.
final class WishStore {
    private WishStore() {}

    static void add(Handle handle, long ticket, Instant due, Instant until) {
        handle.createUpdate("""
                INSERT INTO service.runbook_wish (ticket, due_at, until) VALUES (:ticket, :due, :until)
                ON CONFLICT (ticket) DO UPDATE SET due_at = excluded.due_at, until = excluded.until""")
                .bind("ticket", ticket).bind("due", due).bind("until", until).execute();
    }

    static List<Long> due(Handle handle, Instant now, int limit) {
        return handle.createQuery(
                "SELECT ticket FROM service.runbook_wish WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
                .bind("now", now).bind("limit", limit).mapTo(Long.class).list();
    }

    /// Puts the next look off, or forgets the wish where its time is over.
    ///
    /// @return whether its time is over
    static boolean again(Handle handle, long ticket, Instant now, Instant due) {
        int over = handle
                .createUpdate("DELETE FROM service.runbook_wish WHERE ticket = :ticket AND until <= :now")
                .bind("ticket", ticket).bind("now", now).execute();
        handle.createUpdate("UPDATE service.runbook_wish SET due_at = :due WHERE ticket = :ticket")
                .bind("ticket", ticket).bind("due", due).execute();
        return over > 0;
    }

    static void drop(Handle handle, long ticket) {
        handle.createUpdate("DELETE FROM service.runbook_wish WHERE ticket = :ticket").bind("ticket", ticket)
                .execute();
    }
}
