package io.aftercare.service.emergency;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The cases that drills made: they count in no figure (R82). Works in the caller's transaction.
public final class DrillCases {
    private DrillCases() {}

    /// Of the cases opened from `from` to before `to`.
    public static Set<Long> of(Handle handle, Instant from, Instant to) {
        return new HashSet<>(handle.createQuery("""
                SELECT d.ticket FROM service.drill_case d JOIN service.ticket t ON t.id = d.ticket
                WHERE t.opened_at >= :from AND t.opened_at < :to""").bind("from", from).bind("to", to)
                .mapTo(Long.class).list());
    }
}
