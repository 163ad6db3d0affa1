package io.aftercare.service.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Computed levels in the database. Works in the caller's transaction.
final class SafetyStocks {
    private SafetyStocks() {}

    static Optional<SafetyStock> find(Handle handle, String part) {
        return handle.createQuery("SELECT * FROM service.safety_stock WHERE part = :part").bind("part", part)
                .map((row, _) -> level(row)).findOne();
    }

    /// Computes the levels of all active parts anew, unless that was done on this day.
    ///
    /// @param today the first moment of the day in UTC
    /// @return how many were computed
    static int recompute(Handle handle, Instant today, Instant now) {
        boolean claimed = handle.createUpdate("""
                INSERT INTO service.safety_stock_run (day, at) VALUES (:day, :now) ON CONFLICT DO NOTHING""")
                .bind("day", today).bind("now", now).execute() == 1;
        if (!claimed) {
            return 0;
        }
        List<Source> parts = handle
                .createQuery(
                        """
                                SELECT p.code, coalesce(s.lead_days, 14) AS lead, coalesce(s.lead_deviation, 0) AS deviation,
                                    greatest(1, least(:weeks, ceil(extract(epoch FROM :day::timestamptz - p.created_at) / 604800.0)))::int AS weeks
                                FROM service.part p LEFT JOIN service.supplier s ON s.id = p.supplier
                                WHERE p.state = 'active' ORDER BY p.code""")
                .bind("weeks", SafetyStock.WEEKS).bind("day", today)
                .map((row, _) -> new Source(row.getString(1), row.getDouble(2), row.getDouble(3),
                        row.getInt(4)))
                .list();
        for (Source source : parts) {
            SafetyStock level = SafetyStock.of(demand(handle, source, today), source.lead(),
                    source.deviation(),
                    now);
            write(handle, source.part(), level);
        }
        return parts.size();
    }

    private record Source(String part, double lead, double deviation, int weeks) {}

    // Sales and repairs, less what was taken back.
    private static List<Integer> demand(Handle handle, Source source, Instant today) {
        return handle
                .createQuery(
                        """
                                SELECT coalesce((SELECT sum(m.quantity) FROM service.stock_movement m
                                    WHERE m.part = :part AND m.reason IN ('fit', 'sale')
                                        AND m.at >= :day::timestamptz - (w + 1) * interval '7 days' AND m.at < :day::timestamptz - w * interval '7 days'
                                        AND NOT EXISTS (SELECT 1 FROM service.stock_movement r WHERE r.reverses = m.id)), 0)::int
                                FROM generate_series(0, :weeks - 1) w ORDER BY w""")
                .bind("part", source.part()).bind("day", today)
                .bind("weeks", source.weeks()).mapTo(Integer.class).list();
    }

    private static void write(Handle handle, String part, SafetyStock level) {
        handle.createUpdate(
                """
                        INSERT INTO service.safety_stock (part, weeks, mean, deviation, lead_days, service_level, level,
                            reorder_point, computed_at)
                        VALUES (:part, :weeks, :mean, :deviation, :lead, :service, :level, :reorder, :at)
                        ON CONFLICT (part) DO UPDATE SET weeks = excluded.weeks, mean = excluded.mean,
                            deviation = excluded.deviation, lead_days = excluded.lead_days,
                            service_level = excluded.service_level, level = excluded.level,
                            reorder_point = excluded.reorder_point, computed_at = excluded.computed_at""")
                .bind("part", part).bind("weeks", level.weeks()).bind("mean", level.mean())
                .bind("deviation", level.deviation()).bind("lead", level.leadDays())
                .bind("service", level.serviceLevel()).bind("level", level.safetyStock())
                .bind("reorder", level.reorderPoint()).bind("at", level.computedAt()).execute();
    }

    static SafetyStock level(ResultSet row) throws SQLException {
        return new SafetyStock(row.getInt("weeks"), row.getDouble("mean"), row.getDouble("deviation"),
                row.getDouble("lead_days"), row.getDouble("service_level"), row.getInt("level"),
                row.getInt("reorder_point"), row.getTimestamp("computed_at").toInstant());
    }
}
