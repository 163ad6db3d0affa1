package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// Somebody of the staff, by HTTP.
public final class StaffClient implements AutoCloseable {
    private static final Duration AWAIT_MAX = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private String token = "";

    /// An answer: its status, and its body as JSON where it is some.
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
        /// The body, where the status is as wanted.
        public JsonNode expect(int wanted) {
            assertThat(status).as(body.toString()).isEqualTo(wanted);
            return body;
        }
    }

    public StaffClient(URI base) {
        this.base = base;
    }

    public static StaffClient admin(URI base) throws IOException, InterruptedException {
        return new StaffClient(base).login("admin", BackendProcess.ADMIN_PASSWORD);
    }

    public StaffClient login(String name, String password) throws IOException, InterruptedException {
        token = post("/api/v1/session", Map.of("username", name, "password", password)).expect(200)
                .get("token")
                .asText();
        return this;
    }

    public String token() {
        return token;
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path, Object json) throws IOException, InterruptedException {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(Json.text(json)),
                Map.of("Content-Type", "application/json"));
    }

    public Answer put(String path, String contentType, String body) throws IOException, InterruptedException {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(body),
                Map.of("Content-Type", contentType));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body,
            Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).method(method, body)
                .timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        String type = response.headers().firstValue("Content-Type").orElse("");
        JsonNode json = type.contains("json") ? Json.mapper().readTree(response.body()) : Json.object();
        return new Answer(response.statusCode(), json, response);
    }

    /// Asks again until the answer is as wanted.
    public JsonNode await(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + AWAIT_MAX.toNanos();
        while (true) {
            JsonNode answer = get(path).expect(200);
            if (wanted.test(answer)) {
                return answer;
            }
            assertThat(System.nanoTime()).as("%s in time: %s", path, answer).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    /// Registers a product and a device.
    ///
    /// @return the device's token
    public String register(String model, String device) throws IOException, InterruptedException {
        Answer product = post("/api/v1/products",
                Map.of("model", model, "name", model, "metrics", new Object[0], "actions", new Object[0]));
        assertThat(product.status()).as(product.body().toString()).isIn(201, 409);
        return post("/api/v1/devices", Map.of("id", device, "model", model)).expect(201).get("token")
                .asText();
    }

    @Override
    public void close() {
        client.close();
    }
}
