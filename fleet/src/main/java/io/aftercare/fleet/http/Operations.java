package io.aftercare.fleet.http;

import io.aftercare.fleet.people.Principal;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What each operation of the OpenAPI document does. Features bind their operations by `operationId` before the router is
/// made; an operation that nobody binds, or a binding that the document does not know, stops the start.
public final class Operations {
    static final long BODY_BYTES_MAX = 1 << 20;

    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<String, BodyEndpoint> bodies = new HashMap<>();
    private final Map<String, StreamEndpoint> streams = new HashMap<>();

    /// Binds an operation whose body is small JSON.
    public Operations on(String operationId, Endpoint endpoint) {
        bind(endpoints, operationId, endpoint);
        return this;
    }

    /// Binds an operation that reads a long body as an [java.io.InputStream] on a virtual thread.
    public Operations onBody(String operationId, BodyEndpoint endpoint) {
        bind(bodies, operationId, endpoint);
        return this;
    }

    /// Binds an operation that streams; its roles are checked, its body is its own affair.
    public Operations onStream(String operationId, StreamEndpoint endpoint) {
        bind(streams, operationId, endpoint);
        return this;
    }

    private <T> void bind(Map<String, T> map, String operationId, T endpoint) {
        if (bound().contains(operationId)) {
            throw new IllegalStateException("Operation " + operationId + " is bound twice");
        }
        map.put(operationId, endpoint);
    }

    private Set<String> bound() {
        Set<String> all = streamed();
        all.addAll(endpoints.keySet());
        return all;
    }

    /// The operations whose body is not held in memory.
    Set<String> streamed() {
        Set<String> all = new HashSet<>(streams.keySet());
        all.addAll(bodies.keySet());
        return all;
    }

    /// The router that enforces the document: who may, then whether the request fits, then the endpoint.
    Router router(Vertx vertx, OpenAPIContract contract, Gate gate) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract);
        Set<String> missing = new TreeSet<>();
        Set<String> unknown = new TreeSet<>(bound());
        for (OpenAPIRoute route : builder.getRoutes()) {
            String id = route.getOperation().getOperationId();
            unknown.remove(id);
            route.setDoValidation(false).setDoSecurity(false);
            if (!attach(route, id, Access.of(route.getOperation().getOpenAPIModel()), gate)) {
                missing.add(id);
            }
        }
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalStateException("Operations without an endpoint: " + missing
                    + "; endpoints that the OpenAPI document does not know: " + unknown);
        }
        return builder.createRouter();
    }

    private boolean attach(OpenAPIRoute route, String id, Access access, Gate gate) {
        Endpoint endpoint = endpoints.get(id);
        BodyEndpoint body = bodies.get(id);
        StreamEndpoint stream = streams.get(id);
        // Of this type, because Vert.x wants the handlers of a route in the order policy, body, others.
        SecurityPolicyHandler door = context -> gate.admit(context, access);
        route.addHandler(door);
        if (endpoint != null) {
            route.addHandler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
            route.addHandler(context -> gate.serve(context, id, endpoint));
        } else if (body != null) {
            route.addHandler(context -> gate.read(context, id, body));
        } else if (stream != null) {
            route.addHandler(context -> gate.stream(context, stream));
        }
        return endpoint != null || body != null || stream != null;
    }

    /// Whether somebody with these roles gets past the door.
    static void admit(Access access, Principal principal) {
        switch (access) {
            case Access.Open _ -> {
            }
            case Access.Staff staff -> staff.admit(principal);
        }
    }
}
