package io.aftercare.ingest;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.message.DeviceMessage;
import io.aftercare.ingest.message.DeviceMessages;
import io.aftercare.ingest.message.Restarts;
import io.aftercare.ingest.mqtt.listener.MqttConfig;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ingest.telemetry.Diagnosis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/// The whole of ingest on a database of its own, with a product `printer` and devices by name.
public final class Harness implements AutoCloseable {
    public static final String TOKEN = "secret-of-the-device";

    public final Vertx vertx = Vertx.vertx();
    public final Database database;
    public final Devices devices;
    public final MetricDictionary dictionary;
    public final Events events;
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final Heard heard = new Heard();
    public volatile Restarts restarts = Restarts.none();
    public final Ingest ingest;

    /// Notes what it is told.
    public static final class Heard implements DeviceMessages {
        private final List<String> calls = new ArrayList<>();

        @Override
        public synchronized void received(DeviceMessage message) {
            calls.add(message instanceof DeviceMessage.ShellOutput output
                    ? "shell " + output.device().id() + " " + output.session() + " "
                            + new String(output.payload(), StandardCharsets.UTF_8)
                    : message.toString());
        }

        @Override
        public synchronized void connected(Device device) {
            calls.add("connected " + device.id());
        }

        @Override
        public synchronized void reachable(Device device, Predicate<String> reaches) {
            calls.add("reachable " + device.id() + " offer " + reaches.test("ota/offer"));
        }

        @Override
        public synchronized void disconnected(Device device) {
            calls.add("disconnected " + device.id());
        }

        public synchronized List<String> calls() {
            return List.copyOf(calls);
        }
    }

    public Harness() {
        this(TestDatabase.create("ingest"), config(), _ -> Diagnosis.none());
    }

    public Harness(Database database, IngestConfig config, IntFunction<Diagnosis> diagnosis) {
        this.database = database;
        this.devices = new Devices(database);
        this.dictionary = new MetricDictionary(database);
        this.events = new Events(vertx, Clock.systemUTC());
        database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.product (model, name, document) VALUES ('printer', 'Printer', '{}') ON CONFLICT DO NOTHING"));
        this.ingest = Ingest.start(config, new Ingest.Parts(vertx, database, devices, dictionary, diagnosis,
                heard, events, registry, Clock.systemUTC(),
                (device, at) -> restarts.explain(device, at)));
    }

    public static IngestConfig config() {
        // Tests that compress do it when they want to.
        Retention standard = Retention.DEFAULT;
        return IngestConfig.of(mqtt()).with(new Retention(Duration.ofDays(36_500), standard.minutes(),
                standard.hours(), standard.days(), standard.events(), standard.connectivity(),
                standard.attributeHistory(), standard.quarantine(), Optional.empty()));
    }

    /// The defaults, but for a shorter time in which the CONNECT must come.
    public static MqttConfig mqtt() {
        return MqttConfig.of("127.0.0.1", 0)
                .with(MqttConfig.Limits.DEFAULT.withConnectMax(Duration.ofSeconds(2)));
    }

    public int port() {
        return ingest.endpoint().port();
    }

    /// Registers a device; its token is [#TOKEN].
    public Device device(String id) {
        database.jdbi().useHandle(handle -> handle
                .createUpdate(
                        "INSERT INTO fleet.device (id, model, token_hash) VALUES (:id, 'printer', :hash)")
                .bind("id", id).bind("hash", hash(id)).execute());
        return devices.find(new DeviceId(id)).orElseThrow();
    }

    public static String token(String id) {
        return TOKEN + "-" + id;
    }

    private static byte[] hash(String id) {
        return new DeviceToken(token(id)).hash();
    }

    /// A connected MQTT 5 client of a device.
    public MqttClient client(String id) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port(), id, new MemoryPersistence());
        client.setTimeToWait(20_000);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(id);
        options.setPassword(token(id).getBytes(StandardCharsets.UTF_8));
        options.setConnectionTimeout(20);
        client.connect(options);
        return client;
    }

    public <T> T one(Class<T> type, String sql) {
        return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(type).one());
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        ingest.close();
        vertx.close().await();
        database.close();
    }
}
