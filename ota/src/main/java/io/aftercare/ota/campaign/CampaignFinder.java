package io.aftercare.ota.campaign;

import io.aftercare.fleet.search.Finder;

/// Finds the newest [#LOOKED_THROUGH_MAX] campaigns by id and name.
public final class CampaignFinder {
    private static final int LOOKED_THROUGH_MAX = 2000;

    private CampaignFinder() {}

    public static Finder finder() {
        return Finder.of("campaign", "listCampaigns",
                (handle, wanted) -> handle
                        .createQuery(
                                """
                                        SELECT id, name AS title, concat_ws(' · ', id, state) AS sub
                                        FROM (SELECT id, number, name, state FROM ota.campaign ORDER BY number DESC LIMIT :most) newest
                                        WHERE position(:lower IN lower(id || ' ' || name)) > 0
                                        ORDER BY lower(id) <> :lower, number DESC LIMIT :limit""")
                        .bind("most", LOOKED_THROUGH_MAX)
                        .bind("lower", wanted.lower()).bind("limit", wanted.limit()));
    }
}
