package io.aftercare.ota;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.HttpApi;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.ota.campaign.FixCases;
import io.aftercare.ota.campaign.OpenFaults;
import io.aftercare.ota.ddi.DdiConfig;
import io.aftercare.ota.ddi.DeviceWord;
import io.aftercare.ota.health.HealthFacts;
import io.aftercare.ota.health.HealthWatch;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The feature with a real database and a real HTTP server, and devices that are lists of what was sent to them. Who asks is
/// said by the header `X-User`: `ann` makes firmware, `bob` approves releases.
public final class OtaServer implements AutoCloseable {

    /// Devices of which nothing is known.
    public static final class NothingKnown implements HealthFacts {
        @Override
        public List<Raised> raised(List<DeviceId> devices, Instant since) {
            return List.of();
        }

        @Override
        public Set<DeviceId> heard(List<DeviceId> devices, Instant since) {
            return Set.of();
        }

        @Override
        public Map<String, List<Mean>> means(DeviceId device, List<String> metrics, Instant from, Instant to,
                int points) {
            return Map.of();
        }
    }

    /// A message to a device.
    public record Sent(String device, String suffix, byte[] payload) {
        public JsonNode json() {
            return Json.parse(new String(payload, StandardCharsets.UTF_8));
        }
    }

    /// What the desk would have received.
    public record Fix(String topic, String key, JsonNode payload) {}

    public record Answer(int status, String text, String contentType, String etag) {
        private static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.body(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("ETag").orElse(""));
        }

        public JsonNode json() {
            return Json.parse(text);
        }
    }

    public final Database database;
    public final Devices devices;
    public final Ota ota;
    public final OutboxRelay relay;
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final List<Sent> sent = new CopyOnWriteArrayList<>();
    public final List<Fix> fixes = new CopyOnWriteArrayList<>();
    /// Who was heard of by hawkBit's interface, and what they said of themselves.
    public final Map<String, Instant> heard = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> attributes = new ConcurrentHashMap<>();
    private final DdiConfig ddi;
    /// What the diagnosis would have received.
    public final List<JsonNode> unhealthy = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Events events = new Events(vertx, InstantSource.system());
    private final HttpApi api;
    private final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();

    public OtaServer(Database database, Path folder, OpenFaults faults) throws IOException {
        this(database, folder, faults, DdiConfig.USUAL);
    }

    public OtaServer(Database database, Path folder, OpenFaults faults, DdiConfig ddi) throws IOException {
        this(database, folder, faults, ddi, new NothingKnown());
    }

    public OtaServer(Database database, Path folder, OpenFaults faults, DdiConfig ddi, HealthFacts health)
            throws IOException {
        this.ddi = ddi;
        this.database = database;
        this.devices = new Devices(database);
        this.relay = new OutboxRelay(database);
        for (String topic : List.of("fix.scheduled", "fix.withheld", "fix.installed", "fix.failed")) {
            relay.on(topic, (_, key, payload) -> fixes.add(new Fix(topic, key, payload)));
        }
        relay.on(HealthWatch.UNHEALTHY, (_, _, payload) -> unhealthy.add(payload));
        this.ota = new Ota(new OtaConfig(folder, ""),
                new Ota.Needs(database, devices, events, relay, faults,
                        this::cases, health,
                        (device, suffix, payload) -> sent.add(new Sent(device.value(), suffix, payload)),
                        meters,
                        threads, InstantSource.system()));
        this.api = api();
        api.router().get("/events").handler(context -> events.serve(context, principal("ann")));
        this.http = listen();
        ota.subscribe(relay);
        relay.start();
        ota.start();
    }

    // each fault went to the case of its own number
    private Map<String, FixCases.Case> cases(List<String> of) {
        return of.stream().distinct().collect(Collectors.toMap(fault -> fault,
                fault -> new FixCases.Case(fault.substring(1), "T-" + fault.substring(1), "new")));
    }

    private HttpServer listen() {
        return vertx.createHttpServer().requestHandler(api.router()).listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture().join();
    }

    private HttpApi api() {
        Operations operations = new Operations();
        ota.bind(operations);
        HttpApi made = new HttpApi(vertx, OpenApiDocument.of("base", List.of("ota")), operations,
                credentials -> principal(credentials.headers().get("X-User")), new Idempotency(database));
        ota.mount(made.router(), ddi, new DeviceWord() {
            @Override
            public void heard(Device device, Instant at) {
                heard.put(device.id().value(), at);
            }

            @Override
            public void attributes(Device device, JsonNode document) {
                attributes.put(device.id().value(), document);
            }
        });
        return made;
    }

    private static Principal principal(@Nullable String name) {
        return switch (name) {
            case null -> Principal.NOBODY;
            case "ann" -> new Principal(name, Set.of(Role.FIRMWARE, Role.RELEASE_APPROVER), "", "");
            case "bob" -> new Principal(name, Set.of(Role.RELEASE_APPROVER), "", "");
            default -> new Principal(name, Set.of(Role.AGENT), "", "");
        };
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http.actualPort() + path);
    }

    public HttpClient client() {
        return client;
    }

    public Answer send(String user, String method, String path, String body)
            throws IOException, InterruptedException {
        return send(user, method, path, body, Map.of());
    }

    /// As [#send(String, String, String, String)], with more headers.
    public Answer send(String user, String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("X-User", user)
                .timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = client.send(
                request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        return Answer.of(response);
    }

    /// Brings a release, as the firmware team does: its envelope, then its artifacts.
    public Answer upload(List<Part> parts) throws IOException, InterruptedException {
        return upload(HttpRequest.BodyPublishers.ofByteArray(Firmware.multipart(parts)));
    }

    /// As [#upload(List)], with a body as it comes.
    public Answer upload(HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return upload(body, Map.of());
    }

    /// As [#upload(HttpRequest.BodyPublisher)], with more headers.
    public Answer upload(HttpRequest.BodyPublisher body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/v1/releases")).header("X-User", "ann")
                .header("Content-Type", "multipart/form-data; boundary=" + Firmware.BOUNDARY);
        headers.forEach(request::header);
        return Answer.of(client.send(request.POST(body).build(), HttpResponse.BodyHandlers.ofString()));
    }

    /// Brings a release that must be taken; returns its id.
    public String publish(Part... parts) throws IOException, InterruptedException {
        Answer answer = upload(List.of(parts));
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json().path("id").asText();
    }

    /// Registers a device of a model, which is made if need be; returns its token.
    public String device(String id, String model, String hardware, String firmware) {
        DeviceToken token = DeviceToken.random();
        database.useTransaction(handle -> {
            handle.createUpdate("""
                    INSERT INTO fleet.product (model, name, document) VALUES (:model, :model, '{}')
                    ON CONFLICT DO NOTHING""").bind("model", model).execute();
            handle.createUpdate("""
                    INSERT INTO fleet.device (id, model, token_hash, hardware, firmware, state)
                    VALUES (:id, :model, :hash, :hardware, :firmware, 'active')""").bind("id", id)
                    .bind("model", model).bind("hash", token.hash()).bind("hardware", hardware)
                    .bind("firmware", firmware).execute();
        });
        return token.secret();
    }

    public Device find(String id) {
        return devices.find(new DeviceId(id)).orElseThrow();
    }

    public boolean hasAttributes(String id) {
        return attributes.containsKey(id);
    }

    /// What the device last said of itself by hawkBit's interface.
    public JsonNode attributes(String id) {
        return Objects.requireNonNull(attributes.get(id), "it said something").path("attributes");
    }

    /// The device reports how far it is.
    public boolean status(String id, String release, String state, String error) {
        return ota.onStatus(find(id), Json.text(Json.object().put("release", release).put("state", state)
                .put("progress", 50).put("error", error)).getBytes(StandardCharsets.UTF_8)).isEmpty();
    }

    /// The device reports the version it runs.
    public void runs(String id, String version) {
        ota.onReportedState(devices.reported(new DeviceId(id), version, null));
    }

    /// Waits until something is so; fails after 20 seconds.
    public static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Not within 20 s: " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// Waits for an offer to the device, and forgets it.
    public JsonNode offer(String device) {
        await("an offer to " + device,
                () -> sent.stream().anyMatch(message -> isOffer(message, device, false)));
        return take(device, false);
    }

    /// Waits for the word to the device that what it was offered no longer holds, and forgets it.
    public JsonNode retraction(String device) {
        await("a retraction to " + device,
                () -> sent.stream().anyMatch(message -> isOffer(message, device, true)));
        return take(device, true);
    }

    private JsonNode take(String device, boolean cancelled) {
        Sent message = sent.stream().filter(each -> isOffer(each, device, cancelled)).findFirst()
                .orElseThrow();
        sent.remove(message);
        return message.json();
    }

    private static boolean isOffer(Sent message, String device, boolean cancelled) {
        return message.device().equals(device) && message.suffix().equals("ota/offer")
                && message.json().path("cancelled").asBoolean() == cancelled;
    }

    @Override
    public void close() {
        ota.close();
        relay.close();
        api.close();
        http.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
        threads.close();
    }
}
