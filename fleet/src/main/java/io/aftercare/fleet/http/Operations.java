package io.aftercare.fleet.http;

import io.aftercare.fleet.people.Principal;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What each operation of the OpenAPI document does. Features bind their operations by `operationId` before [#router]; an
/// operation that nobody binds, or a binding that the document does not know, stops the start.
public final class Operations {
    private static final long BODY_BYTES_MAX = 1 << 20;

    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<String, StreamEndpoint> streams = new HashMap<>();

    /// Binds an operation whose body is small JSON.
    public Operations on(String operationId, Endpoint endpoint) {
        bind(endpoints, operationId, endpoint);
        return this;
    }

    /// Binds an operation that streams; its roles are checked, its body is its own affair.
    public Operations onStream(String operationId, StreamEndpoint endpoint) {
        bind(streams, operationId, endpoint);
        return this;
    }

    private <T> void bind(Map<String, T> map, String operationId, T endpoint) {
        if (endpoints.containsKey(operationId) || streams.containsKey(operationId)) {
            throw new IllegalStateException("Operation " + operationId + " is bound twice");
        }
        map.put(operationId, endpoint);
    }

    /// The router that enforces the document: who may, then whether the request fits, then the endpoint.
    public Router router(Vertx vertx, OpenAPIContract contract, Gate gate) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract);
        Set<String> missing = new TreeSet<>();
        Set<String> unknown = new TreeSet<>(endpoints.keySet());
        unknown.addAll(streams.keySet());
        for (OpenAPIRoute route : builder.getRoutes()) {
            String id = route.getOperation().getOperationId();
            unknown.remove(id);
            route.setDoValidation(false).setDoSecurity(false);
            Access access = Access.of(route.getOperation().getOpenAPIModel());
            Endpoint endpoint = endpoints.get(id);
            StreamEndpoint stream = streams.get(id);
            if (endpoint != null) {
                route.addHandler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
                route.addHandler(context -> gate.serve(context, id, access, endpoint));
            } else if (stream != null) {
                route.addHandler(context -> gate.stream(context, access, stream));
            } else {
                missing.add(id);
            }
        }
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalStateException("Operations without an endpoint: " + missing
                    + "; endpoints that the OpenAPI document does not know: " + unknown);
        }
        return builder.createRouter();
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
