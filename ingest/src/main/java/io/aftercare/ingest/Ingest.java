package io.aftercare.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.http.DeviceHttp;
import io.aftercare.ingest.message.Connectivity;
import io.aftercare.ingest.message.ConnectivityRoutes;
import io.aftercare.ingest.message.DesiredRoutes;
import io.aftercare.ingest.message.DeviceAnswers;
import io.aftercare.ingest.message.DeviceHistory;
import io.aftercare.ingest.message.DeviceLog;
import io.aftercare.ingest.message.DeviceLogRoutes;
import io.aftercare.ingest.message.DeviceMessages;
import io.aftercare.ingest.message.DriftWatch;
import io.aftercare.ingest.message.Inbox;
import io.aftercare.ingest.message.MessageStore;
import io.aftercare.ingest.message.Restarts;
import io.aftercare.ingest.message.StateTeller;
import io.aftercare.ingest.mqtt.Keeping;
import io.aftercare.ingest.mqtt.LastSeen;
import io.aftercare.ingest.mqtt.MessageRoutes;
import io.aftercare.ingest.mqtt.MqttEndpoint;
import io.aftercare.ingest.mqtt.Sessions;
import io.aftercare.ingest.quarantine.Expiry;
import io.aftercare.ingest.quarantine.QuarantineRoutes;
import io.aftercare.ingest.quarantine.Replay;
import io.aftercare.ingest.store.Latest;
import io.aftercare.ingest.store.Partitions;
import io.aftercare.ingest.store.ProductViews;
import io.aftercare.ingest.store.Storekeeper;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ingest.store.TelemetryRoutes;
import io.aftercare.ingest.store.Timescale;
import io.aftercare.ingest.telemetry.DeviceClock;
import io.aftercare.ingest.telemetry.Diagnosis;
import io.aftercare.ingest.telemetry.IngestMeters;
import io.aftercare.ingest.telemetry.Lane;
import io.aftercare.ingest.telemetry.LaneBatch;
import io.aftercare.ingest.telemetry.LaneHealth;
import io.aftercare.ingest.telemetry.LaneStore;
import io.aftercare.ingest.telemetry.Quarantine;
import io.aftercare.ingest.telemetry.SingleMessage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Devices' messages in. The path of telemetry, each hop in its own file:
///
/// `MqttHandler` (protocol) → `Uplink` (whose topic) → [Lane] (order, back-pressure) → `JsonTelemetry` (reading) →
/// [Diagnosis] (rules) → `LaneStore` (one transaction: samples by COPY, attributes, quarantine, what the rules say) →
/// commit → `Answers` → PUBACK.
///
/// An event is read by the [Inbox] and takes the same lane, in order with the samples. Other messages go from `Uplink` to the
/// [Inbox], which stores them and tells [DeviceMessages]; then PUBACK.
public final class Ingest implements AutoCloseable {
    private static final Duration VIEWS_EVERY = Duration.ofMinutes(1);
    private static final Duration EXPIRY_EVERY = Duration.ofMinutes(1);

    private final IngestConfig config;
    private final List<Lane> lanes;
    private final MqttEndpoint endpoint;
    private final Sessions sessions;
    private final Inbox inbox;
    private final Connectivity connectivity;
    private final ExecutorService threads;
    private final TelemetryRoutes routes;
    private final QuarantineRoutes quarantine;
    private final MessageRoutes messages;
    private final Replay replay;
    private final DesiredRoutes states;
    private final DeviceLogRoutes log;
    private final ConnectivityRoutes visits;
    private final DriftWatch drift;
    private final DeviceHttp http;
    private final BackgroundLoop expiry;
    private final DeviceHistory history;
    private final BackgroundLoop refreshing;
    private final Storekeeper storekeeper;
    private final LastSeen lastSeen;
    private final boolean timescale;
    private final Clock clock;

    /// What the rest of the backend lends.
    ///
    /// @param diagnosis makes the rules' part of a lane, by the lane's index
    /// @param messages  who is told of what is no telemetry
    /// @param restarts  who knows which restarts the backend asked for
    public record Parts(Vertx vertx, Database database, Devices devices, MetricDictionary dictionary,
            IntFunction<Diagnosis> diagnosis, DeviceMessages messages, Events events, MeterRegistry registry,
            Clock clock, Restarts restarts) {
        /// With nobody who asks for restarts.
        public Parts(Vertx vertx, Database database, Devices devices, MetricDictionary dictionary,
                IntFunction<Diagnosis> diagnosis, DeviceMessages messages, Events events,
                MeterRegistry registry, Clock clock) {
            this(vertx, database, devices, dictionary, diagnosis, messages, events, registry, clock,
                    Restarts.none());
        }
    }

    private Ingest(IngestConfig config, Parts parts) {
        this.config = config;
        this.clock = parts.clock();
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("device-", 0).factory());
        var meters = new IngestMeters(parts.registry());
        var partitions = new Partitions(parts.database());
        var latest = new Latest(parts.database(), parts.dictionary());
        this.lanes = IntStream.range(0, config.lanes())
                .mapToObj(index -> new Lane(index, config.laneLimits(),
                        new LaneStore(parts.database().dataSource(), partitions),
                        new LaneBatch(diagnosis(parts, index), parts.events(), latest), meters,
                        parts.clock()))
                .toList();
        this.connectivity = new Connectivity(parts.database(), parts.events());
        MessageStore store = new MessageStore(parts.database());
        StateTeller teller = new StateTeller(store, parts.messages(), this::send);
        this.sessions = new Sessions(threads, parts.clock(), teller, connectivity,
                new Keeping(parts.database(), parts.clock(), parts.registry()));
        this.inbox = new Inbox(store, new Quarantine(parts.database()), parts.devices(), parts.events(),
                teller,
                meters, new DeviceAnswers(store, this::send),
                event -> new SingleMessage(event.device(), parts.dictionary().of(event.device().model()),
                        new DeviceClock(), false).send(lane(event.device()), event),
                parts.restarts());
        this.endpoint = new MqttEndpoint(parts.vertx(), config.mqtt(),
                new MqttEndpoint.Parts(parts.database(), parts.devices(), parts.dictionary(), lanes, sessions,
                        inbox, threads, parts.clock(), parts.registry(), config.deviceAllowance()));
        Gauge.builder("aftercare.ingest.inflight", lanes, all -> all.stream().mapToInt(Lane::waiting).sum())
                .description("Messages taken and not yet stored").register(parts.registry());
        this.routes = new TelemetryRoutes(new TelemetryQuery(parts.database(), parts.dictionary()), latest,
                parts.devices(), parts.clock(), threads);
        this.expiry = new BackgroundLoop("quarantine-expiry", EXPIRY_EVERY,
                new Expiry(parts.database(), Expiry.Limits.usual().within(config.retention().quarantine()),
                        parts.registry())::round);
        this.states = new DesiredRoutes(parts.database(), parts.devices(), store, teller, parts.clock());
        DeviceLog visits = new DeviceLog(parts.database());
        this.log = new DeviceLogRoutes(visits, parts.devices(), parts.clock());
        this.visits = new ConnectivityRoutes(parts.devices(), visits, latest,
                new TelemetryQuery(parts.database(), parts.dictionary()), sessions, parts.clock());
        this.drift = new DriftWatch(parts.database(), parts.events(), parts.registry(), parts.clock());
        this.http = new DeviceHttp(parts.devices(), parts.dictionary(), endpoint, sessions, inbox, threads,
                parts.clock());
        this.replay = new Replay(parts.dictionary(), endpoint::lane, inbox);
        this.messages = new MessageRoutes(parts.database(), parts.devices(), sessions);
        this.quarantine = new QuarantineRoutes(parts.database(), parts.devices(), replay);
        this.history = new DeviceHistory(parts.database());
        ProductViews views = new ProductViews(parts.database(), parts.dictionary());
        this.refreshing = BackgroundLoop.every(VIEWS_EVERY, "product-views", views::refresh);
        parts.devices().onChange(sessions::changed);
        partitions.ensureToday(parts.clock().instant());
        this.timescale = parts.database().hasTimescale();
        if (timescale) {
            Timescale.prepare(parts.database(), config.retention());
        }
        this.lastSeen = new LastSeen(sessions, parts.devices(), parts.clock());
        this.storekeeper = new Storekeeper(parts.database(), partitions, config.retention(), parts.clock());
    }

    /// Opens the ports; devices may come.
    public static Ingest start(IngestConfig config, Parts parts) {
        Ingest ingest = new Ingest(config, parts);
        ingest.connectivity.start();
        ingest.lanes.forEach(Lane::start);
        ingest.endpoint.start();
        ingest.lastSeen.start();
        if (!ingest.timescale) {
            ingest.storekeeper.start();
        }
        ingest.refreshing.start();
        ingest.drift.start();
        ingest.expiry.start();
        return ingest;
    }

    private Diagnosis diagnosis(Parts parts, int lane) {
        Diagnosis diagnosis = parts.diagnosis().apply(lane);
        int count = config.lanes();
        diagnosis.owns(number -> number % count == lane);
        return diagnosis;
    }

    private Lane lane(Device device) {
        return lanes.get(device.number() % lanes.size());
    }

    /// Binds the operations of `openapi/ingest.yaml`.
    public void bind(Operations operations) {
        routes.bind(operations);
        quarantine.bind(operations);
        messages.bind(operations);
        states.bind(operations);
        log.bind(operations);
        visits.bind(operations);
        http.bind(operations);
    }

    /// What ingest knows for devices' timelines.
    public DeviceHistory history() {
        return history;
    }

    private boolean send(DeviceId device, String suffix, byte[] payload) {
        return sessions.send(device, suffix, payload);
    }

    /// Reads messages from quarantine again.
    public Replay replay() {
        return replay;
    }

    /// The way down to the devices.
    public Sessions sessions() {
        return sessions;
    }

    /// The port of plain MQTT, and of MQTT over TLS (0 without).
    public MqttEndpoint endpoint() {
        return endpoint;
    }

    /// A device reported its state in a way that is not of this module; stored when it returns.
    public void reported(Device device, JsonNode document) {
        byte[] payload = Json.text(document).getBytes(StandardCharsets.UTF_8);
        var _ = inbox.receive(new Inbox.Letter(device, "state", payload, 0, false, clock.instant()));
    }

    /// How each lane stands.
    public List<LaneHealth> health() {
        return lanes.stream().map(Lane::health).toList();
    }

    /// Stops reading, stores and acknowledges what has come, says good-bye. What the database does not take in time stays
    /// unacknowledged: the devices send it again.
    @Override
    public void close() {
        refreshing.close();
        drift.close();
        expiry.close();
        storekeeper.close();
        lastSeen.close();
        endpoint.stopReading();
        lanes.forEach(lane -> lane.close(config.drainMax()));
        endpoint.settle(config.drainMax());
        inbox.close();
        endpoint.close();
        threads.shutdown();
        try {
            var _ = threads.awaitTermination(config.drainMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connectivity.close();
    }
}
