package io.aftercare.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.store.StoredSamples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngestIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    @Test
    void telemetryIsStoredBeforeItIsAcknowledged() throws Exception {
        Device device = harness.device("P-1");
        MqttClient client = harness.client("P-1");
        client.publish("devices/P-1/telemetry", "{\"fuser_temp\":201.5,\"door_open\":false}".getBytes(UTF_8),
                1, false);
        int place = harness.dictionary.of("printer").find("fuser_temp");
        assertThat(place).isNotNegative();
        assertThat(harness.one(Double.class,
                "SELECT v" + place + " FROM ingest.sample WHERE device = " + device.number()))
                .isEqualTo(201.5);
        client.publish("devices/P-1/telemetry",
                "[{\"ts\":1700000000000,\"values\":{\"fuser_temp\":1}},{\"ts\":1700000001000,\"values\":{\"fuser_temp\":2,\"name\":\"x\"}}]"
                        .getBytes(UTF_8),
                2, false);
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number()))
                .isEqualTo(3);
        assertThat(harness.one(String.class,
                "SELECT value FROM ingest.attribute WHERE device = " + device.number()))
                .isEqualTo("x");
        client.disconnect();
        client.close();
    }

    @Test
    void whatIsSentDownArrivesAndOrderIsTold() throws Exception {
        Device device = harness.device("P-2");
        MqttClient client = harness.client("P-2");
        List<String> arrived = new CopyOnWriteArrayList<>();
        client.setCallback(new Listener() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                arrived.add(topic + " " + new String(message.getPayload(), UTF_8));
            }
        });
        assertThat(harness.ingest.sessions().send(device.id(), "ota/offer", "x".getBytes(UTF_8))).isFalse();
        client.subscribe("devices/P-2/#", 1);
        assertThat(harness.ingest.sessions().send(device.id(), "ota/offer", "x".getBytes(UTF_8))).isTrue();
        Harness.await("the offer", () -> arrived.size() == 1);
        client.publish("devices/P-2/event", "{\"code\":\"boot\",\"level\":\"info\"}".getBytes(UTF_8), 1,
                false);
        client.disconnect();
        client.close();
        Harness.await("the end", () -> harness.heard.calls().contains("disconnected P-2"));
        assertThat(harness.heard.calls().stream().filter(call -> call.contains("P-2"))
                .map(call -> call.substring(0, call.indexOf(32))))
                .startsWith("connected", "reachable");
        assertThat(arrived).containsExactly("devices/P-2/ota/offer x");
    }

    @Test
    void aDeviceIsSeenWhenItSendsAndNotOnlyWhenItComes() throws Exception {
        Device device = harness.device("P-seen");
        assertThat(harness.ingest.sessions().heard(device.id())).isEmpty();
        MqttClient client = harness.client("P-seen");
        client.publish("devices/P-seen/telemetry", "{\"a\":1}".getBytes(UTF_8), 1, false);
        Instant first = harness.ingest.sessions().heard(device.id()).orElseThrow();
        client.publish("devices/P-seen/telemetry", "{\"a\":2}".getBytes(UTF_8), 1, false);
        assertThat(harness.ingest.sessions().heard(device.id()).orElseThrow()).isAfter(first);
        assertThat(harness.ingest.sessions().heardSince(first)).containsKey(device.number());
        client.disconnect();
        client.close();
    }

    @Test
    void aDeviceIsActiveFromItsFirstConnection() throws Exception {
        harness.device("P-first");
        String state = "SELECT state FROM fleet.device WHERE id = 'P-first'";
        assertThat(harness.one(String.class, state)).isEqualTo("provisioned");
        MqttClient client = harness.client("P-first");
        Harness.await("it is active", () -> harness.one(String.class, state).equals("active"));
        client.disconnect();
        client.close();
    }

    @Test
    void aStateThatGrowsWithoutEndIsRefused() throws Exception {
        Device device = harness.device("P-grows");
        MqttClient client = harness.client("P-grows");
        for (int i = 0; i < 6; i++) {
            String report = "{\"key-" + i + "\":\"" + "x".repeat(60_000) + "\"}";
            client.getTopic("devices/P-grows/state")
                    .publish(new MqttMessage(report.getBytes(UTF_8), 1, false, null))
                    .waitForCompletion(20_000);
        }
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.quarantine WHERE code = 'state-too-large' AND device = "
                        + device.number()))
                .isEqualTo(2);
        assertThat(harness.one(Integer.class,
                "SELECT length(document::text) FROM ingest.reported_state WHERE device = " + device.number()))
                .isBetween(240_000, 262_144);
        client.disconnect();
        client.close();
    }

    @Test
    void theNewestSampleIsAskedForWithinAnotherTransaction() throws Exception {
        Device device = harness.device("P-newest");
        MqttClient client = harness.client("P-newest");
        client.publish("devices/P-newest/telemetry",
                "{\"ts\":1700000000000,\"values\":{\"a\":1}}".getBytes(UTF_8), 1,
                false);
        var stored = new StoredSamples(harness.database, harness.dictionary);
        Optional<Instant> newest = harness.database.inTransaction(_ -> stored.newest(device));
        assertThat(newest).contains(Instant.ofEpochMilli(1_700_000_000_000L));
        client.disconnect();
        client.close();
    }
}
