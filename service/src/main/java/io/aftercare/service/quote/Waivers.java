package io.aftercare.service.quote;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Cases that are repaired free of charge though they are not covered. Works in the caller's transaction.
final class Waivers {
    private Waivers() {}

    static boolean isWaived(Handle handle, long ticket) {
        return handle.createQuery("SELECT count(*) FROM service.charge_waiver WHERE ticket = :ticket")
                .bind("ticket", ticket).mapTo(Integer.class).one() == 1;
    }

    /// @return whether it was not waived before
    static boolean waive(Handle handle, long ticket, String reason, String actor, Instant now) {
        return handle.createUpdate("""
                INSERT INTO service.charge_waiver (ticket, reason, actor, at)
                VALUES (:ticket, :reason, :actor, :now) ON CONFLICT DO NOTHING""").bind("ticket", ticket)
                .bind("reason", reason).bind("actor", actor).bind("now", now).execute() == 1;
    }
}
