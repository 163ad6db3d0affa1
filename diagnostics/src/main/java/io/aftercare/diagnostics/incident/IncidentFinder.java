package io.aftercare.diagnostics.incident;

import io.aftercare.fleet.search.Finder;

/// Finds the newest [#LOOKED_THROUGH_MAX] incidents by id, title, fault code and what they have in common. A partner looks at its list,
/// for whether its outlet has a part in one takes a query more.
public final class IncidentFinder {
    private static final int LOOKED_THROUGH_MAX = 2000;

    private IncidentFinder() {}

    public static Finder finder() {
        return Finder.of("incident", "listIncidents",
                (handle, wanted) -> handle
                        .createQuery(
                                """
                                        SELECT id, title, concat_ws(' · ', id, code, model, value, state) AS sub
                                        FROM (SELECT * FROM diagnostics.incident ORDER BY number DESC LIMIT :most) newest
                                        WHERE NOT :partner AND position(:lower IN lower(concat_ws(' ', id, title, code, model, value))) > 0
                                        ORDER BY lower(id) <> :lower, number DESC LIMIT :limit""")
                        .bind("most", LOOKED_THROUGH_MAX)
                        .bind("partner", wanted.isPartner()).bind("lower", wanted.lower())
                        .bind("limit", wanted.limit()));
    }
}
