package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remote actions by HTTP.
final class ActionRoutes {
    private final Actions actions;

    ActionRoutes(Actions actions) {
        this.actions = actions;
    }

    void bind(Operations operations) {
        operations.on("requestAction", this::request).on("listActions", this::list).on("getAction", this::get)
                .on("availableActions", this::available).on("approveAction", this::approve)
                .on("rejectAction", this::reject).on("cancelAction", this::cancel);
    }

    private Response request(Request request) {
        Action action = actions.request(request.principal(), new DeviceId(request.path("id")),
                request.body(Wish.class).keyed(key(request)));
        return new Response(202, shown(action), Map.of("Location", "/api/v1/actions/" + action.id()));
    }

    // Where the backend dies before the answer is noted, a request that comes again finds its action by this.
    private static @Nullable String key(Request request) {
        return request.header("Idempotency-Key")
                .map(key -> Wish.BY_HTTP
                        + Sha256.hex(request.principal().name() + "\n" + request.path("id") + "\n" + key))
                .orElse(null);
    }

    private Response list(Request request) {
        List<ObjectNode> rows = actions
                .list(request.principal(), new DeviceId(request.path("id")), request.cursor(),
                        request.limit() + 1)
                .stream().map(ActionRoutes::shown).toList();
        return Response.ok(Page.of(rows, request.limit(), row -> row.path("id").asText()));
    }

    private Response available(Request request) {
        List<ObjectNode> rows = actions
                .available(request.principal(), new DeviceId(request.path("id")),
                        request.query("ticket").orElse(null))
                .stream().map(ActionRoutes::shown).toList();
        return Response.ok(new Page<>(rows, null));
    }

    private Response get(Request request) {
        return Response.ok(shown(actions.find(request.principal(), request.path("id"))));
    }

    private Response approve(Request request) {
        return Response.ok(shown(actions.approve(request.principal(), request.path("id"))));
    }

    private Response reject(Request request) {
        return Response
                .ok(shown(actions.reject(request.principal(), request.path("id"), Why.of(request))));
    }

    private Response cancel(Request request) {
        return Response
                .ok(shown(actions.cancel(request.principal(), request.path("id"), Why.of(request))));
    }

    /// Why something is ended.
    private record Why(String reason) {
        static String of(Request request) {
            return request.body(Why.class).reason();
        }
    }

    private static ObjectNode shown(Record row) {
        ObjectNode shown = (ObjectNode) Json.tree(row);
        shown.set("class", shown.remove("actionClass"));
        shown.remove("key");
        return shown;
    }
}
