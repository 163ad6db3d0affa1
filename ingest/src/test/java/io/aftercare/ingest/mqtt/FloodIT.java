package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who sends more than anybody needs, or does not take what was asked for, costs a bounded part of the memory.
class FloodIT {
    private static final int STRANGERS_MAX = 3;
    private static Harness harness;

    @BeforeAll
    static void start() {
        MqttConfig.Limits limits = new MqttConfig.Limits(1000, 0, 1000, STRANGERS_MAX, 1024, 256 * 1024,
                Duration.ofSeconds(10), Duration.ofHours(1));
        IngestConfig usual = Harness.config();
        harness = new Harness(TestDatabase.create("ingest"),
                new IngestConfig(Harness.mqtt().with(limits), usual.lanes(), usual.laneLimits(),
                        usual.drainMax(), usual.deviceAllowance(), usual.retention()),
                _ -> Diagnosis.none());
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static double gauge(String name) {
        return harness.registry.get(name).gauge().value();
    }

    private static RawClient stranger() throws IOException {
        RawClient client = new RawClient(harness.port());
        client.send(RawClient.connect(4, "new", "provision", "", 0x02, 30));
        return client;
    }

    @Test
    void aStrangerMaySayLittle() throws IOException {
        try (RawClient client = stranger()) {
            assertThat(client.next()).isEqualTo("200000");
            byte[] pings = new byte[2 * 500];
            for (int i = 0; i < pings.length; i += 2) {
                pings[i] = (byte) 0xC0;
            }
            client.send(pings);
            int answers = 0;
            for (String answer = client.next(); !answer.equals("closed"); answer = client.next()) {
                answers++;
            }
            assertThat(answers).isBetween(1, 499);
        }
        Harness.await("its end", () -> gauge("aftercare.mqtt.connections") == 0);
    }

    @Test
    void strangersCountAsSilentHoweverTheyKnock() throws IOException {
        RawClient[] strangers = new RawClient[STRANGERS_MAX];
        try {
            for (int i = 0; i < strangers.length; i++) {
                strangers[i] = stranger();
                assertThat(strangers[i].next()).startsWith("20");
            }
            try (RawClient more = stranger()) {
                assertThat(more.next()).isEqualTo("closed");
            }
        } finally {
            for (RawClient stranger : strangers) {
                if (stranger != null) {
                    stranger.close();
                }
            }
        }
        Harness.await("their end", () -> gauge("aftercare.mqtt.connections") == 0);
        // And they are not counted for ever.
        try (RawClient later = stranger()) {
            assertThat(later.next()).startsWith("20");
        }
        Harness.await("its end", () -> gauge("aftercare.mqtt.connections") == 0);
    }

    @Test
    void aDeviceThatSubscribesWithoutEndIsNotReadWhileTheDatabaseIsBusy() throws IOException {
        Device device = harness.device("F-1");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(4, "f", "F-1", Harness.token("F-1"), 0, 30));
            assertThat(client.next()).startsWith("20");
            harness.database.useTransaction(handle -> {
                handle.execute("SELECT FROM ingest.mqtt_session WHERE device = ? FOR UPDATE",
                        device.number());
                for (int i = 1; i <= 100; i++) {
                    client.send(RawClient.subscribe(4, i, "devices/F-1/desired", 1));
                }
                Harness.await("a pause", () -> gauge("aftercare.mqtt.connections.paused") == 1);
            });
            for (int i = 1; i <= 100; i++) {
                assertThat(client.next()).startsWith("90" + "%04x".formatted(i));
            }
            Harness.await("nobody paused", () -> gauge("aftercare.mqtt.connections.paused") == 0);
        }
    }

    @Test
    void whatADeviceDoesNotReadIsNotTakenForItWithoutEnd() throws IOException {
        Device device = harness.device("F-2");
        byte[] payload = new byte[64 * 1024];
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(4, "f", "F-2", Harness.token("F-2"), 0x02, 30));
            assertThat(client.next()).startsWith("20");
            client.send(RawClient.subscribe(4, 1, "devices/F-2/desired", 0));
            assertThat(client.next()).startsWith("90");
            int taken = 0;
            while (taken < 5000 && harness.ingest.sessions().send(device.id(), "desired", payload)) {
                taken++;
            }
            assertThat(taken).isBetween(1, 4999);
            for (int i = 0; i < taken; i++) {
                assertThat(client.next()).startsWith("30");
            }
            Harness.await("room again",
                    () -> harness.ingest.sessions().send(device.id(), "desired", new byte[]{'1'}));
        }
    }

    @Test
    void whoDoesNotEvenTakeTheLastWordIsClosedAllTheSame() throws IOException {
        Device device = harness.device("F-3");
        try (RawClient client = new RawClient(harness.port())) {
            client.send(RawClient.connect(5, "f", "F-3", Harness.token("F-3"), 0x02, 30));
            assertThat(client.next()).startsWith("20");
            client.send(RawClient.subscribe(5, 1, "devices/F-3/desired", 0));
            assertThat(client.next()).startsWith("90");
            byte[] payload = new byte[64 * 1024];
            int[] refused = {0};
            Harness.await("nothing is written any more, not for a moment alone", () -> {
                boolean taken = harness.ingest.sessions().send(device.id(), "desired", payload);
                refused[0] = taken ? 0 : refused[0] + 1;
                return refused[0] == 20;
            });
            harness.ingest.sessions().disconnect(device.id());
            Harness.await("its end", () -> !harness.ingest.sessions().isConnected(device.id()));
        }
    }
}
