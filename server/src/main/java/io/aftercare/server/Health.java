package io.aftercare.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `/health/live` and `/health/ready`: each part says what is wrong with it, or nothing.
final class Health {
    private final Map<String, Supplier<Optional<String>>> parts = new LinkedHashMap<>();
    private volatile boolean stopping;

    /// @param trouble what is wrong with the part, empty while it works; may block for a few seconds
    Health part(String name, Supplier<Optional<String>> trouble) {
        parts.put(name, trouble);
        return this;
    }

    /// From now on not ready: the backend drains.
    void stopping() {
        stopping = true;
    }

    void bind(Operations operations) {
        operations.on("healthLive", _ -> Response.ok(Json.object().put("status", "up")));
        operations.on("healthReady", _ -> ready());
    }

    private Response ready() {
        ObjectNode body = Json.object().put("status", "up");
        ObjectNode told = body.putObject("parts");
        boolean up = !stopping;
        for (Map.Entry<String, Supplier<Optional<String>>> part : parts.entrySet()) {
            Optional<String> trouble = part.getValue().get();
            ObjectNode one = told.putObject(part.getKey()).put("status", trouble.isEmpty() ? "up" : "down");
            trouble.ifPresent(text -> one.put("detail", text));
            up &= trouble.isEmpty();
        }
        body.put("status", up ? "up" : "down");
        return new Response(up ? 200 : 503, body, Map.of("Content-Type", "application/json"));
    }
}
