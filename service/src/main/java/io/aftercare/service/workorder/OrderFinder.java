package io.aftercare.service.workorder;

import io.aftercare.fleet.search.Finder;

/// Finds work orders by number, and the newest [#LOOKED_THROUGH_MAX] by device, task and engineer.
public final class OrderFinder {
    private static final int LOOKED_THROUGH_MAX = 2000;

    private OrderFinder() {}

    public static Finder finder() {
        return Finder.of("work-order", "listWorkOrders",
                (handle, wanted) -> handle
                        .createQuery(
                                """
                                        WITH newest AS (SELECT * FROM service.work_order ORDER BY id DESC LIMIT :most),
                                        looked AS (SELECT * FROM service.work_order WHERE id = :number UNION
                                            SELECT * FROM newest WHERE position(:lower IN lower(device || ' ' || coalesce(job->>'task', '')
                                                || ' ' || coalesce(engineer, ''))) > 0)
                                        SELECT id, 'W-' || lpad(id::text, greatest(6, length(id::text)), '0') AS title,
                                            concat_ws(' · ', device, job->>'task', state) AS sub
                                        FROM looked WHERE NOT :partner OR outlet = :outlet AND outlet <> ''
                                        ORDER BY id <> :number, id DESC LIMIT :limit""")
                        .bind("most", LOOKED_THROUGH_MAX)
                        .bind("number", wanted.number("W")).bind("lower", wanted.lower())
                        .bind("partner", wanted.isPartner()).bind("outlet", wanted.reader().outlet())
                        .bind("limit", wanted.limit()));
    }
}
