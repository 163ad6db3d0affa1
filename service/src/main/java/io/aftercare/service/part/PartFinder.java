package io.aftercare.service.part;

import io.aftercare.fleet.search.Finder;

/// Finds parts by code, name and specification.
public final class PartFinder {
    private PartFinder() {}

    public static Finder finder() {
        return Finder.of("part", "listParts",
                (handle, wanted) -> handle
                        .createQuery(
                                """
                                        SELECT p.code AS id, p.code AS title, concat_ws(' · ', p.name_zh, p.name_en) AS sub FROM service.part p
                                        WHERE position(:lower IN lower(p.code || ' ' || p.name_zh || ' ' || p.name_en || ' ' || p.specification)) > 0
                                        ORDER BY lower(p.code) <> :lower, p.code LIMIT :limit""")
                        .bind("lower", wanted.lower())
                        .bind("limit", wanted.limit()));
    }
}
