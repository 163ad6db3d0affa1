package io.aftercare.server.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One campaign, two devices of other makers' protocols: one speaks ThingsBoard's over MQTT, one hawkBit's over HTTP.
class ForeignProtocolsIT {
    private static final String MODEL = "LP-2000";
    private static final int CHUNK_BYTES = 4096;
    private static final byte[] IMAGE = new byte[10_000];

    static {
        new Random(5).nextBytes(IMAGE);
    }

    @TempDir
    private Path folder = Path.of("");

    private record Message(String topic, byte[] payload) {}

    private final BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();

    @Test
    void bothAreUpdatedByOneCampaign() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http());
                HttpClient http = HttpClient.newHttpClient()) {
            String mqttToken = admin.register(MODEL, "TB-1");
            Polling polling = new Polling(http, backend.http() + "/DEFAULT/controller/v1/HB-1",
                    "TargetToken " + admin.register(MODEL, "HB-1"));
            MqttClient thingsboard = connect(backend, mqttToken);
            say(thingsboard,
                    "{\"current_fw_title\":\"%s\",\"current_fw_version\":\"2.3.0\"}".formatted(MODEL));
            polling.states("2.3.0");
            admin.await("/api/v1/devices/HB-1", device -> device.path("firmware").asText().equals("2.3.0"));
            admin.await("/api/v1/devices/TB-1", device -> device.path("firmware").asText().equals("2.3.0"));
            String campaign = running(backend, admin);

            update(thingsboard);
            polling.update(admin);
            JsonNode end = admin.await("/api/v1/campaigns/" + campaign,
                    it -> it.path("state").asText().equals("finished"));
            assertThat(end.path("counts").path("confirmed").asInt()).isEqualTo(2);
            thingsboard.disconnect();
            thingsboard.close();
        }
    }

    private MqttClient connect(BackendProcess backend, String token) throws Exception {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + backend.mqttPort(), "any",
                new MemoryPersistence());
        client.setTimeToWait(20_000);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(token);
        client.connect(options);
        for (String filter : List.of("v2/fw/response/+/chunk/+", "v2/fw/error", "v1/devices/me/attributes",
                "v1/devices/me/attributes/response/+")) {
            client.subscribe(filter, 1,
                    (topic, message) -> arrived.add(new Message(topic, message.getPayload())));
        }
        return client;
    }

    private static void say(MqttClient client, String telemetry) throws Exception {
        client.publish("v1/devices/me/telemetry", telemetry.getBytes(UTF_8), 1, false);
    }

    private Message next(String topic) throws InterruptedException {
        while (true) {
            Message message = arrived.poll(30, TimeUnit.SECONDS);
            assertThat(message).as("a message on " + topic).isNotNull();
            if (message != null && message.topic().equals(topic)) {
                return message;
            }
        }
    }

    private void update(MqttClient device) throws Exception {
        JsonNode told = Json.parse(new String(next("v1/devices/me/attributes").payload(), UTF_8));
        assertThat(told.path("fw_version").asText()).isEqualTo("2.4.0");
        assertThat(told.path("fw_checksum").asText()).isEqualTo(Sha256.hex(IMAGE));
        device.publish("v1/devices/me/attributes/request/1",
                "{\"sharedKeys\":\"fw_title,fw_version,fw_size\"}".getBytes(UTF_8), 1, false);
        assertThat(Json.parse(new String(next("v1/devices/me/attributes/response/1").payload(), UTF_8))
                .path("shared").path("fw_size").asInt()).isEqualTo(IMAGE.length);
        say(device, "{\"fw_state\":\"DOWNLOADING\"}");
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        for (int n = 0; n == 0 || image.size() == n * CHUNK_BYTES; n++) {
            String size = n == 0 ? Integer.toString(CHUNK_BYTES) : "";
            device.publish("v2/fw/request/9/chunk/" + n, size.getBytes(UTF_8), 1, false);
            image.writeBytes(next("v2/fw/response/9/chunk/" + n).payload());
        }
        assertThat(image.toByteArray()).isEqualTo(IMAGE);
        for (String state : List.of("DOWNLOADED", "VERIFIED", "UPDATING")) {
            say(device, "{\"fw_state\":\"" + state + "\"}");
        }
        say(device, "{\"current_fw_title\":\"%s\",\"current_fw_version\":\"2.4.0\",\"fw_state\":\"UPDATED\"}"
                .formatted(MODEL));
    }

    /// A device that speaks hawkBit's protocol.
    private record Polling(HttpClient http, String base, String authorization) {
        private String send(String method, String url, String body) throws Exception {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization)
                            .method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(url + " " + answer.body()).isEqualTo(200);
            return answer.body();
        }

        void states(String version) throws Exception {
            send("PUT", base + "/configData", "{\"data\":{\"version\":\"%s\"}}".formatted(version));
        }

        void update(StaffClient admin) throws Exception {
            admin.await("/api/v1/campaigns/C1/devices", list -> list.path("items").size() == 2
                    && !list.path("items").toString().contains("pending"));
            String todo = Json.parse(send("GET", base, "")).path("_links").path("deploymentBase").path("href")
                    .asText();
            JsonNode artifact = Json.parse(send("GET", todo, "")).path("deployment").path("chunks").get(0)
                    .path("artifacts").get(0);
            assertThat(artifact.path("hashes").path("sha256").asText()).isEqualTo(Sha256.hex(IMAGE));
            assertThat(send("GET", artifact.path("_links").path("download").path("href").asText(), ""))
                    .isNotEmpty();
            send("POST", todo.substring(0, todo.indexOf('?')) + "/feedback",
                    "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}}}");
            states("2.4.0");
        }
    }

    private String running(BackendProcess backend, StaffClient admin) throws Exception {
        admin.post("/api/v1/users", Map.of("username", "approver", "password", "let it go then", "roles",
                List.of("release-approver"))).expect(201);
        StaffApi team = StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD);
        String release = team.postParts("/releases", firmware(admin)).orFail().path("id").asText();
        JsonNode campaign = Json.parse("""
                {"name": "all", "release": "%s", "stages": [{"percent": 100}], "gate": {"soak": "PT0S"}}"""
                .formatted(release));
        String id = admin.post("/api/v1/campaigns", campaign).expect(201).path("id").asText();
        StaffApi approver = StaffApi.login(backend.http().toString(), "approver", "let it go then");
        approver.post("/campaigns/" + id + "/approve").orFail();
        team.post("/campaigns/" + id + "/start").orFail();
        return id;
    }

    private Multipart firmware(StaffClient admin) throws Exception {
        KeygenTool.run(folder, System.out, System.err);
        admin.post("/api/v1/signing-keys",
                Map.of("name", "release", "publicKey", Files.readString(folder.resolve("release.pub"))))
                .expect(201);
        Path image = Files.write(folder.resolve("printer.swu"), IMAGE);
        ObjectNode manifest = Json.object().put("product", MODEL).put("counter", 240).put("version", "2.4.0")
                .put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        Path envelope = folder.resolve("envelope.json");
        Path plain = Files.writeString(folder.resolve("manifest.json"), Json.text(manifest));
        assertThat(SignTool.run(folder.resolve("release.key"), "release", plain, envelope, List.of(image),
                System.out, System.err)).isZero();
        return new Multipart().file("envelope", envelope, "application/json").file("artifact", image,
                "application/octet-stream");
    }
}
