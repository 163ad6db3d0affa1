package io.aftercare.service.portal;

import io.aftercare.fleet.files.ClassPathFiles;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.stream.Collectors;

/// The customer's page: the same small files for everybody, at `/c/{token}`; who it is for, the page asks the API. Held in
/// memory. Thread-safe.
public final class PortalPage {
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js",
            "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private final Map<String, Buffer> files;

    public PortalPage() {
        files = ClassPathFiles.below("portal").entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                        entry -> Buffer.buffer(entry.getValue())));
    }

    /// Adds the page's routes.
    public void mount(Router router) {
        router.route("/c/:token").method(HttpMethod.GET).handler(context -> send(context, "index.html"));
        router.route("/c-files/:name").method(HttpMethod.GET)
                .handler(context -> send(context, String.valueOf(context.pathParam("name"))));
    }

    private void send(RoutingContext context, String name) {
        Buffer file = files.get(name);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (file == null || type == null) {
            context.response().setStatusCode(404).end();
            return;
        }
        context.response().putHeader("Content-Type", type).putHeader("Cache-Control", "no-cache")
                .putHeader("Content-Security-Policy", POLICY).putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Robots-Tag", "noindex, nofollow").end(file);
    }
}
