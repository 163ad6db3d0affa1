package io.aftercare.diagnostics.fault;

import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Suppressions and maintenance by HTTP.
public final class SuppressionRoutes {
    private final Suppressions suppressions;
    private final Devices devices;

    private record Maintenance(@Nullable Instant from, Instant until, String reason) {}

    public SuppressionRoutes(Suppressions suppressions, Devices devices) {
        this.suppressions = suppressions;
        this.devices = devices;
    }

    public void bind(Operations operations) {
        operations.on("addSuppression", this::add).on("listSuppressions", this::list)
                .on("endSuppression", this::end).on("startMaintenance", this::startMaintenance)
                .on("listMaintenance", this::listMaintenance).on("endMaintenance", this::endMaintenance);
    }

    private Response add(Request request) {
        Suppressions.Suppression made = suppressions.add(request.principal(), "suppression",
                request.body(Suppressions.Wish.class));
        return Response.created("/api/v1/suppressions/" + made.id(), made);
    }

    private Response list(Request request) {
        return page(request, suppressions.list(request.query("kind").orElse(null),
                request.query("state").orElse(null), request.query("device").orElse(null),
                request.limit() + 1,
                request.cursor()));
    }

    private Response end(Request request) {
        if (!suppressions.end(request.principal(), request.path("id"))) {
            throw Problem.notFound("suppression", request.path("id"));
        }
        return Response.noContent();
    }

    private Response startMaintenance(Request request) {
        Maintenance wish = request.body(Maintenance.class);
        String device = device(request);
        Suppressions.Suppression made = suppressions.add(request.principal(), "maintenance",
                new Suppressions.Wish(List.of(device), null, null, null, null, wish.from(), wish.until(),
                        wish.reason()));
        return Response.created("/api/v1/devices/" + device + "/maintenance", made);
    }

    private Response listMaintenance(Request request) {
        return page(request, suppressions.list("maintenance", request.query("state").orElse(null),
                device(request), request.limit() + 1, request.cursor()));
    }

    private Response endMaintenance(Request request) {
        if (suppressions.endMaintenance(request.principal(), device(request)) == 0) {
            throw Problem.notFound("maintenance of device", request.path("id"));
        }
        return Response.noContent();
    }

    private static Response page(Request request, List<Suppressions.Suppression> rows) {
        return Response.ok(Page.of(rows, request.limit(), Suppressions.Suppression::id));
    }

    private String device(Request request) {
        return devices.visible(request.path("id"), request.principal()).id().value();
    }
}
