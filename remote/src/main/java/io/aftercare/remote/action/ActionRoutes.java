package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.List;
import java.util.Map;

/// Remote actions by HTTP.
final class ActionRoutes {
    private final Actions actions;

    ActionRoutes(Actions actions) {
        this.actions = actions;
    }

    void bind(Operations operations) {
        operations.on("requestAction", this::request).on("listActions", this::list).on("getAction", this::get)
                .on("approveAction", this::approve)
                .on("rejectAction", request -> end(request, ActionEvent.REJECT))
                .on("cancelAction", request -> end(request, ActionEvent.CANCEL));
    }

    private Response request(Request request) {
        Action action = actions.request(request.principal(), new DeviceId(request.path("id")),
                request.body(Actions.Wish.class));
        return new Response(202, shown(action), Map.of("Location", "/api/v1/actions/" + action.id()));
    }

    private Response list(Request request) {
        List<ObjectNode> rows = actions
                .list(request.principal(), new DeviceId(request.path("id")), request.cursor(),
                        request.limit() + 1)
                .stream().map(ActionRoutes::shown).toList();
        return Response.ok(Page.of(rows, request.limit(), row -> row.path("id").asText()));
    }

    private Response get(Request request) {
        return Response.ok(shown(actions.find(request.principal(), request.path("id"))));
    }

    private Response approve(Request request) {
        return Response.ok(shown(actions.approve(request.principal(), request.path("id"))));
    }

    private Response end(Request request, ActionEvent how) {
        String reason = request.body(Why.class).reason();
        return Response.ok(shown(actions.end(request.principal(), request.path("id"), how, reason)));
    }

    /// Why something is ended.
    private record Why(String reason) {}

    private static ObjectNode shown(Action action) {
        ObjectNode shown = (ObjectNode) Json.tree(action);
        shown.set("class", shown.remove("actionClass"));
        return shown;
    }
}
