package io.aftercare.service.cost;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.period.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The months of the books: open until somebody closes them, which nobody undoes (R50). Works in the caller's transaction.
final class CostPeriods {
    /// Whoever enters holds it shared, who closes a month alone, so that nothing slips into a month that is being closed.
    private static final long LOCK = 0x636f737473L;

    private CostPeriods() {}

    /// A closed month with what it came to.
    record Closed(String period, Instant closedAt, String closedBy, int entries, BigDecimal amount) {}

    /// The month of the books for what was spent at a moment: that of the moment, or the present one where that is closed.
    static String monthFor(Handle handle, Instant at, Instant now, ZoneId zone) {
        handle.createQuery("SELECT pg_advisory_xact_lock_shared(:lock)::text").bind("lock", LOCK)
                .mapTo(String.class).one();
        String month = Period.monthOf(at, zone).text();
        return find(handle, month).isEmpty() ? month : Period.monthOf(now, zone).text();
    }

    static Optional<Closed> find(Handle handle, String period) {
        return handle.createQuery("SELECT * FROM service.cost_period WHERE period = :period")
                .bind("period", period)
                .map((row, _) -> new Closed(row.getString("period"),
                        row.getTimestamp("closed_at").toInstant(),
                        row.getString("closed_by"), row.getInt("entries"), row.getBigDecimal("amount")))
                .findOne();
    }

    static List<Closed> list(Handle handle) {
        return handle.createQuery("SELECT * FROM service.cost_period ORDER BY period DESC LIMIT 240")
                .map((row, _) -> new Closed(row.getString("period"),
                        row.getTimestamp("closed_at").toInstant(),
                        row.getString("closed_by"), row.getInt("entries"), row.getBigDecimal("amount")))
                .list();
    }

    /// Closes a month that is over and has no draft left.
    static Closed close(Handle handle, Period month, String who, Instant now, ZoneId zone) {
        if (month.months() != 1) {
            throw Problem.invalid("period", "months are closed one by one, such as 2026-11");
        }
        if (!month.isOver(now, zone)) {
            throw Problem.conflict("The month " + month.text() + " is not over");
        }
        handle.createQuery("SELECT pg_advisory_xact_lock(:lock)::text").bind("lock", LOCK).mapTo(String.class)
                .one();
        if (find(handle, month.text()).isPresent()) {
            throw Problem.conflict("The month " + month.text() + " is closed already");
        }
        List<String> drafts = handle.createQuery("""
                SELECT id::text FROM service.cost_entry WHERE period = :period AND state = 'draft'
                ORDER BY id LIMIT 20""").bind("period", month.text()).mapTo(String.class).list();
        if (!drafts.isEmpty()) {
            throw Problem.conflict("The vouchers of these costs are not checked yet: "
                    + String.join(", ", drafts));
        }
        handle.createUpdate("""
                INSERT INTO service.cost_period (period, closed_at, closed_by, entries, amount)
                SELECT :period, :now, :who, count(*), coalesce(sum(amount), 0) FROM service.cost_entry
                WHERE period = :period""").bind("period", month.text()).bind("now", now).bind("who", who)
                .execute();
        return find(handle, month.text()).orElseThrow();
    }
}
