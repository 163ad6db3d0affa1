package io.aftercare.service.workorder;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Counts of work orders by engineer. Works in the caller's transaction.
final class OrderFigures {
    private OrderFigures() {}

    static Map<String, Integer> load(Handle handle) {
        Map<String, Integer> load = new TreeMap<>();
        handle.createQuery(
                "SELECT engineer, count(*) FROM service.work_order w WHERE engineer IS NOT NULL AND "
                        + OrderStore.OPEN + " GROUP BY engineer")
                .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(entry -> load.put(entry.getKey(), entry.getValue()));
        return load;
    }

    static Set<String> busy(Handle handle) {
        List<String> names = handle.createQuery("""
                SELECT DISTINCT engineer FROM service.work_order
                WHERE engineer IS NOT NULL AND state IN ('en-route', 'on-site', 'repairing', 'testing')""")
                .mapTo(String.class).list();
        return new HashSet<>(names);
    }

    /// What each engineer finished in that time. First-time fix: solved on the first visit, and the case not reopened within 30
    /// days. An order that was called off before anybody arrived is no visit.
    static Map<String, WorkOrders.Figures> finished(Handle handle, Instant from, Instant to) {
        Map<String, WorkOrders.Figures> figures = new TreeMap<>();
        handle.createQuery(
                """
                        SELECT w.engineer, count(*) FILTER (WHERE w.state = 'done'),
                            count(*) FILTER (WHERE w.state = 'failed'),
                            count(*) FILTER (WHERE w.state = 'done' AND NOT EXISTS (
                                    SELECT 1 FROM service.work_order o WHERE o.ticket = w.ticket AND o.id < w.id
                                      AND (o.state <> 'failed' OR o.course ->> 'arrivedAt' IS NOT NULL
                                           OR o.course -> 'repair' IS NOT NULL))
                                AND NOT EXISTS (
                                    SELECT 1 FROM service.timeline t WHERE t.ticket = w.ticket AND t.kind = 'transition'
                                      AND t.data ->> 'to' = 'reopened' AND t.at > w.state_since
                                      AND t.at <= w.state_since + interval '30 days')),
                            coalesce(sum((w.course -> 'repair' ->> 'minutes')::int), 0)
                        FROM service.work_order w
                        WHERE w.engineer IS NOT NULL AND w.state_since >= :from AND w.state_since < :to
                          AND (w.state = 'done' OR w.state = 'failed' AND (w.course ->> 'arrivedAt' IS NOT NULL
                               OR w.course -> 'repair' IS NOT NULL))
                        GROUP BY w.engineer""")
                .bind("from", from).bind("to", to)
                .map((row, _) -> Map.entry(row.getString(1),
                        new WorkOrders.Figures(row.getInt(2), row.getInt(3),
                                row.getInt(4), row.getInt(5))))
                .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
        return figures;
    }

    /// By case; an order that was called off before anybody arrived is no visit.
    static Map<Long, Integer> visits(Handle handle, Instant from, Instant to) {
        Map<Long, Integer> visits = new TreeMap<>();
        handle.createQuery("""
                SELECT w.ticket, count(*) FROM service.work_order w JOIN service.ticket t ON t.id = w.ticket
                WHERE t.opened_at >= :from AND t.opened_at < :to AND (w.state = 'done' OR w.state = 'failed'
                    AND (w.course ->> 'arrivedAt' IS NOT NULL OR w.course -> 'repair' IS NOT NULL))
                GROUP BY w.ticket""").bind("from", from).bind("to", to)
                .map((row, _) -> Map.entry(row.getLong(1), row.getInt(2)))
                .forEach(entry -> visits.put(entry.getKey(), entry.getValue()));
        return visits;
    }
}
