package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.List;

/// Fleet actions by HTTP.
record FleetActionRoutes(FleetActions fleetActions) {
    private record Why(String reason) {
        static String of(Request request) {
            return request.body(Why.class).reason();
        }
    }

    void bind(Operations operations) {
        operations.on("requestFleetAction", this::request)
                .on("previewFleetAction",
                        request -> Response.ok(
                                fleetActions.preview(request.principal(),
                                        request.body(NewFleetAction.class))))
                .on("listFleetActions", this::list)
                .on("getFleetAction", request -> shown(fleetActions.find(request.path("id"))))
                .on("listFleetActionDevices", this::devices)
                .on("approveFleetAction",
                        request -> shown(fleetActions.approve(request.principal(), request.path("id"),
                                request.ifMatchGiven())))
                .on("rejectFleetAction",
                        request -> shown(fleetActions.reject(request.principal(), request.path("id"),
                                request.ifMatchGiven(), Why.of(request))))
                .on("pauseFleetAction",
                        request -> shown(fleetActions.pause(request.principal(), request.path("id"),
                                request.ifMatchGiven(), Why.of(request))))
                .on("resumeFleetAction",
                        request -> shown(fleetActions.resume(request.principal(), request.path("id"),
                                request.ifMatchGiven())))
                .on("advanceFleetAction",
                        request -> shown(fleetActions.advance(request.principal(), request.path("id"),
                                request.ifMatchGiven())))
                .on("abortFleetAction",
                        request -> shown(fleetActions.abort(request.principal(), request.path("id"),
                                request.ifMatchGiven(), Why.of(request))));
    }

    private Response request(Request request) {
        FleetRow made = fleetActions.request(request.principal(), request.body(NewFleetAction.class));
        return Response.created("/api/v1/fleet-actions/" + made.value().id(), view(made))
                .withVersion(made.version());
    }

    private Response shown(FleetRow row) {
        return Response.versioned(view(row), row.version());
    }

    private FleetActionView view(FleetRow row) {
        return FleetActionView.of(row, fleetActions.census(row));
    }

    private Response list(Request request) {
        List<FleetActionView> rows = fleetActions
                .list(request.query("state").orElse(null), request.cursor(), request.limit() + 1).stream()
                .map(row -> FleetActionView.of(row, null)).toList();
        return Response.ok(Page.of(rows, request.limit(), FleetActionView::id));
    }

    private Response devices(Request request) {
        Integer stage = request.queryNumber("stage").map(number -> number - 1).orElse(null);
        List<Turn> rows = fleetActions.turns(request.path("id"), request.query("state").orElse(null), stage,
                request.cursorNumber().orElse(0L), request.limit() + 1);
        Page<Turn> page = Page.of(rows, request.limit(), turn -> Integer.toString(turn.place()));
        return Response.ok(new Page<>(page.items().stream().map(TurnView::of).toList(), page.next()));
    }
}
