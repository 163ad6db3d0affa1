package io.aftercare.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.http.Authenticator;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.Listener;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Desired states by HTTP, and what devices hear and say of them by MQTT.
class DesiredIT {
    private static Harness harness;
    private static TestApi api;

    @BeforeAll
    static void start() {
        harness = new Harness();
        Operations operations = new Operations();
        harness.ingest.bind(operations);
        api = new TestApi(Vertx.vertx(), List.of("ingest"), operations, DesiredIT::who,
                new Idempotency(harness.database));
    }

    @AfterAll
    static void stop() {
        api.close();
        harness.close();
    }

    /// `Bearer name:role:region:outlet`; an engineer without one.
    private static Principal who(Authenticator.Credentials credentials) {
        String bearer = Objects.requireNonNullElse(credentials.headers().get("Authorization"),
                "Bearer eve:engineer::");
        String[] parts = bearer.replace("Bearer ", "").split(":", -1);
        return new Principal(parts[0], Set.of(Role.parse(parts[1]).orElseThrow()), parts[2], parts[3]);
    }

    private static TestApi.Answer send(String method, String path, @Nullable String body, String... headers)
            throws Exception {
        return api.send(method, "/api/v1/devices" + path, body, headers);
    }

    private static Device device(String id, String configuration) {
        harness.database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO fleet.product (model, name, document)
                VALUES (?, ?, jsonb_build_object('configuration', ?::jsonb))""", "of-" + id, id,
                configuration));
        harness.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.device (id, model, token_hash) VALUES (?, ?, ?)", id, "of-" + id,
                new DeviceToken(Harness.token(id)).hash()));
        return harness.devices.find(new DeviceId(id)).orElseThrow();
    }

    private static void report(Device device, String state) {
        harness.ingest.reported(device, Json.parse(state));
    }

    private static String states(String id) throws Exception {
        StringBuilder states = new StringBuilder();
        send("GET", "/" + id + "/state", null).json().path("keys").properties().forEach(entry -> states
                .append(entry.getKey()).append(' ').append(entry.getValue().path("state").asText())
                .append(' '));
        return states.toString().strip();
    }

    @Test
    void wishesMakeVersionsThatTellWhoWhenAndWhy() throws Exception {
        harness.device("V-1");
        TestApi.Answer first = send("PATCH", "/V-1/desired?why=too%20loud&ticket=T1", "{\"mode\":\"quiet\"}");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().path("version").asInt()).isEqualTo(1);
        assertThat(send("PATCH", "/V-1/desired", "{\"mode\":\"loud\",\"led\":3}", "If-Match", "\"1\"").json()
                .path("version").asInt()).isEqualTo(2);
        assertThat(send("PATCH", "/V-1/desired", "{\"led\":3}").json().path("version").asInt())
                .as("nothing new makes no version").isEqualTo(2);
        TestApi.Answer late = send("PATCH", "/V-1/desired", "{\"led\":4}", "If-Match", "\"1\"");
        assertThat(late.status()).isEqualTo(412);
        JsonNode versions = send("GET", "/V-1/desired/versions", null).json().path("items");
        assertThat(versions).hasSize(2);
        assertThat(versions.get(0).path("changes").toString()).isEqualTo(
                "[{\"key\":\"led\",\"to\":3},{\"key\":\"mode\",\"from\":\"quiet\",\"to\":\"loud\"}]");
        assertThat(versions.get(1).path("why").asText()).isEqualTo("too loud");
        assertThat(versions.get(1).path("by").asText()).isEqualTo("eve");
        TestApi.Answer back = send("POST", "/V-1/desired/rollback", "{\"to\":1,\"why\":\"as it was\"}");
        assertThat(back.json().path("version").asInt()).isEqualTo(3);
        assertThat(back.json().path("desired").toString()).isEqualTo("{\"mode\":\"quiet\"}");
        assertThat(send("GET", "/V-1/desired/versions?limit=1", null).json().path("items").get(0)
                .path("restores").asInt()).isEqualTo(1);
        assertThat(send("POST", "/V-1/desired/rollback", "{\"to\":17}").status()).isEqualTo(400);
        assertThat(harness.one(String.class, """
                SELECT string_agg(action, ' ' ORDER BY id) FROM fleet.audit WHERE object = 'device/V-1'"""))
                .isEqualTo("device.desire device.desire device.desire device.desire.refuse"
                        + " device.desire.rollback device.desire.rollback.refuse");
    }

    @Test
    void whatIsLockedStaysAsItIs() throws Exception {
        device("L-1", "{\"locked\":[\"country\"],\"why\":true}");
        assertThat(send("PATCH", "/L-1/desired", "{\"led\":1}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("detail").asText()).contains("needs a reason");
        });
        assertThat(send("PATCH", "/L-1/desired?why=a", "{\"country\":\"DE\"}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("detail").asText()).contains("country", "role firmware");
        });
        assertThat(send("PATCH", "/L-1/desired?why=a", "{\"country\":\"DE\"}", "Authorization",
                "Bearer fred:firmware::").status()).isEqualTo(200);
        String lock = "{\"keys\":[\"led\"],\"why\":\"we measure\"}";
        assertThat(send("PUT", "/L-1/desired/locks", lock).status()).isEqualTo(428);
        assertThat(send("PUT", "/L-1/desired/locks", lock, "If-Match", "\"0\"").status()).isEqualTo(200);
        assertThat(send("PUT", "/L-1/desired/locks", lock, "If-Match", "\"0\"").status()).isEqualTo(412);
        assertThat(send("PATCH", "/L-1/desired?why=a", "{\"led\":2}", "Authorization",
                "Bearer fred:firmware::")).satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(409);
                    assertThat(answer.json().path("detail").asText()).contains("eve", "we measure", "led");
                });
        assertThat(send("POST", "/L-1/desired/rollback", "{\"to\":0,\"why\":\"a\"}").status())
                .as("a way round the product's lock").isEqualTo(403);
        assertThat(send("PUT", "/L-1/desired/locks", "{\"keys\":[]}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(send("PATCH", "/L-1/desired?why=a", "{\"led\":2}").status()).isEqualTo(200);
        assertThat(send("PATCH", "/L-1/desired?why=a", "{\"led\":3}", "Authorization",
                "Bearer una:engineer:us:").status()).as("another region").isEqualTo(403);
    }

    @Test
    void valuesFitTheProductsSchema() throws Exception {
        device("S-1", """
                {"schema":{"type":"object","properties":{"led":{"type":"integer","maximum":10}},
                "additionalProperties":false}}""");
        assertThat(send("PATCH", "/S-1/desired", "{\"led\":11}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo("led");
        });
        assertThat(send("PATCH", "/S-1/desired", "{\"lamp\":1}").status()).isEqualTo(400);
        assertThat(send("PATCH", "/S-1/desired", "{\"led\":10}").status()).isEqualTo(200);
        assertThat(send("PATCH", "/S-1/desired", "{\"desiredVersion\":10}").status()).isEqualTo(400);
        harness.device("S-2");
        assertThat(send("PATCH", "/S-2/desired", "{\"a\":\"\\u0000\"}").status()).isEqualTo(400);
        assertThat(send("PATCH", "/S-2/desired", "{\"a\":\"" + "x".repeat(33_000) + "\"}").status())
                .isEqualTo(400);
    }

    @Test
    void aDeviceThatCountsVersionsSaysThatItDoesNotFollow() throws Exception {
        Device device = harness.device("C-1");
        report(device, "{\"firmware\":\"1\",\"mode\":\"loud\",\"desiredVersion\":0}");
        ArrayBlockingQueue<String> heard = new ArrayBlockingQueue<>(10);
        MqttClient client = harness.client("C-1");
        client.setCallback(new Listener() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                heard.add(new String(message.getPayload(), StandardCharsets.UTF_8));
            }
        });
        client.subscribe("devices/C-1/desired", 1);
        assertThat(send("PATCH", "/C-1/desired", "{\"mode\":\"quiet\"}").json().path("sent").asBoolean())
                .isTrue();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("{\"mode\":\"quiet\",\"desiredVersion\":1}");
        assertThat(states("C-1")).isEqualTo("mode pending");
        client.publish("devices/C-1/state", new MqttMessage(
                "{\"mode\":\"loud\",\"desiredVersion\":1}".getBytes(StandardCharsets.UTF_8)));
        Harness.await("the report", () -> harness.one(Integer.class, """
                SELECT count(*) FROM ingest.desired_key k JOIN fleet.device d ON d.number = k.device
                WHERE d.id = 'C-1' AND k.state = 'drifted'""") == 1);
        assertThat(send("GET", "/C-1/state", null).json().path("acknowledged").asInt()).isEqualTo(1);
        client.publish("devices/C-1/state",
                new MqttMessage("{\"mode\":\"quiet\"}".getBytes(StandardCharsets.UTF_8)));
        Harness.await("the cure", () -> harness.one(Integer.class, """
                SELECT count(*) FROM ingest.desired_key k JOIN fleet.device d ON d.number = k.device
                WHERE d.id = 'C-1' AND k.state = 'inSync'""") == 1);
        client.disconnect();
        client.close();
    }

    @Test
    void whoeverDiffersIsListedTheLongestFirst() throws Exception {
        Device one = device("X-1", "{}");
        Device two = harness.device("X-2");
        harness.database.jdbi().useHandle(handle -> handle
                .execute("UPDATE fleet.device SET model = 'of-X-1', outlet = 'o1' WHERE id = 'X-2'"));
        report(one, "{\"a\":1}");
        assertThat(send("PATCH", "/X-1/desired", "{\"a\":1,\"b\":2}").status()).isEqualTo(200);
        assertThat(send("PATCH", "/X-2/desired", "{\"a\":1}").status()).isEqualTo(200);
        report(one, "{\"a\":5}");
        JsonNode first = send("GET", "/drift?model=of-X-1&limit=1", null).json();
        assertThat(first.path("items").get(0).path("device").asText()).isEqualTo("X-1");
        assertThat(first.path("items").get(0).path("keys").findValuesAsText("state"))
                .containsExactly("pending", "drifted");
        JsonNode second = send("GET", "/drift?model=of-X-1&limit=1&cursor=" + first.path("next").asText(),
                null)
                .json();
        assertThat(second.path("items").get(0).path("device").asText()).isEqualTo("X-2");
        assertThat(second.hasNonNull("next")).isFalse();
        assertThat(send("GET", "/drift?model=of-X-1&olderThan=PT1H", null).json().path("items")).isEmpty();
        assertThat(send("GET", "/drift?model=of-X-1", null, "Authorization", "Bearer p:partner::o1").json()
                .path("items").findValuesAsText("device")).containsExactly("X-2");
        assertThat(send("GET", "/drift?olderThan=yesterday", null).status()).isEqualTo(400);
        assertThat(send("GET", "/drift?cursor=x", null).status()).isEqualTo(400);
        report(one, "{\"a\":1,\"b\":2}");
        report(two, "{\"a\":1}");
        assertThat(send("GET", "/drift?model=of-X-1", null).json().path("items")).isEmpty();
    }

    @Test
    void aWishThatADeviceNeverTakesIsDriftButNotWhereItSleeps() throws Exception {
        Device awake = harness.device("N-1");
        harness.device("N-2");
        for (String id : List.of("N-1", "N-2")) {
            assertThat(send("PATCH", "/" + id + "/desired", "{\"a\":1}").status()).isEqualTo(200);
        }
        harness.database.jdbi().useHandle(handle -> handle.execute(
                "UPDATE fleet.device SET last_seen = now() + interval '20 minutes' WHERE number = ?",
                awake.number()));
        InstantSource later = () -> InstantSource.system().instant().plus(Duration.ofMinutes(20));
        try (DriftWatch watch = new DriftWatch(harness.database, harness.events, harness.registry, later)) {
            assertThat(watch.round()).isFalse();
        }
        assertThat(states("N-1")).isEqualTo("a drifted");
        assertThat(states("N-2")).isEqualTo("a pending");
        report(awake, "{\"a\":1}");
        assertThat(states("N-1")).isEqualTo("a inSync");
    }
}
