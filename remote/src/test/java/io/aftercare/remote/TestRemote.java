package io.aftercare.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.MutableClock;
import io.aftercare.fleet.TemporaryFolder;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.LiveReader;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.fleet.postgres.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Remote diagnostics on a database of its own, with its HTTP server. Who asks is said by the bearer token:
/// `name:role,role:region:outlet`.
public final class TestRemote implements AutoCloseable {
    public static final String PRODUCT = """
            {"model":"LP-2000","name":"Printer","actions":[
            {"name":"ping","class":"A"},{"name":"set_interval","class":"B","params":{"type":"object",
            "required":["seconds"],"additionalProperties":false,"properties":{"seconds":{"type":"number","minimum":1}}}},
            {"name":"reboot","class":"C","timeoutSeconds":5},{"name":"factory_reset","class":"D"},{"name":"get_crash","class":"A","params":{"type":"object"}},
            {"name":"get_logs","class":"A","params":{"type":"object","additionalProperties":false,"properties":{
            "from":{"type":"string"},"to":{"type":"string"},"level":{"type":"string"},"lines":{"type":"integer"},
            "bytesMax":{"type":"integer"},"upload":{"type":"object"}}}}],"logs":{"redact":["SN-[0-9]+"]}}""";

    public final Database database = TestDatabase.create("remote");
    public final Devices devices = new Devices(database);
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final Set<String> openTickets = new HashSet<>();
    public final Map<Surroundings.Purpose, Surroundings.Consent> consents = new EnumMap<>(
            Surroundings.Purpose.class);
    public final Set<DeviceId> updating = new HashSet<>();
    public final Set<DeviceId> away = ConcurrentHashMap.newKeySet();
    /// Whose ticket is open, for fleet actions.
    public final Map<String, DeviceId> ticketsOf = new HashMap<>();
    /// Happens while others are asked, and when something has gone down: a test lets the backend die there.
    public volatile Runnable trouble = () -> {
    };
    public final List<FleetFacts.Raised> raised = new CopyOnWriteArrayList<>();
    public final List<String> sent = new CopyOnWriteArrayList<>();
    /// What the relay told others, as `topic key payload`.
    public final List<String> told = new CopyOnWriteArrayList<>();
    public final MutableClock clock = new MutableClock();
    public volatile boolean connected;
    private final TemporaryFolder folder = TemporaryFolder.named("remote");
    /// Where this run keeps what devices send.
    public final Path files = folder.path();
    public final RemoteGround ground;
    public final Remote remote;
    private final OutboxRelay relay = new OutboxRelay(database);
    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events(vertx, Clock.systemUTC());
    private final TestApi api;

    /// Reads live events as somebody.
    public LiveReader reader(Principal who) {
        return new LiveReader(vertx, events, who);
    }

    public TestRemote() {
        this(RemoteConfig.defaults());
    }

    public TestRemote(RemoteConfig config) {
        Downlink downlink = new Downlink() {
            @Override
            public boolean send(DeviceId device, String suffix, byte[] payload) {
                if (reaches(device)) {
                    sent.add(device + "/" + suffix + " " + new String(payload, StandardCharsets.UTF_8));
                    trouble.run();
                }
                return reaches(device);
            }

            @Override
            public boolean reaches(DeviceId device) {
                trouble.run();
                return connected && !away.contains(device);
            }
        };
        Surroundings surroundings = new Surroundings() {
            @Override
            public boolean isOpenTicket(String ticket, DeviceId device) {
                return openTickets.stream().map(TicketName::number)
                        .anyMatch(TicketName.number(ticket)::equals);
            }

            @Override
            public Consent consent(DeviceId device, @Nullable String ticket, Purpose purpose) {
                return consents.getOrDefault(purpose, Consent.NOT_ASKED);
            }

            @Override
            public Optional<Build> release(String id) {
                return id.equals("r1") ? Optional.of(new Build("LP-2000", "2.3.0")) : Optional.empty();
            }

            @Override
            public boolean isBelow(String firmware, String other) {
                return firmware.matches("[0-9.]+") && other.matches("[0-9.]+")
                        && firmware.compareTo(other) < 0;
            }

            @Override
            public boolean isUpdating(DeviceId device) {
                trouble.run();
                return updating.contains(device);
            }

            // a condition is the region that it names, or true
            @Override
            public List<String> chosen(String model, String target, int max) {
                return database.jdbi()
                        .withHandle(handle -> handle
                                .createQuery(
                                        """
                                                SELECT id FROM fleet.device WHERE model = :model AND (:target = 'true' OR region = :target)
                                                ORDER BY id LIMIT :max""")
                                .bind("model", model).bind("target", target).bind("max", max)
                                .mapTo(String.class).list());
            }

            @Override
            public Optional<DeviceId> deviceOf(String ticket) {
                return Optional.ofNullable(ticketsOf.get(ticket));
            }

            @Override
            public List<Raised> raised(List<DeviceId> of, Instant since) {
                return raised.stream()
                        .filter(each -> of.contains(each.device()) && !each.at().isBefore(since)).toList();
            }
        };
        ground = new RemoteGround(database, devices, downlink, surroundings, relay::wake,
                events, meters, clock, files, config);
        remote = new Remote(ground);
        remote.subscribe(relay);
        // What others receive outside of this module.
        for (String topic : List.of("action.asked", "action.ended", "crash.group.new", "data.purged")) {
            relay.on(topic, (_, key, payload) -> told.add(topic + " " + key + " " + payload));
        }
        database.jdbi().useHandle(handle -> handle
                .createUpdate(
                        "INSERT INTO fleet.product (model, name, document) VALUES ('LP-2000', 'Printer', :doc)")
                .bindByType("doc", Json.parse(PRODUCT), JsonNode.class).execute());
        Operations operations = new Operations();
        remote.bind(operations);
        api = new TestApi(vertx, Remote.DOCUMENTS, operations, TestApi::named,
                new Idempotency(database));
    }

    public TestRemote start() {
        remote.start();
        relay.start();
        return this;
    }

    public Device device(String id) {
        return device(id, "eu", "");
    }

    public Device device(String id, String region, String outlet) {
        database.jdbi().useHandle(handle -> handle.createUpdate("""
                INSERT INTO fleet.device (id, model, token_hash, region, outlet)
                VALUES (:id, 'LP-2000', :hash, :region, :outlet)""").bind("id", id)
                .bind("hash", DeviceToken.random().hash()).bind("region", region).bind("outlet", outlet)
                .execute());
        return devices.find(new DeviceId(id)).orElseThrow();
    }

    /// Gives a device a token that a test knows.
    public String token(String device) {
        DeviceToken token = DeviceToken.random();
        database.jdbi().useHandle(handle -> handle
                .createUpdate("UPDATE fleet.device SET token_hash = :hash, token_used = true WHERE id = :id")
                .bind("hash", token.hash()).bind("id", device).execute());
        devices.refresh(new DeviceId(device));
        return token.secret();
    }

    /// What a person uploads; `path` below `/api/v1`.
    public HttpResponse<String> upload(String who, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri("/api/v1" + path))
                .timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + who)
                .header("Content-Type", "application/octet-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.client().send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Puts into the outbox what another feature would, and wakes its relay.
    public void tell(String topic, String key, JsonNode payload) {
        database.useTransaction(handle -> Outbox.append(handle, topic, key, payload));
        relay.wake();
    }

    /// What a device sends by HTTP; `path` below `/device/v1/`.
    public HttpResponse<String> asDevice(String token, String method, String path, byte[] body,
            String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(deviceUri(path)).timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.client().send(request.method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public URI deviceUri(String path) {
        return api.uri("/device/v1/" + path);
    }

    public TestApi.Answer as(String who, String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + who));
        return api.send(method, "/api/v1" + path, body, all.toArray(String[]::new));
    }

    /// Where its HTTP server is.
    public URI uri(String path) {
        return api.uri("/api/v1" + path);
    }

    /// The outbox, oldest first, as `topic key`.
    public List<String> outbox() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT topic || ' ' || key FROM fleet.outbox ORDER BY id").mapTo(String.class)
                .list());
    }

    /// Gives the product other actions.
    public void product(String actions) {
        database.jdbi().useHandle(handle -> handle.execute("""
                UPDATE fleet.product SET version = version + 1,
                    document = jsonb_set(document, '{actions}', ?::jsonb) WHERE model = 'LP-2000'""",
                actions));
    }

    /// Waits until what stands in the outbox is carried out; after [#start].
    public void relayed() {
        relay.wake();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (database.jdbi().<Boolean, RuntimeException>withHandle(handle -> handle
                .createQuery("SELECT EXISTS (SELECT FROM fleet.outbox WHERE done_at IS NULL)")
                .mapTo(Boolean.class).one())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The outbox is not empty: " + outbox());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        api.close();
        relay.close();
        remote.close();
        database.close();
        folder.close();
    }
}
