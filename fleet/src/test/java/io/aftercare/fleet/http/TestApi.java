package io.aftercare.fleet.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An HTTP server of some operations on a free port of loopback, and a client of it.
public final class TestApi implements AutoCloseable {
    private final Vertx vertx;
    private final HttpApi api;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param parts      the OpenAPI parts beside `base`
    /// @param operations bound already
    public TestApi(Vertx vertx, List<String> parts, Operations operations, Authenticator authenticator,
            Idempotency idempotency) {
        this.vertx = vertx;
        this.api = new HttpApi(vertx, OpenApiDocument.of("base", parts), operations, authenticator,
                idempotency);
        this.server = vertx.createHttpServer().requestHandler(api.router()).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().join();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    public HttpClient client() {
        return client;
    }

    /// What came back; `json` is a missing node where there was no JSON.
    public record Answer(int status, String text, HttpResponse<String> response) {
        public JsonNode json() {
            return text.startsWith("{") || text.startsWith("[")
                    ? Json.parse(text)
                    : Json.object().path("nothing");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /// Sends `body` (JSON, unless a header says otherwise; null for none) with pairs of header names and values.
    public Answer send(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
        List<String> all = new ArrayList<>(List.of(headers));
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        if (!all.isEmpty()) {
            request.headers(all.toArray(String[]::new));
        }
        HttpResponse<String> response = client.send(request.method(method, body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Answer(response.statusCode(), response.body(), response);
    }

    @Override
    public void close() {
        client.close();
        server.close().toCompletionStage().toCompletableFuture().join();
        api.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// Who asks, said by the bearer token itself: `name:role,role:region:outlet`.
    public static Principal named(Authenticator.Credentials credentials) {
        String bearer = credentials.headers().get("Authorization");
        if (bearer == null) {
            return Principal.NOBODY;
        }
        String[] parts = bearer.replace("Bearer ", "").split(":", -1);
        Set<Role> roles = Stream.of(parts[1].split(",", -1)).map(role -> Role.parse(role).orElseThrow())
                .collect(Collectors.toSet());
        return new Principal(parts[0], roles, parts.length > 2 ? parts[2] : "",
                parts.length > 3 ? parts[3] : "");
    }
}
