package io.aftercare.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.DatabaseConfig;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ingest.telemetry.Diagnosis;
import io.aftercare.ingest.mqtt.Allowance;
import io.aftercare.ingest.telemetry.LaneLimits;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;

/// The database goes away and comes back, and the backend stops, with messages under way.
class OutageIT {
    /// Closes the database to everybody and ends the connections there are, in the middle of what they do.
    private static void cut(Database admin, String name, boolean allowed) {
        admin.jdbi().useHandle(handle -> {
            handle.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
            if (!allowed) {
                handle.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + name + "'");
            }
        });
    }

    @Test
    void nothingIsAcknowledgedWithoutACommitAndNothingIsLostOrDoubled() throws Exception {
        var config = TestDatabase.empty();
        String name = config.url().substring(config.url().lastIndexOf('/') + 1);
        Database database = Database.open(config, 10);
        database.migrate(List.of("fleet", "ingest"));
        var server = new DatabaseConfig(
                config.url().replace("/" + name, "/postgres"),
                config.user(), config.password());
        try (Harness harness = new Harness(database, Harness.config(), _ -> Diagnosis.none());
                Database admin = Database.open(server, 1)) {
            Device device = harness.device("O-1");
            MqttClient client = harness.client("O-1");
            AtomicBoolean stop = new AtomicBoolean();
            Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
            AtomicInteger sent = new AtomicInteger();
            Thread load = Thread.ofVirtual().start(() -> load(client, stop, sent, acknowledged));
            for (int round = 0; round < 3; round++) {
                int before = acknowledged.size();
                Harness.await("messages flow", () -> acknowledged.size() > before + 200);
                cut(admin, name, false);
                Harness.await("the outage is seen",
                        () -> harness.ingest.health().stream().anyMatch(lane -> !lane.storing()));
                int during = acknowledged.size();
                Harness.await("the window is full", () -> sent.get() > during);
                assertThat(acknowledged.size()).isLessThanOrEqualTo(during + 1000);
                cut(admin, name, true);
                Harness.await("recovery",
                        () -> harness.ingest.health().stream().allMatch(lane -> lane.storing()));
            }
            stop.set(true);
            load.join();
            Harness.await("the last answers", () -> acknowledged.size() == sent.get());
            assertThat(harness.one(Integer.class,
                    "SELECT count(*) FROM ingest.sample WHERE device = " + device.number()))
                    .isEqualTo(sent.get());
            assertThat(harness.one(Integer.class,
                    "SELECT count(DISTINCT v0) FROM ingest.sample WHERE device = " + device.number()))
                    .isEqualTo(sent.get());
            client.disconnect();
            client.close();
        }
    }

    private static void load(MqttClient client, AtomicBoolean stop, AtomicInteger sent,
            Set<Integer> acknowledged) {
        List<MqttToken> window = new ArrayList<>();
        try {
            while (!stop.get()) {
                int number = sent.incrementAndGet();
                MqttToken token = client.getTopic("devices/O-1/telemetry")
                        .publish(new MqttMessage(("{\"n\":" + number + "}").getBytes(UTF_8), 1, false, null));
                token.setUserContext(number);
                window.add(token);
                if (window.size() == 50) {
                    for (MqttToken one : window) {
                        one.waitForCompletion(60_000);
                        acknowledged.add((Integer) one.getUserContext());
                    }
                    window.clear();
                }
            }
            for (MqttToken one : window) {
                one.waitForCompletion(60_000);
                acknowledged.add((Integer) one.getUserContext());
            }
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatHasComeIsStoredAndAnsweredBeforeTheEnd() throws Exception {
        Harness harness = new Harness();
        harness.device("O-2");
        MqttClient client = harness.client("O-2");
        List<MqttToken> tokens = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tokens.add(client.getTopic("devices/O-2/telemetry")
                    .publish(new MqttMessage(("{\"n\":" + i + "}").getBytes(UTF_8), 1, false, null)));
        }
        harness.ingest.close();
        Harness.await("the end is told", () -> !client.isConnected());
        long answered = tokens.stream().filter(token -> token.isComplete() && token.getException() == null)
                .count();
        int stored = harness.one(Integer.class, "SELECT count(*) FROM ingest.sample");
        assertThat(answered).isEqualTo(stored);
        client.close(true);
        harness.vertx.close().await();
        harness.database.close();
    }

    @Test
    void aFloodStopsTheReadersAndMemoryStaysBounded() throws Exception {
        var limits = new LaneLimits(100, 64 * 1024);
        var config = new IngestConfig(Harness.mqtt(), 1, limits, Duration.ofSeconds(10),
                Allowance.DEFAULT, Retention.DEFAULT);
        var open = new Semaphore(0);
        try (Harness harness = new Harness(TestDatabase.create("ingest"), config, _ -> new Slow(open))) {
            harness.device("O-3");
            MqttClient client = harness.client("O-3");
            List<MqttToken> tokens = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                tokens.add(client.getTopic("devices/O-3/telemetry")
                        .publish(new MqttMessage(
                                ("{\"n\":" + i + ",\"x\":\"" + "y".repeat(400) + "\"}").getBytes(UTF_8), 1,
                                false, null)));
            }
            Harness.await("the lane is full", () -> inflight(harness) >= 100);
            // One chunk of 16 KiB may be under way beyond the limit.
            assertThat(inflight(harness)).isLessThan(100 + 16 * 1024 / 400 + 2);
            open.release(1_000_000);
            for (MqttToken token : tokens) {
                token.waitForCompletion(60_000);
            }
            assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.sample")).isEqualTo(1000);
            client.disconnect();
            client.close();
        }
    }

    private static double inflight(Harness harness) {
        return harness.registry.get("aftercare.ingest.inflight").gauge().value();
    }

    /// Rules that wait for a permit at each commit.
    private record Slow(Semaphore open) implements Diagnosis {
        @Override
        public void accept(Sample sample, long arrived) {}

        @Override
        public void write(Connection transaction) {
            open.acquireUninterruptibly();
        }

        @Override
        public void committed() {}
    }
}
