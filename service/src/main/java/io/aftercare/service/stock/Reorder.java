package io.aftercare.service.stock;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// Parts that should be ordered: fewer are ready and unreserved than the reorder point, or than the level set by hand.
///
/// @param order how many bring it back to the greater of the two, 0 where enough are there
record Reorder(String part, String nameZh, String nameEn, String supplier, int available, int safetyStock,
        int computed, int reorderPoint, int order) {
    /// By code, after a code.
    ///
    /// @param all whether to list every active part, also those of which enough are there
    static List<Reorder> list(Handle handle, boolean all, String after, int limit) {
        return handle
                .createQuery(
                        """
                                SELECT * FROM (SELECT p.code, p.name_zh, p.name_en, coalesce(p.supplier, '') AS supplier,
                                        p.safety_stock, coalesce(s.level, 0) AS level, coalesce(s.reorder_point, 0) AS point,
                                        coalesce((SELECT sum(b.quantity) FROM service.stock_balance b
                                            JOIN service.stock_location l ON l.code = b.location AND l.kind <> 'quarantine'
                                            LEFT JOIN service.part_batch x ON x.part = b.part AND x.batch = b.batch
                                            WHERE b.part = p.code AND (x.expires IS NULL OR x.expires >= current_date)), 0)::int
                                        - coalesce((SELECT sum(h.reserved) FROM service.stock_shelf h WHERE h.part = p.code), 0)::int
                                            AS available
                                    FROM service.part p LEFT JOIN service.safety_stock s ON s.part = p.code
                                    WHERE p.state = 'active' AND p.code > :after) t
                                WHERE :all OR available < greatest(safety_stock, point) ORDER BY code LIMIT :limit""")
                .bind("all", all).bind("after", after).bind("limit", limit)
                .map((row, _) -> new Reorder(row.getString("code"), row.getString("name_zh"),
                        row.getString("name_en"), row.getString("supplier"), row.getInt("available"),
                        row.getInt("safety_stock"), row.getInt("level"), row.getInt("point"),
                        Math.max(0, Math.max(row.getInt("safety_stock"), row.getInt("point"))
                                - row.getInt("available"))))
                .list();
    }
}
