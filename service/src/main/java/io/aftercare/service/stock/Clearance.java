package io.aftercare.service.stock;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Stock that is to be cleared (R45): expired, obsolete, or damaged and set aside. It leaves by a movement: scrap, or return to
/// the supplier.
///
/// @param why `expired`, `obsolete` or `damaged`
record Clearance(String part, String location, String batch, int quantity, String why,
        @Nullable LocalDate expires) {
    static List<Clearance> list(Handle handle, LocalDate today, int limit) {
        return handle.createQuery("""
                SELECT b.part, b.location, b.batch, b.quantity, x.expires,
                    CASE WHEN x.expires < :today THEN 'expired' WHEN l.kind = 'quarantine' THEN 'damaged'
                        ELSE 'obsolete' END AS why
                FROM service.stock_balance b JOIN service.part p ON p.code = b.part
                JOIN service.stock_location l ON l.code = b.location
                LEFT JOIN service.part_batch x ON x.part = b.part AND x.batch = b.batch
                WHERE b.quantity > 0 AND (p.state = 'obsolete' OR x.expires < :today OR l.kind = 'quarantine')
                ORDER BY b.part, b.location, b.batch LIMIT :limit""").bind("today", today)
                .bind("limit", limit)
                .map((row, _) -> new Clearance(row.getString(1), row.getString(2), row.getString(3),
                        row.getInt(4), row.getString(6), row.getObject(5, LocalDate.class)))
                .list();
    }
}
