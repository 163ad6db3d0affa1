package io.aftercare.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.Listener;
import io.aftercare.ingest.telemetry.Format;
import io.aftercare.ingest.telemetry.Quarantine;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeviceHttpIT {
    private static Harness harness;
    private static TestApi api;

    @BeforeAll
    static void start() {
        harness = new Harness();
        Operations operations = new Operations();
        harness.ingest.bind(operations);
        api = new TestApi(Vertx.vertx(), List.of("ingest"), operations,
                _ -> new Principal("ana", Set.of(Role.ENGINEER), "", ""), new Idempotency(harness.database));
    }

    @AfterAll
    static void stop() {
        api.close();
        harness.close();
    }

    private static HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
        return api.client().send(HttpRequest.newBuilder(api.uri(path)).headers(headers)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> telemetry(String id, String type, byte[] body) throws Exception {
        return post("/device/v1/" + id + "/telemetry", body, "Content-Type", type, "Authorization",
                "Bearer " + Harness.token(id));
    }

    private static int samples(Device device) {
        return harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number());
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void everyFormatIsStoredBeforeItIsAnswered() throws Exception {
        Device device = harness.device("H-1");
        assertThat(
                telemetry("H-1", "application/json; charset=utf-8", "{\"a\":1}".getBytes(UTF_8)).statusCode())
                .isEqualTo(204);
        assertThat(telemetry("H-1", "application/cbor", HexFormat.of().parseHex("a1616102")).statusCode())
                .isEqualTo(204);
        assertThat(telemetry("H-1", "application/senml+json", "[{\"n\":\"a\",\"v\":3}]".getBytes(UTF_8))
                .statusCode()).isEqualTo(204);
        assertThat(telemetry("H-1", "application/senml+cbor", HexFormat.of().parseHex("81a20061610204"))
                .statusCode()).isEqualTo(204);
        assertThat(samples(device)).isEqualTo(4);
        assertThat(post("/api/v1/" + Harness.token("H-1") + "/telemetry", "{\"a\":5}".getBytes(UTF_8),
                "Content-Type", "application/json").statusCode()).isEqualTo(200);
        assertThat(samples(device)).isEqualTo(5);
        assertThat(telemetry("H-1", "text/plain", new byte[]{'1'}).statusCode()).isEqualTo(415);
        assertThat(post("/device/v1/H-1/telemetry", "{}".getBytes(UTF_8), "Content-Type", "application/json",
                "Authorization", "Bearer wrong-token-wrong").statusCode()).isEqualTo(401);
        assertThat(post("/api/v1/wrong-token-wrong/telemetry", "{}".getBytes(UTF_8), "Content-Type",
                "application/json").statusCode()).isEqualTo(401);
    }

    @Test
    void whoSpeaksHttpIsSeenToo() throws Exception {
        Device device = harness.device("H-9");
        assertThat(harness.ingest.sessions().heard(device.id())).isEmpty();
        telemetry("H-9", "application/json", "{\"a\":1}".getBytes(UTF_8));
        assertThat(harness.ingest.sessions().heard(device.id())).isPresent();
    }

    @Test
    void badOnesAreToldTheReasonAndKept() throws Exception {
        harness.device("H-2");
        HttpResponse<String> bad = telemetry("H-2", "application/json", "{\"a\":NaN}".getBytes(UTF_8));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("NaN");
        String auth = "Bearer " + Harness.token("H-2");
        assertThat(post("/device/v1/H-2/event", "{\"level\":\"info\"}".getBytes(UTF_8), "Content-Type",
                "application/json", "Authorization", auth).body()).contains("code of 1 to 64");
        assertThat(post("/device/v1/H-2/event", "{\"code\":\"boot\"}".getBytes(UTF_8), "Content-Type",
                "application/json", "Authorization", auth).statusCode()).isEqualTo(204);
        TestApi.Answer kept = api.send("GET", "/api/v1/devices/H-2/quarantine", null);
        assertThat(kept.json().path("items")).hasSize(2);
        assertThat(kept.json().path("items").get(1).path("code").asText()).isEqualTo("not-finite");
        assertThat(kept.json().path("items").get(1).path("format").asText()).isEqualTo("json");
        String id = kept.json().path("items").get(0).path("id").asText();
        assertThat(api.send("POST", "/api/v1/devices/H-2/quarantine/" + id + "/replay", null).status())
                .isEqualTo(422);
        assertThat(api.send("DELETE", "/api/v1/devices/H-2/quarantine/" + id, null).status()).isEqualTo(204);
        assertThat(api.send("GET", "/api/v1/quarantine?model=printer", null).text()).contains("not-finite");
        TestApi.Answer bulk = api.send("POST", "/api/v1/quarantine/replay", "{\"code\":\"not-finite\"}");
        assertThat(bulk.json().path("bad").asInt()).as(bulk.text()).isPositive();
    }

    @Test
    void packedBodiesAreTakenAndABombIsNot() throws Exception {
        Device device = harness.device("H-3");
        String auth = "Bearer " + Harness.token("H-3");
        String[] headers = {"Content-Type", "application/json", "Content-Encoding", "gzip", "Authorization",
                auth};
        assertThat(post("/device/v1/H-3/telemetry", gzip("{\"a\":1}".getBytes(UTF_8)), headers).statusCode())
                .isEqualTo(204);
        HttpResponse<String> bomb = post("/device/v1/H-3/telemetry", gzip(new byte[200_000_000]), headers);
        assertThat(bomb.statusCode()).as(bomb.body()).isEqualTo(422);
        assertThat(bomb.body()).contains("64 KiB");
        assertThat(post("/device/v1/H-3/telemetry", "no gzip".getBytes(UTF_8), headers).statusCode())
                .isEqualTo(400);
        assertThat(samples(device)).isEqualTo(1);
    }

    @Test
    void whatIsWantedReachesTheDeviceAndItsAttributesAndVisitsAreShown() throws Exception {
        harness.device("H-4");
        List<String> arrived = new CopyOnWriteArrayList<>();
        MqttClient client = harness.client("H-4");
        client.setCallback(new Listener() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                arrived.add(topic + " " + new String(message.getPayload(), UTF_8));
            }
        });
        client.publish("devices/H-4/state", "{\"interval\":10,\"mode\":\"a\"}".getBytes(UTF_8), 1, false);
        client.subscribe("devices/H-4/#", 1);
        TestApi.Answer wanted = api.send("PATCH", "/api/v1/devices/H-4/desired",
                "{\"interval\":10.0,\"speed\":3}");
        assertThat(wanted.json().path("delta")).as(wanted.text()).isEqualTo(Json.parse("{\"speed\":3}"));
        Harness.await("what is wanted", () -> !arrived.isEmpty());
        assertThat(arrived).containsExactly("devices/H-4/desired {\"speed\":3}");
        client.publish("devices/H-4/telemetry",
                "{\"ts\":1700000000000,\"values\":{\"mode\":\"x\"}}".getBytes(UTF_8),
                1, false);
        client.publish("devices/H-4/telemetry",
                "{\"ts\":1700000001000,\"values\":{\"mode\":\"y\"}}".getBytes(UTF_8),
                1, false);
        assertThat(api.send("GET", "/api/v1/devices/H-4/attributes", null).json().path("items").get(0)
                .path("value").asText()).isEqualTo("y");
        assertThat(api.send("GET", "/api/v1/devices/H-4/attributes/history?name=mode&limit=1", null).json()
                .path("next").asText()).isEqualTo("2023-11-14T22:13:21Z/mode");
        client.disconnect();
        Harness.await("the log", () -> api("/api/v1/devices/H-4/connectivity").path("items").size() == 2);
        var left = api("/api/v1/devices/H-4/connectivity").path("items").get(0);
        assertThat(left.path("connected").asBoolean()).isFalse();
        assertThat(left.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(left.path("protocol").asText()).isEqualTo("MQTT 5.0");
        assertThat(left.path("seconds").isNumber()).isTrue();
    }

    @Test
    void whatTheDatabaseRefusesIsToldOnceAndKept() throws Exception {
        Device device = harness.device("H-5");
        harness.database.jdbi().useHandle(handle -> handle.execute(
                "ALTER TABLE ingest.event ADD CONSTRAINT odd CHECK (code <> 'odd')"));
        HttpResponse<String> refused = post("/device/v1/H-5/event", "{\"code\":\"odd\"}".getBytes(UTF_8),
                "Content-Type", "application/json", "Authorization", "Bearer " + Harness.token("H-5"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        String path = "/api/v1/devices/H-5/quarantine";
        var kept = api(path).path("items");
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).path("code").asText()).isEqualTo("refused");
        // Still refused when it is read again, which is nobody's fault here.
        assertThat(api.send("POST", path + "/" + kept.get(0).path("id").asText() + "/replay", null).status())
                .isEqualTo(422);
        assertThat(api.send("POST", "/api/v1/quarantine/replay", "{\"code\":\"refused\"}").json())
                .isEqualTo(Json.parse("{\"stored\":0,\"bad\":1}"));
        harness.database.jdbi()
                .useHandle(handle -> handle.execute("ALTER TABLE ingest.event DROP CONSTRAINT odd"));
        assertThat(api.send("POST", "/api/v1/quarantine/replay", "{\"code\":\"refused\"}").json())
                .isEqualTo(Json.parse("{\"stored\":1,\"bad\":0}"));
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.event WHERE device = " + device.number())).isEqualTo(1);
    }

    @Test
    void manyAreReplayedWithoutHoldingThemAll() throws Exception {
        Device device = harness.device("H-7");
        List<Quarantine.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            byte[] payload = ("{\"code\":\"c" + i + "\"}").getBytes(UTF_8);
            entries.add(new Quarantine.Entry(device, Instant.now(), "event", "many", "a test's", Format.JSON,
                    payload, false));
        }
        harness.database.useTransaction(handle -> Quarantine.append(handle.getConnection(), entries));
        int stored = 0;
        String after = "0";
        for (int asked = 0; asked < 5 && after != null; asked++) {
            var answer = send("POST", "/api/v1/quarantine/replay",
                    "{\"code\":\"many\",\"after\":" + after + "}");
            stored += answer.path("stored").asInt();
            assertThat(answer.path("bad").asInt()).isZero();
            after = answer.has("next") ? answer.path("next").asText() : null;
        }
        assertThat(stored).isEqualTo(120);
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.event WHERE device = " + device.number())).isEqualTo(120);
        assertThat(api("/api/v1/devices/H-7/quarantine").path("items")).isEmpty();
    }

    @Test
    void changesOfOneMomentAreOnOnePageOrTheNext() throws Exception {
        harness.device("H-6");
        assertThat(telemetry("H-6", "application/json",
                "{\"ts\":1700000000000,\"values\":{\"a\":\"x\",\"b\":\"y\",\"c\":\"z\"}}".getBytes(UTF_8))
                .statusCode()).isEqualTo(204);
        List<String> names = new ArrayList<>();
        String path = "/api/v1/devices/H-6/attributes/history?limit=1";
        for (String next = ""; next != null;) {
            var page = api(path + (next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, UTF_8)));
            page.path("items").forEach(item -> names.add(item.path("name").asText()));
            next = page.path("next").textValue();
        }
        assertThat(names).containsExactly("a", "b", "c");
        assertThat(api.send("GET", path + "&cursor=a", null).status()).isEqualTo(400);
    }

    private static JsonNode api(String path) {
        return send("GET", path, null);
    }

    private static JsonNode send(String method, String path, @Nullable String body) {
        try {
            return api.send(method, path, body).json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
