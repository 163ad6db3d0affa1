package io.aftercare.service.part;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Finds parts, by code.
final class PartQuery {
    private PartQuery() {}

    static Page<Part> run(Handle handle, Request request) {
        int limit = request.limit();
        String after = request.cursor();
        List<Part> rows = handle.createQuery("SELECT " + Parts.COLUMNS + """
                 FROM service.part p WHERE p.code > :after
                    AND (:model = '' OR p.models = '{}' OR :model = ANY(p.models))
                    AND (:class = '' OR p.class = :class) AND (:state = '' OR p.state = :state)
                    AND (:supplier = '' OR p.supplier = :supplier)
                    AND (:q = '' OR position(lower(:q) IN lower(p.code || ' ' || p.name_zh || ' ' || p.name_en
                        || ' ' || p.specification)) > 0)
                ORDER BY p.code LIMIT :limit""").bind("after", after == null ? "" : after)
                .bind("model", request.query("model").orElse(""))
                .bind("class", request.query("class").orElse(""))
                .bind("state", request.query("state").orElse(""))
                .bind("supplier", request.query("supplier").orElse(""))
                .bind("q", request.query("q").orElse("")).bind("limit", limit + 1)
                .map((row, _) -> Parts.part(row)).list();
        return Page.of(rows, limit, Part::code);
    }
}
