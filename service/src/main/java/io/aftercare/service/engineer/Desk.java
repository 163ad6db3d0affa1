package io.aftercare.service.engineer;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.service.DeskGround;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What all routes of this room do alike.
record Desk(DeskGround ground) {
    LocalDate today() {
        return ground.now().atZone(ZoneOffset.UTC).toLocalDate();
    }

    void audit(Handle handle, Request request, String action, String object, Object detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, object, Json.tree(detail),
                request.address()));
    }

    /// A list that is shown whole.
    static Map<String, List<?>> items(List<?> items) {
        return Map.of("items", items);
    }

    static void requireVersion(Request request, String kind, String id, int current) {
        if (request.ifMatch() != current) {
            throw Problem.staleVersion(kind, id, current);
        }
    }

    /// As [#requireVersion], where `If-Match` may be left out.
    static void requireVersionGiven(Request request, String kind, String id, int current) {
        Optional<Integer> given = request.ifMatchGiven();
        if (given.isPresent() && given.get() != current) {
            throw Problem.staleVersion(kind, id, current);
        }
    }

    static long number(Request request, String kind) {
        String id = request.path("id").replaceFirst("^(?:CE|ce)-", "");
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Problem.notFound(kind, request.path("id"));
        }
    }

    static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(field, "a day such as 2026-11-02 is needed");
        }
    }
}
