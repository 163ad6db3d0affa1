package io.aftercare.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A device that was made for ThingsBoard, as ThingsBoard's documentation shows its clients.
class ThingsboardIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static MqttClient connect(String token, List<String> arrived) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + harness.port(), "any",
                new MemoryPersistence());
        client.setTimeToWait(20_000);
        client.setCallback(new Listener() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                arrived.add(topic + " " + new String(message.getPayload(), UTF_8));
            }
        });
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(token);
        options.setConnectionTimeout(20);
        client.connect(options);
        return client;
    }

    private static void publish(MqttClient client, String topic, String payload) throws MqttException {
        client.publish(topic, payload.getBytes(UTF_8), 1, false);
    }

    private static boolean send(Device device, String suffix, String payload) {
        return harness.ingest.sessions().send(device.id(), suffix, payload.getBytes(UTF_8));
    }

    @Test
    void theTokenAloneOpensTheDoorAndAWrongOneDoesNot() throws Exception {
        harness.device("TB-0");
        connect(Harness.token("TB-0"), new CopyOnWriteArrayList<>()).disconnect();
        assertThatThrownBy(() -> connect("no-such-token", new CopyOnWriteArrayList<>()))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> connect("TB-0", new CopyOnWriteArrayList<>()))
                .isInstanceOf(MqttException.class);
    }

    @Test
    void telemetryAndAttributesAreStoredAndAskedFor() throws Exception {
        Device device = harness.device("TB-1");
        List<String> arrived = new CopyOnWriteArrayList<>();
        MqttClient client = connect(Harness.token("TB-1"), arrived);
        client.subscribe("v1/devices/me/attributes/response/+", 1);
        publish(client, "v1/devices/me/telemetry", "{\"temp\":42}");
        publish(client, "v1/devices/me/telemetry",
                "[{\"ts\":1700000000000,\"values\":{\"temp\":1}},{\"ts\":1700000001000,\"values\":{\"temp\":2}}]");
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number())).isEqualTo(3);
        publish(client, "v1/devices/me/attributes", "{\"serial\":\"X\",\"firmware\":\"1.2.3\"}");
        assertThat(harness.one(String.class,
                "SELECT document->>'serial' FROM ingest.reported_state WHERE device = " + device.number()))
                .isEqualTo("X");
        assertThat(harness.devices.find(device.id()).orElseThrow().firmware()).isEqualTo("1.2.3");
        publish(client, "v1/devices/me/attributes/request/7",
                "{\"clientKeys\":\"serial,nothing\",\"sharedKeys\":\"speed\"}");
        Harness.await("the answer", () -> !arrived.isEmpty());
        assertThat(arrived).containsExactly(
                "v1/devices/me/attributes/response/7 {\"client\":{\"serial\":\"X\"},\"shared\":{}}");
        client.disconnect();
    }

    @Test
    void actionsAreCallsAndTheirAnswersResults() throws Exception {
        Device device = harness.device("TB-2");
        List<String> arrived = new CopyOnWriteArrayList<>();
        MqttClient client = connect(Harness.token("TB-2"), arrived);
        assertThat(send(device, "actions/a-1", "{}")).isFalse();
        client.subscribe("v1/devices/me/rpc/request/+", 1);
        assertThat(send(device, "actions/a-1",
                "{\"action\":\"reboot\",\"params\":{\"delay\":5},\"expires\":\"2030-01-01T00:00:00Z\"}"))
                .isTrue();
        Harness.await("the call", () -> arrived.size() == 1);
        assertThat(arrived.getFirst()).matches(
                "v1/devices/me/rpc/request/\\d+ \\{\"method\":\"reboot\",\"params\":\\{\"delay\":5}}");
        String number = arrived.getFirst().replaceAll(".*request/(\\d+) .*", "$1");
        publish(client, "v1/devices/me/rpc/response/" + number, "{\"done\":true}");
        assertThat(harness.heard.calls()).anyMatch(call -> call.contains("actionId=a-1")
                && call.contains("{\"status\":\"succeeded\",\"output\":{\"done\":true}}"));
        client.subscribe("v1/devices/me/rpc/response/+", 1);
        publish(client, "v1/devices/me/rpc/request/1", "{\"method\":\"getCurrentTime\",\"params\":{}}");
        publish(client, "v1/devices/me/rpc/request/2", "{\"method\":\"fly\",\"params\":{}}");
        Harness.await("the answers", () -> arrived.size() == 3);
        assertThat(arrived.get(1)).matches("v1/devices/me/rpc/response/1 \\d{13}");
        assertThat(arrived.get(2)).startsWith("v1/devices/me/rpc/response/2 {\"error\":");
        client.disconnect();
    }

    @Test
    void firmwareIsToldByAttributesAndFetchedInChunks() throws Exception {
        Device device = harness.device("TB-3");
        List<String> arrived = new CopyOnWriteArrayList<>();
        MqttClient client = connect(Harness.token("TB-3"), arrived);
        client.subscribe(new String[]{"v1/devices/me/attributes", "v2/fw/response/+/chunk/+"},
                new int[]{1, 1});
        Harness.await("the offers' turn",
                () -> harness.heard.calls().contains("reachable TB-3 offer true"));
        String manifest = Base64.getEncoder()
                .encodeToString("{\"product\":\"printer\"}".getBytes(StandardCharsets.UTF_8));
        var offer = Json.object().put("release", "r-9").put("version", "2.0.0").put("size", 10)
                .put("sha256", "ab".repeat(32));
        offer.putObject("envelope").put("payload", manifest);
        assertThat(send(device, "ota/offer", Json.text(offer))).isTrue();
        Harness.await("the attributes", () -> arrived.size() == 1);
        assertThat(arrived.getFirst()).startsWith("v1/devices/me/attributes ")
                .contains("\"fw_title\":\"printer\"", "\"fw_version\":\"2.0.0\"", "\"fw_size\":10",
                        "\"fw_checksum_algorithm\":\"SHA256\"");
        publish(client, "v2/fw/request/5/chunk/0", "4");
        assertThat(harness.heard.calls())
                .anyMatch(call -> call.startsWith("ChunkRequest")
                        && call.contains("release=r-9, chunk=0, size=4"));
        assertThat(send(device, "ota/r-9/chunk/0/data", "abcd")).isTrue();
        Harness.await("the chunk", () -> arrived.size() == 2);
        assertThat(arrived.get(1)).isEqualTo("v2/fw/response/5/chunk/0 abcd");
        pinned(client, device, arrived, offer);
        publish(client, "v1/devices/me/telemetry",
                "{\"current_fw_title\":\"printer\",\"current_fw_version\":\"2.0.0\",\"fw_state\":\"UPDATED\"}");
        assertThat(harness.heard.calls()).anyMatch(call -> call.startsWith("OtaStatus")
                && call.contains("{\"release\":\"r-9\",\"state\":\"confirmed\"}"));
        assertThat(harness.devices.find(device.id()).orElseThrow().firmware()).isEqualTo("2.0.0");
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.attribute WHERE name = 'fw_state' AND device = "
                        + device.number()))
                .isEqualTo(1);
        client.disconnect();
    }

    // a download stays with the release that it began with, and with the chunk size that it said last
    private void pinned(MqttClient client, Device device, List<String> arrived, ObjectNode offer)
            throws Exception {
        assertThat(client.subscribe("v2/fw/error", 1).getReasonCodes()).containsExactly(1);
        publish(client, "v2/fw/request/7/chunk/0", "");
        assertThat(harness.heard.calls()).anyMatch(call -> call.contains("release=r-9, chunk=0, size=10"));
        assertThat(send(device, "ota/offer", Json.text(offer.deepCopy().put("release", "r-10")))).isTrue();
        publish(client, "v2/fw/request/5/chunk/1", "");
        assertThat(harness.heard.calls()).anyMatch(call -> call.contains("release=r-9, chunk=1, size=4"));
        publish(client, "v2/fw/request/8/chunk/1", "5");
        assertThat(harness.heard.calls()).anyMatch(call -> call.contains("release=r-10, chunk=1, size=5"));
        assertThat(send(device, "ota/r-9/chunk/1/data", "efgh")).isTrue();
        assertThat(send(device, "ota/r-10/chunk/1/data", "fghij")).isTrue();
        assertThat(send(device, "ota/error", "gone")).isTrue();
        Harness.await("answers by their downloads", () -> arrived.containsAll(List.of(
                "v2/fw/response/5/chunk/1 efgh", "v2/fw/response/8/chunk/1 fghij", "v2/fw/error gone")));
        assertThat(send(device, "ota/offer", Json.text(offer))).isTrue();
    }

    @Test
    void itsOwnTopicsAloneAreGiven() throws Exception {
        harness.device("TB-4");
        List<String> arrived = new CopyOnWriteArrayList<>();
        MqttClient client = connect(Harness.token("TB-4"), arrived);
        assertThat(client.subscribe("devices/TB-4/#", 1).getReasonCodes()).containsExactly(0x87);
        assertThat(client.subscribe("v1/devices/TB-1/attributes", 1).getReasonCodes()).containsExactly(0x87);
        assertThat(client.subscribe("v1/devices/me/#", 1).getReasonCodes()).containsExactly(1);
        client.disconnect();
    }

    @Test
    void aStrangerRegistersItselfAndIsADeviceFromThenOn() throws Exception {
        harness.database.jdbi().useHandle(handle -> handle.createUpdate("""
                INSERT INTO fleet.product_key (key, model, secret_hash, devices_max, until)
                VALUES ('pk-1', 'printer', :hash, 1, now() + interval '1 hour')""")
                .bind("hash", new DeviceToken("the-secret").hash()).execute());
        List<String> arrived = new CopyOnWriteArrayList<>();
        MqttClient client = connect("provision", arrived);
        assertThat(client.subscribe("devices/TB-1/#", 0).getReasonCodes()).containsExactly(0x87);
        client.subscribe("/provision/response", 1);
        String request = "{\"deviceName\":\"TB-NEW\",\"provisionDeviceKey\":\"pk-1\",\"provisionDeviceSecret\":\"%s\"}";
        publish(client, "/provision/request", request.formatted("guessed"));
        Harness.await("the refusal", () -> arrived.size() == 1);
        assertThat(arrived.getFirst()).startsWith("/provision/response {\"status\":\"NOT_FOUND\"");
        publish(client, "/provision/request", request.formatted("the-secret"));
        Harness.await("the token", () -> arrived.size() == 2);
        assertThat(arrived.get(1)).startsWith("/provision/response {\"status\":\"SUCCESS\"");
        String token = Json.parse(arrived.get(1).substring("/provision/response ".length()))
                .path("credentialsValue").asText();
        client.disconnect();
        MqttClient device = connect(token, arrived);
        publish(device, "v1/devices/me/telemetry", "{\"temp\":1}");
        device.disconnect();
        assertThat(harness.one(Integer.class, """
                SELECT count(*) FROM ingest.sample s JOIN fleet.device d ON d.number = s.device
                WHERE d.id = 'TB-NEW'""")).isEqualTo(1);
    }
}
