package io.aftercare.simulator.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a stand-in that answers as the contract says.
class RegistrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final HttpServer server = listening();

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/api/v1", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String http() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + path);
            if (path.equals("/session")) {
                boolean right = JSON.readTree(body).path("password").asText().equals("right");
                send(exchange, right ? 200 : 401,
                        right ? "{\"token\":\"t0\"}" : "{\"title\":\"Unauthorized\"}");
            } else if (!"Bearer t0".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{}");
            } else if (path.equals("/releases")) {
                send(exchange, 422,
                        "{\"title\":\"Release refused\",\"detail\":\"" + body.lines().count() + " lines\"}");
            } else if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, known.contains(path) ? 200 : 404, "{}");
            } else if (path.endsWith("/credentials")) {
                send(exchange, 201, "{\"token\":\"rotated\"}");
            } else {
                JsonNode json = JSON.readTree(body);
                String thing = path + "/" + json.path(path.equals("/products") ? "model" : "id").asText();
                boolean added = known.add(thing);
                send(exchange, added ? 201 : 409,
                        added ? "{\"token\":\"fresh\"}" : "{\"title\":\"Conflict\"}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void whatIsMissingIsCreatedAndWhatIsKeptStays() throws IOException, InterruptedException {
        Registration registration = new Registration(StaffApi.login(http(), "admin", "right"));
        registration.product(Kind.PRINTER.product());
        registration.product(Kind.PRINTER.product());
        assertThat(requests).containsOnlyOnce("POST /products");
        Credential wanted = new Credential("LP-1", "LP-2000", "");
        List<Credential> first = registration.devices(List.of(wanted), List.of(), "B2");
        assertThat(first).containsExactly(new Credential("LP-1", "LP-2000", "fresh"));
        assertThat(registration.devices(List.of(wanted), first, "B2")).isEqualTo(first);
        assertThat(registration.devices(List.of(wanted), List.of(), "B2"))
                .as("a token that nobody kept is made anew")
                .containsExactly(new Credential("LP-1", "LP-2000", "rotated"));
    }

    @Test
    void aWrongPasswordAndAnAbsentBackendAreTold() {
        assertThatThrownBy(() -> StaffApi.login(http(), "admin", "wrong")).isInstanceOf(IOException.class)
                .hasMessageContaining("'admin'");
        assertThatThrownBy(() -> StaffApi.login("http://127.0.0.1:1", "admin", "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:1").hasMessageContaining("is it running");
    }

    @Test
    void aProblemIsQuotedAndPartsAreSentInOrder(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("a.fw"), "one line\n");
        StaffApi api = StaffApi.login(http(), "admin", "right");
        StaffApi.Reply reply = api.postParts("/releases",
                new Multipart().file("envelope", file, "application/json").file("artifact", file,
                        "text/plain"));
        assertThatThrownBy(reply::orFail).hasMessageContaining("POST /releases answered 422")
                .hasMessageContaining("Release refused").hasMessageContaining("13 lines");
    }

    @Test
    void productsAreAsTheContractWantsThem() {
        for (Kind kind : Kind.values()) {
            JsonNode json = kind.product().toJson();
            assertThat(json.path("model").asText()).isNotEmpty();
            json.path("metrics").forEach(
                    metric -> assertThat(metric.path("name").asText()).matches("[A-Za-z0-9_.:/-]{1,64}"));
            json.path("actions").forEach(action -> {
                assertThat(action.path("class").asText()).matches("[ABCD]");
                assertThat(action.path("params").path("type").asText()).isEqualTo("object");
                assertThat(action.path("timeoutSeconds").asInt()).isPositive();
            });
        }
    }
}
