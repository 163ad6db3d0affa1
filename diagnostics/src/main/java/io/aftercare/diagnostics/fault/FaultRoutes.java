package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Faults by HTTP.
public final class FaultRoutes {
    private final Faults faults;

    public FaultRoutes(Faults faults) {
        this.faults = faults;
    }

    public void bind(Operations operations) {
        operations.on("listFaults", this::list).on("getFault", this::get);
    }

    private Response list(Request request) {
        Faults.Filter filter = new Faults.Filter(request.query("device").orElse(null),
                request.query("state").orElse(null), request.query("code").orElse(null));
        List<Faults.Summary> rows = faults.list(filter, request.principal(), cursor(request.cursor()),
                request.limit() + 1);
        return Response.ok(Page.of(rows, request.limit(), row -> row.firstSeen() + "~" + row.id()));
    }

    private static Faults.@Nullable Cursor cursor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int tilde = text.indexOf('~');
        try {
            return new Faults.Cursor(Instant.parse(text.substring(0, Math.max(0, tilde))),
                    text.substring(tilde + 1));
        } catch (DateTimeException e) {
            throw Problem.invalid("cursor", "use the next of the page before");
        }
    }

    private Response get(Request request) {
        Faults.Detail detail = faults.find(request.path("id"), request.principal())
                .orElseThrow(() -> Problem.notFound("fault", request.path("id")));
        ObjectNode body = (ObjectNode) Json.tree(detail.summary());
        body.set("explain", detail.explain());
        body.set("events", Json.tree(detail.events()));
        return Response.ok(body);
    }
}
