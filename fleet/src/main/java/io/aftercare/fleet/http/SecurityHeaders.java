package io.aftercare.fleet.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/// What every answer tells a browser: run nothing but this server's own files, show it in no frame, guess no types, tell no
/// other site where the user was. A route that needs another policy sets the header again.
public final class SecurityHeaders {
    /// The console's policy: own files only, no inline script or style.
    public static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    /// Adds the headers and lets the next route answer. What the API answers is never kept by a cache.
    public static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", CONTENT_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (context.request().path() != null && context.request().path().startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        }
        context.next();
    }
}
