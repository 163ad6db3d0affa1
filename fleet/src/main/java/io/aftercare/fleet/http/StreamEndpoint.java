package io.aftercare.fleet.http;

import io.aftercare.fleet.people.Principal;
import io.vertx.ext.web.RoutingContext;

/// An operation that reads or writes its body as a stream and answers by itself. Called on the request's event loop with
/// the request paused: it must not block, and must resume the request if it wants the body.
@FunctionalInterface
public interface StreamEndpoint {
    void handle(RoutingContext context, Principal principal);
}
