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
    private final Suppressions suppressions;
    private final Acknowledgements acknowledgements;

    private record Acknowledgement(String note) {}

    private record Suppression(Instant until, String reason) {}

    FaultRoutes(Faults faults, Suppressions suppressions, Acknowledgements acknowledgements) {
        this.faults = faults;
        this.suppressions = suppressions;
        this.acknowledgements = acknowledgements;
    }

    public void bind(Operations operations) {
        operations.on("listFaults", this::list).on("getFault", this::get)
                .on("acknowledgeFault", this::acknowledge).on("suppressFault", this::suppress);
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

    private Response acknowledge(Request request) {
        String id = visible(request);
        String note = request.body().length == 0 ? "" : request.body(Acknowledgement.class).note();
        if (!acknowledgements.acknowledge(request.principal(), id, note)) {
            throw Problem.conflict("The fault " + id + " is over; there is nothing to acknowledge");
        }
        return get(request);
    }

    private Response suppress(Request request) {
        String id = visible(request);
        Suppression wish = request.body(Suppression.class);
        if (suppressions.suppress(request.principal(), id, wish.until(), wish.reason()).isEmpty()) {
            throw Problem.conflict(
                    "The fault " + id + " is over; suppress what may come at POST /api/v1/suppressions");
        }
        return get(request);
    }

    private String visible(Request request) {
        String id = request.path("id");
        return faults.find(id, request.principal()).map(found -> found.summary().id())
                .orElseThrow(() -> Problem.notFound("fault", id));
    }

    private Response get(Request request) {
        Faults.Detail detail = faults.find(request.path("id"), request.principal())
                .orElseThrow(() -> Problem.notFound("fault", request.path("id")));
        ObjectNode body = (ObjectNode) Json.tree(detail.summary());
        body.put("ruleParked", detail.ruleParked());
        body.set("explain", detail.explain());
        body.set("events", Json.tree(detail.events()));
        body.set("notes", Json.tree(detail.notes()));
        return Response.ok(body);
    }
}
