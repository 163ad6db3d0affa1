package io.aftercare.server;

import io.aftercare.diagnostics.Diagnostics;
import io.aftercare.diagnostics.DiagnosticsConfig;
import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceOverview;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.OverviewFacts;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.HttpApi;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Sessions;
import io.aftercare.fleet.people.Staff;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Housekeeping;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.ingest.Ingest;
import io.aftercare.ingest.quarantine.KeptMessages;
import io.aftercare.ingest.store.StoredHappenings;
import io.aftercare.ingest.store.StoredSamples;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ota.Ota;
import io.aftercare.ota.OtaConfig;
import io.aftercare.ota.campaign.FixCases;
import io.aftercare.ota.campaign.OpenFaults;
import io.aftercare.ota.delivery.Downlink;
import io.aftercare.ota.health.HealthFacts;
import io.aftercare.ota.health.HealthWatch;
import io.aftercare.remote.Remote;
import io.aftercare.remote.RemoteGround;
import io.aftercare.server.console.ConsoleAssets;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Service;
import io.aftercare.service.ServiceConfig;
import io.aftercare.service.attachment.AttachmentConfig;
import io.aftercare.service.portal.PortalPage;
import io.aftercare.service.ticket.Causes;
import io.aftercare.service.ticket.DeviceCases;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The backend, put together by hand: the only place where the features meet. What crosses from one to another is visible
/// here, as a callback or as a topic of the outbox.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Config config;
    private final Clock clock = Clock.systemUTC();
    /// What was opened, the last one first: closed in this order.
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<Ingest> ingest = new AtomicReference<>();
    private final Health health = new Health();
    private Optional<String> firstPassword = Optional.empty();
    private int httpPort;

    private Server(Config config) {
        this.config = config;
    }

    /// Starts everything; returns when the backend is ready. A [StartupException] says in one line what stands in the way,
    /// and nothing is left running.
    public static Server start(Config config) {
        Server server = new Server(config);
        try {
            server.open();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// What every feature stands on.
    private record Ground(Database database, Vertx vertx, Metrics metrics, Events events, Devices devices,
            MetricDictionary dictionary, ExecutorService threads, OutboxRelay relay) {}

    private record Features(Diagnostics diagnostics, Remote remote, Service service, Ota ota) {}

    private void open() {
        // What needs no database is made while that starts.
        FutureTask<OpenApiDocument> document = aside("document", StaffApi::document);
        FutureTask<ConsoleAssets> console = aside("console", ConsoleAssets::new);
        Ground ground = ground();
        Staff staff = new Staff(ground.database());
        firstPassword = staff.bootstrapAdmin(config.adminPassword());
        Features features = features(ground);
        cross(ground.relay(), features);
        Ingest in = begin(ground, features);
        Sessions sessions = new Sessions(ground.database(), staff, clock);
        Operations operations = bind(ground, features, in, staff, sessions);
        new Search(ground.database(), made(document)).bind(operations);
        HttpApi api = new HttpApi(ground.vertx(), made(document), operations, sessions,
                new Idempotency(ground.database()));
        features.ota().mount(api.router(), config.ddi(), new PolledDevices(in));
        new PortalPage().mount(api.router());
        made(console).mount(api.router());
        httpPort = keep(HttpListener.open(ground.vertx(), api, config)).port();
    }

    private Ground ground() {
        DataDirectory directory = keep(DataDirectory.open(config.dataDirectory()));
        Database database = keep(Storage.open(config.database(), directory.path())).database();
        Metrics metrics = keep(new Metrics());
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        ExecutorService threads = keep(Executors.newVirtualThreadPerTaskExecutor());
        Events events = new Events(vertx, clock);
        Devices devices = new Devices(database);
        DeviceEvents.publish(devices, events);
        Housekeeping housekeeping = keep(new Housekeeping(database, Duration.ofHours(1)));
        Retentions.sweep(housekeeping, config.retention());
        housekeeping.start();
        return new Ground(database, vertx, metrics, events, devices, new MetricDictionary(database), threads,
                keep(new OutboxRelay(database)));
    }

    private Features features(Ground ground) {
        Database database = ground.database();
        StoredSamples samples = new StoredSamples(database, ground.dictionary());
        Neighbours neighbours = new Neighbours(database, ground.devices(), samples,
                new TelemetryQuery(database, ground.dictionary()));
        DevicePast past = new DevicePast(samples, new StoredHappenings(database));
        Diagnostics diagnostics = keep(new Diagnostics(database, ground.devices(),
                new Diagnostics.Seams(past, ground.relay()::wake, past,
                        Neighbours.confirmedCases(new Causes(database)),
                        neighbours.rollups()),
                ground.events(), ground.metrics().registry(), clock,
                new DiagnosticsConfig(config.engine(), config.incidents())));
        Remote remote = keep(new Remote(
                new RemoteGround(database, ground.devices(), new LiveDownlink(ingest::get), neighbours,
                        ground.relay()::wake, ground.events(), ground.metrics().registry(), clock,
                        config.dataDirectory().resolve("remote"), config.remote())));
        Service service = keep(new Service(new DeskGround(database, ground.devices(), ground.events(),
                ground.metrics().registry(), clock), neighbours.faultHistory(diagnostics.faults()),
                neighbours.fixProgress(), Neighbours.faultStatistics(diagnostics.faults()),
                new RunbookActions(remote.actions(), new LiveDownlink(ingest::get), neighbours),
                ServiceConfig.defaults().with(config.channels()).with(config.currency())
                        .with(AttachmentConfig.in(config.dataDirectory().resolve("attachments")))));
        Ota ota = keep(ota(ground, neighbours.openFaults(diagnostics.faults()), neighbours.fixCases(),
                neighbours.health(diagnostics.faults(), this::heardSince)));
        neighbours.updates(ota);
        return new Features(diagnostics, remote, service, ota);
    }

    /// What one feature tells another.
    private static void cross(OutboxRelay relay, Features features) {
        features.service().subscribe(relay, (transaction, topic, payload) -> {
            transaction.afterCommit(features.ota()::faultsChanged); // a fix may be there for it
            return features.diagnostics().gate().admits(transaction, topic, payload);
        });
        features.remote().subscribe(relay);
        features.ota().subscribe(relay);
        for (String topic : List.of("incident.opened", "incident.suspected")) {
            relay.on(topic,
                    (transaction, _, payload) -> Neighbours.suspected(features.ota(), transaction, payload));
        }
        relay.on(HealthWatch.UNHEALTHY, (transaction, _, payload) -> Neighbours
                .unhealthy(features.diagnostics().incidents(), transaction, payload));
        relay.on("crash.group.new", Neighbours::newCrash);
        relay.on("ticket.opened", (transaction, _, payload) -> Faults.ticketOpened(transaction,
                payload.path("fault").asText(), payload.path("ticket").asText()));
    }

    /// Lets devices in, and everything go on that goes on by itself.
    private Ingest begin(Ground ground, Features features) {
        Diagnostics diagnostics = features.diagnostics();
        diagnostics.start();
        features.remote().start();
        Ingest in = keep(Intakes.open(config, new Ingest.Parts(ground.vertx(), ground.database(),
                ground.devices(), ground.dictionary(),
                lane -> new LaneDiagnosis(diagnostics.engine().lane(lane)),
                new DeviceTraffic(ground.devices(), features.remote(), features.ota()),
                ground.events(), ground.metrics().registry(), clock,
                (device, at) -> features.remote().askedRestarts().explain(device.id(), at))));
        ingest.set(in);
        features.service().start();
        features.ota().start();
        ground.relay().start();
        return in;
    }

    private Operations bind(Ground ground, Features features, Ingest in, Staff staff, Sessions sessions) {
        Database database = ground.database();
        health.part("database", () -> database.answers() ? Optional.empty() : Optional.of("does not answer"));
        health.part("mqtt", () -> Intakes.trouble(in));
        Operations operations = new Operations();
        new StaffApi(database, ground.devices(), staff, sessions, clock, config.isPublicByHttps(), this::hand,
                config.credentialOverlap()).bind(operations, features.diagnostics(), in.sessions());
        in.bind(operations);
        features.diagnostics().bind(operations);
        features.remote().bind(operations);
        features.service().bind(operations);
        features.ota().bind(operations);
        health.bind(operations);
        ground.metrics().bind(operations);
        operations.onStream("liveEvents", ground.events()::serve);
        new DeviceOverview(database, new OverviewFacts(in.sessions()::connectedDevices,
                features.diagnostics().faults()::devices, new DeviceCases(database)::open,
                new KeptMessages(database)::devices)).bind(operations);
        new Timeline(ground.devices(), in.history(), features.diagnostics(),
                features.remote().actions(), new DeviceCases(database),
                features.ota(), clock).bind(operations);
        return operations;
    }

    private Ota ota(Ground ground, OpenFaults faults, FixCases cases, HealthFacts health) {
        String publicUrl = config.publicUrl().map(URI::toString).orElse("");
        try {
            return new Ota(new OtaConfig(config.dataDirectory(), publicUrl, config.artifacts()),
                    new Ota.Needs(ground.database(), ground.devices(), ground.events(), ground.relay(),
                            faults, cases, health, downlink(),
                            ground.metrics().registry(), ground.threads(), clock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Downlink downlink() {
        return new Downlink() {
            @Override
            public boolean send(DeviceId device, String suffix, byte[] payload) {
                return Server.this.send(device, suffix, payload);
            }

            @Override
            public boolean reaches(DeviceId device) {
                Ingest live = ingest.get();
                return live != null && live.sessions().isConnected(device);
            }
        };
    }

    private Map<Integer, Instant> heardSince(Instant moment) {
        Ingest live = ingest.get();
        return live == null ? Map.of() : live.sessions().heardSince(moment);
    }

    private boolean send(DeviceId device, String suffix, byte[] payload) {
        Ingest live = ingest.get();
        return live != null && live.sessions().send(device, suffix, payload);
    }

    private boolean hand(DeviceId device, DeviceToken token) {
        String payload = Json.text(Json.object().put("token", token.secret()));
        return send(device, "credentials", payload.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> FutureTask<T> aside(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("start-" + name).start(task);
        return task;
    }

    private static <T> T made(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted at the start");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    public int httpPort() {
        return httpPort;
    }

    /// The port of plain MQTT.
    public int mqttPort() {
        return ingest.get().endpoint().port();
    }

    /// What an operator wants to read after the start; the first admin's random password is told here and nowhere else.
    String welcome() {
        String text = "Aftercare is ready: console and API at http://" + config.bind() + ":" + httpPort
                + "/, MQTT at " + config.bind() + ":" + mqttPort();
        return firstPassword
                .map(password -> text + System.lineSeparator() + "Log in as admin with " + password
                        + " (made now, shown once)")
                .orElse(text);
    }

    /// Stops in the order opposite to the start: no more requests, what was read is stored and acknowledged, then the
    /// database. Once.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        health.stopping();
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not stop well", part.getClass().getSimpleName(), e);
            }
        }
    }
}
