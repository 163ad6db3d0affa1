package io.aftercare.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.TemporaryFolder;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.HttpApi;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.LiveReader;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.service.attachment.AttachmentConfig;
import io.aftercare.service.quality.FaultStatistics;
import io.aftercare.service.ticket.FaultHistory;
import io.aftercare.service.ticket.FixProgress;
import io.aftercare.service.ticket.Numbers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The desk behind a real HTTP server, a real gate and a real database. Who asks is said by the header `X-Test-User`:
/// `name:role,role:outlet:region`.
public final class TestApi implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

    public final Database database = TestDatabase.create("service");
    private final TemporaryFolder folder = TemporaryFolder.named("attachments");
    public final MutableClock clock = new MutableClock(START);
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final ConcurrentHashMap<DeviceId, FaultHistory.Sighting> sightings = new ConcurrentHashMap<>();
    public final ConcurrentHashMap<String, FixProgress.Course> courses = new ConcurrentHashMap<>();
    /// How often devices failed, whatever the span that is asked for.
    public final CopyOnWriteArrayList<FaultStatistics.Count> faultCounts = new CopyOnWriteArrayList<>();
    /// Remote actions, as the desk asks for them.
    public final TestRemoteActions remote = new TestRemoteActions();
    /// What metrics are, whatever the span that is asked for.
    public final ConcurrentHashMap<String, Numbers> numbers = new ConcurrentHashMap<>();
    public final Devices devices = new Devices(database);
    public final Service service;
    /// What the desk told the diagnosis of the cases that it opened.
    public final LinkedBlockingQueue<JsonNode> opened = new LinkedBlockingQueue<>();
    /// What the desk asked others to destroy.
    public final LinkedBlockingQueue<JsonNode> purges = new LinkedBlockingQueue<>();
    private final OutboxRelay relay = new OutboxRelay(database);
    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx, clock);
    private final HttpApi api;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /// An answer with its body read as JSON.
    public record Answer(int status, JsonNode body, @Nullable String etag) {}

    public TestApi() {
        this(UnaryOperator.identity());
    }

    /// @param settings changes what is set for the tests
    public TestApi(UnaryOperator<ServiceConfig> settings) {
        service = new Service(new DeskGround(database, devices, events, meters, clock),
                new FaultHistory() {
                    @Override
                    public Sighting of(DeviceId device, List<String> faults) {
                        return sightings.getOrDefault(device, new Sighting(null, false, null));
                    }

                    @Override
                    public Map<String, Numbers> numbers(DeviceId device, List<String> metrics, Instant from,
                            Instant to) {
                        Map<String, Numbers> known = new TreeMap<>(numbers);
                        known.keySet().retainAll(metrics);
                        return metrics.contains("fuser_temp")
                                ? Map.of("fuser_temp",
                                        new Numbers(from.isBefore(to) ? 170 : 214, 160, 230, 9))
                                : known;
                    }
                }, (_, campaign) -> Optional.ofNullable(courses.get(campaign)),
                (_, _) -> List.copyOf(faultCounts), remote,
                settings.apply(new ServiceConfig(Duration.ofDays(30), Duration.ofMillis(20))
                        .with(new AttachmentConfig(folder.path(), 100_000))));
        service.subscribe(relay, (_, _, payload) -> !payload.path("held").asBoolean());
        relay.on("data.purge", (_, _, payload) -> purges.add(payload));
        relay.on("ticket.opened", (_, _, payload) -> opened.add(payload));
        relay.start();
        service.start();
        Operations operations = new Operations();
        service.bind(operations);
        api = new HttpApi(vertx, OpenApiDocument.of("base", Service.DOCUMENTS), operations,
                shown -> principal(shown.headers().get("X-Test-User")), new Idempotency(database));
        server = await(vertx.createHttpServer().requestHandler(api.router())
                .listen(0, "127.0.0.1"));
        device("LP-1", "north");
        device("LP-2", "south");
        Stream.of("ann", "bob").forEach(name -> database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.staff (name, password_hash, roles) VALUES (?, 'x', '{agent}')", name)));
    }

    public void device(String id, String outlet) {
        database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO fleet.product (model, name, document) VALUES ('LP', 'Printer', '{}')"
                    + " ON CONFLICT DO NOTHING");
            handle.execute("INSERT INTO fleet.device (id, model, token_hash, outlet)"
                    + " VALUES (?, 'LP', sha256(?::bytea), ?)", id, id, outlet);
        });
    }

    /// Reads live events as somebody, written as in `X-Test-User`.
    public LiveReader reader(String user) {
        return new LiveReader(vertx, events, principal(user));
    }

    /// Puts into the outbox what another feature would, and wakes its relay.
    public void tell(String topic, String key, JsonNode payload) {
        database.useTransaction(handle -> Outbox.append(handle, topic, key, payload));
        relay.wake();
    }

    /// Asks until the answer is as wanted, at most 20 seconds.
    public JsonNode await(String path, Predicate<JsonNode> until) {
        return awaitAs("ann:agent", path, until);
    }

    /// The same as somebody else.
    public JsonNode awaitAs(String user, String path, Predicate<JsonNode> until) {
        Semaphore never = new Semaphore(0);
        for (int i = 0; i < 400; i++) {
            JsonNode answer = call(user, "GET", path, null).body();
            if (until.test(answer)) {
                return answer;
            }
            try {
                var _ = never.tryAcquire(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("Not within 20 s: " + call(user, "GET", path, null).body());
    }

    public Answer call(String user, String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/api/v1" + path))
                .header("X-Test-User", user)
                .method(method, body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers
                                .ofString(body instanceof String text ? text : Json.text(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = client.send(request.build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(),
                    Json.parse(response.body().isEmpty() ? "{}" : response.body()),
                    response.headers().firstValue("ETag").orElse(null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// An answer that is no JSON, such as a page.
    public HttpResponse<String> page(String user, String path) {
        try {
            return client.send(HttpRequest
                    .newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/api/v1" + path))
                    .header("X-Test-User", user).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Answer get(String path) {
        return call("ann:agent", "GET", path, null);
    }

    public Answer post(String path, String json) {
        return call("ann:agent", "POST", path, json);
    }

    private static Principal principal(@Nullable String user) {
        if (user == null) {
            return Principal.NOBODY;
        }
        String[] parts = user.split(":", -1);
        Set<Role> roles = Stream.of(parts[1].split(",", -1)).map(role -> Role.parse(role).orElseThrow())
                .collect(Collectors.toSet());
        return new Principal(parts[0], roles, parts.length > 3 ? parts[3] : "",
                parts.length > 2 ? parts[2] : "");
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        relay.close();
        service.close();
        await(server.close());
        await(vertx.close());
        api.close();
        database.close();
        folder.close();
    }
}
