package io.aftercare.ota.release;

import io.aftercare.fleet.search.Finder;

/// Finds the newest [#LOOKED_THROUGH_MAX] releases by id, product, version and the fault codes that they fix.
public final class ReleaseFinder {
    private static final int LOOKED_THROUGH_MAX = 2000;

    private ReleaseFinder() {}

    public static Finder finder() {
        return Finder.of("release", "listReleases",
                (handle, wanted) -> handle
                        .createQuery(
                                """
                                        SELECT id, product || ' ' || version AS title,
                                            concat_ws(' · ', id, nullif(array_to_string(fixes, ', '), '')) AS sub
                                        FROM (SELECT * FROM ota.release ORDER BY number DESC LIMIT :most) newest
                                        WHERE position(:lower IN lower(concat_ws(' ', id, product, version, array_to_string(fixes, ' ')))) > 0
                                        ORDER BY lower(id) <> :lower, number DESC LIMIT :limit""")
                        .bind("most", LOOKED_THROUGH_MAX)
                        .bind("lower", wanted.lower()).bind("limit", wanted.limit()));
    }
}
