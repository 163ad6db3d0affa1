package io.aftercare.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.Mosquitto;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.Zstd;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.device.VirtualDevice;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.misbehaviour.MisbehaviourPlan;
import io.aftercare.simulator.ota.FirmwareServer;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.Signer;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.upload.UploadServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole devices against a broker that only passes messages on, with the test in the backend's part.
class FleetIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DeviceSettings QUICK = new DeviceSettings(Duration.ofMillis(50),
            Duration.ofMillis(100), 1_000, Pace.SHOW);

    @TempDir
    Path folder = Path.of("");

    private final List<String> statuses = new CopyOnWriteArrayList<>();
    private final List<JsonNode> states = new CopyOnWriteArrayList<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<JsonNode> results = new CopyOnWriteArrayList<>();
    /// What chunks were asked of, and what they are cut from where it is not the usual image.
    private final List<String> units = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> others = new ConcurrentHashMap<>();

    private static OtaSettings ota(boolean overMqtt) {
        return new OtaSettings(overMqtt, 16_384, Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(20));
    }

    private Fleet fleet(Mosquitto mosquitto, URI http, Signer signer, boolean overMqtt) throws IOException {
        return new Fleet(new Fleet.Setup(List.of(new Credential("LP-1", "LP-2000", "secret")),
                new Broker("127.0.0.1", mosquitto.port()), http, signer.trusted(), "",
                folder.resolve("state"), QUICK,
                ota(overMqtt), FaultPlan.NOTHING, 1));
    }

    private MqttAsyncClient backend(Mosquitto mosquitto, byte[] image) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + mosquitto.port(), "backend",
                new MemoryPersistence());
        client.connect(new MqttConnectionOptions()).waitForCompletion(10_000);
        List<MqttSubscription> wanted = new ArrayList<>();
        for (String topic : List.of("ota/status", "state", "event", "actions/+/result", "ota/+/chunk/+")) {
            wanted.add(new MqttSubscription("devices/+/" + topic, 1));
        }
        client.setCallback(new Dispatcher((topic, message) -> heard(client, topic, message, image)));
        client.subscribe(wanted.toArray(MqttSubscription[]::new)).waitForCompletion(10_000);
        return client;
    }

    private void heard(MqttAsyncClient client, String topic, MqttMessage message, byte[] usual) {
        try {
            if (topic.contains("/chunk/")) {
                units.add(topic.replaceAll(".*/ota/([^/]+)/chunk/.*", "$1"));
                byte[] image = Objects.requireNonNullElse(others.get(units.getLast()), usual);
                int size = Integer.parseInt(new String(message.getPayload(), StandardCharsets.US_ASCII));
                int from = Integer.parseInt(topic.replaceAll(".*/", "")) * size;
                byte[] chunk = Arrays.copyOfRange(image, Math.min(from, image.length),
                        Math.min(image.length, from + size));
                client.publish(topic + "/data", chunk, 1, false);
                return;
            }
            JsonNode json = JSON.readTree(message.getPayload());
            if (topic.endsWith("/ota/status")) {
                statuses.add(json.path("state").asText()
                        + (json.has("error") ? ": " + json.path("error").asText() : ""));
            } else if (topic.endsWith("/state")) {
                states.add(json);
            } else if (topic.endsWith("/event")) {
                events.add(json);
            } else {
                results.add(json);
            }
        } catch (IOException | MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void offer(MqttAsyncClient client, ObjectNode offer) throws MqttException {
        client.publish("devices/LP-1/ota/offer", offer.toString().getBytes(StandardCharsets.UTF_8), 1, false)
                .waitForCompletion(10_000);
    }

    @Test
    void aSignedFixArrivesByHttpAndABadOneIsRolledBack() throws Exception {
        Signer signer = new Signer();
        byte[] good = Signer.image("{\"version\":\"2.4.0\",\"behaviour\":{\"fuserControl\":\"fixed\"}}",
                200_000);
        byte[] bad = Signer.image("{\"version\":\"2.5.0\",\"selfCheck\":\"the fuser does not answer\"}", 100);
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                FirmwareServer goodServer = new FirmwareServer(good);
                FirmwareServer badServer = new FirmwareServer(bad);
                Fleet fleet = fleet(mosquitto, goodServer.base(), signer, false)) {
            MqttAsyncClient backend = backend(mosquitto, good);
            fleet.start();
            VirtualDevice device = fleet.devices().getFirst();
            Waiting.until("up", () -> device.isUp() && !states.isEmpty());
            offer(backend, signer.offer("r1", Signer.manifest("2.4.0", 240, good), "/fw"));
            Waiting.until("confirmed", () -> statuses.contains("confirmed"));
            assertThat(statuses).startsWith("accepted", "downloading").endsWith("downloaded", "verifying",
                    "installing",
                    "rebooting", "confirmed");
            assertThat(states.getLast().path("firmware").asText()).isEqualTo("2.4.0");
            assertThat(states.getLast().path("slot").asText()).isEqualTo("B");
            assertThat(events).extracting(event -> event.path("code").asText()).containsExactly("boot",
                    "boot");
            statuses.clear();
            offer(backend, signer.offer("r2", Signer.manifest("2.5.0", 250, bad), badServer.base() + "/fw"));
            Waiting.until("rolled back",
                    () -> statuses.stream().anyMatch(each -> each.startsWith("rolled_back")));
            assertThat(statuses.getLast()).contains("the fuser does not answer");
            assertThat(device.firmwareVersion()).isEqualTo("2.4.0");
            statuses.clear();
            offer(backend, signer.offer("r0", Signer.manifest("2.3.9", 239, good), "/fw"));
            Waiting.until("refused", () -> !statuses.isEmpty());
            assertThat(statuses.getFirst()).startsWith("failed: refused, rollback");
            backend.disconnect().waitForCompletion(5_000);
            backend.close();
        }
    }

    @Test
    void firmwareComesOverMqttAloneToo() throws Exception {
        Signer signer = new Signer();
        byte[] image = Signer.image("{\"version\":\"2.4.0\"}", 100_000);
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                Fleet fleet = fleet(mosquitto, URI.create("http://127.0.0.1:1"), signer, true)) {
            MqttAsyncClient backend = backend(mosquitto, image);
            fleet.start();
            Waiting.until("up", () -> fleet.up() == 1 && !states.isEmpty());
            offer(backend, signer.offer("r1", Signer.manifest("2.4.0", 240, image), "/not-used"));
            Waiting.until("confirmed", () -> statuses.contains("confirmed"));
            assertThat(fleet.devices().getFirst().firmwareVersion()).isEqualTo("2.4.0");
            backend.disconnect().waitForCompletion(5_000);
            backend.close();
        }
    }

    @Test
    void aDeviceThatHasTheFormerFirmwareFetchesThePatchAlone() throws Exception {
        Signer signer = new Signer();
        byte[] old = Signer.image("{\"version\":\"2.4.0\"}", 300_000);
        byte[] made = Signer.image("{\"version\":\"2.5.0\"}", 300_000);
        byte[] patch = Zstd.patch(folder, old, made, "-3");
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                Fleet fleet = fleet(mosquitto, URI.create("http://127.0.0.1:1"), signer, true)) {
            MqttAsyncClient backend = backend(mosquitto, old);
            fleet.start();
            Waiting.until("up", () -> fleet.up() == 1 && !states.isEmpty());
            offer(backend, signer.offer("r1", Signer.manifest("2.4.0", 240, old), "/not-used"));
            Waiting.until("confirmed", () -> statuses.contains("confirmed"));
            assertThat(units).containsOnly("r1");
            units.clear();
            statuses.clear();
            ObjectNode manifest = Signer.manifest("2.5.0", 250, made);
            ((ObjectNode) manifest.at("/artifacts/0")).putArray("deltas").addObject()
                    .put("from", Signer.sha256(old)).put("name", "d.zst").put("size", patch.length)
                    .put("sha256", Signer.sha256(patch)).put("format", "zstd-patch-from");
            others.put("r2.d1", patch);
            offer(backend, signer.offer("r2", manifest, "/not-used"));
            Waiting.until("confirmed again", () -> statuses.contains("confirmed"));
            assertThat(units).containsOnly("r2.d1");
            assertThat(fleet.devices().getFirst().firmwareVersion()).isEqualTo("2.5.0");
            backend.disconnect().waitForCompletion(5_000);
            backend.close();
        }
    }

    @Test
    void actionsAreAnsweredAndARequestedRebootIsToldAsSuch() throws Exception {
        Signer signer = new Signer();
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                Fleet fleet = fleet(mosquitto, URI.create("http://127.0.0.1:1"), signer, false)) {
            MqttAsyncClient backend = backend(mosquitto, new byte[0]);
            fleet.start();
            Waiting.until("up", () -> fleet.up() == 1 && !events.isEmpty());
            for (String action : List.of("self_test", "get_logs", "restart_heater", "dance", "reboot")) {
                backend.publish("devices/LP-1/actions/" + action,
                        ("{\"action\":\"" + action + "\"}").getBytes(StandardCharsets.UTF_8), 1, false)
                        .waitForCompletion(10_000);
            }
            Waiting.until("all answers", () -> results.size() == 6);
            assertThat(results).extracting(result -> result.path("status").asText()).containsExactly(
                    "succeeded",
                    "succeeded", "succeeded", "rejected", "running", "succeeded");
            assertThat(results.get(3).path("error").asText()).contains("dance").contains("restart_heater");
            assertThat(events.getLast().at("/data/requested").asBoolean()).isTrue();
            backend.publish("devices/LP-1/desired",
                    "{\"interval\":2.5,\"tray\":\"A5\",\"fuserLimit\":210,\"desiredVersion\":3}"
                            .getBytes(StandardCharsets.UTF_8),
                    1, false).waitForCompletion(10_000);
            Waiting.until("desired is reported", () -> states.getLast().path("tray").asText().equals("A5"));
            assertThat(states.getLast().path("interval").asDouble()).isEqualTo(2.5);
            assertThat(states.getLast().path("fuserLimit").asDouble()).as("locked").isEqualTo(230);
            assertThat(states.getLast().path("desiredVersion").asInt()).isEqualTo(3);
            backend.disconnect().waitForCompletion(5_000);
            backend.close();
        }
    }

    @Test
    void aCrashLoopTellsEachCrashAndComesBack() throws Exception {
        DeviceSettings crashing = new DeviceSettings(QUICK.interval(), QUICK.bootTime(), QUICK.samplesMax(),
                QUICK.pace(), MisbehaviourPlan.parse(List.of("crash-loop@0s:LP-1")));
        try (Mosquitto mosquitto = Mosquitto.start(folder);
                UploadServer uploads = new UploadServer(1, 0);
                Fleet fleet = new Fleet(new Fleet.Setup(List.of(new Credential("LP-1", "LP-2000", "secret")),
                        new Broker("127.0.0.1", mosquitto.port()), uploads.base(), new Signer().trusted(), "",
                        folder.resolve("state"), crashing, ota(false), FaultPlan.NOTHING, 1))) {
            MqttAsyncClient backend = backend(mosquitto, new byte[0]);
            fleet.start();
            Waiting.until("two crashes", () -> events.size() >= 5);
            assertThat(events).extracting(event -> event.path("code").asText()).startsWith("boot", "crash",
                    "boot", "crash", "boot");
            assertThat(events.get(2).at("/data/requested").asBoolean()).isFalse();
            assertThat(events.get(1).at("/data/id").asText())
                    .isNotEqualTo(events.get(3).at("/data/id").asText());
            assertThat(events.get(1).at("/data/threads")).as("the same place")
                    .isEqualTo(events.get(3).at("/data/threads"));
            Waiting.until("the dump", uploads::isComplete);
            backend.disconnect().waitForCompletion(5_000);
            backend.close();
        }
    }
}
