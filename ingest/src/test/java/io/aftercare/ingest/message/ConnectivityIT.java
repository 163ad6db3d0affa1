package io.aftercare.ingest.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.ingest.Harness;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectivityIT {
    private static Harness harness;
    private static TestApi api;

    @BeforeAll
    static void start() {
        harness = new Harness();
        Operations operations = new Operations();
        harness.ingest.bind(operations);
        api = new TestApi(Vertx.vertx(), List.of("ingest"), operations,
                _ -> new Principal("eve", Set.of(Role.ENGINEER), "", ""), new Idempotency(harness.database));
    }

    @AfterAll
    static void stop() {
        api.close();
        harness.close();
    }

    private static JsonNode get(String path) throws Exception {
        TestApi.Answer answer = api.send("GET", "/api/v1/devices/" + path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aConnectedDeviceThatSaysNothingIsSilent() throws Exception {
        Device device = harness.device("C-1");
        JsonNode never = get("C-1/connectivity/summary");
        assertThat(never.path("connected").asBoolean()).isFalse();
        assertThat(never.path("day").path("percent").isNull()).isTrue();
        MqttClient client = harness.client("C-1");
        Harness.await("the visit", () -> visits(device) == 1);
        JsonNode silent = get("C-1/connectivity/summary");
        assertThat(silent.path("connected").asBoolean()).isTrue();
        assertThat(silent.path("silent").asBoolean()).isTrue();
        assertThat(silent.hasNonNull("lastTransport")).isTrue();
        assertThat(silent.hasNonNull("lastMessage")).isFalse();
        client.publish("devices/C-1/telemetry", "{\"rssi\":-60}".getBytes(UTF_8), 1, false);
        JsonNode speaking = get("C-1/connectivity/summary");
        assertThat(speaking.path("silent").asBoolean()).isFalse();
        assertThat(speaking.path("lastTelemetry")).isEqualTo(speaking.path("lastMessage"));
        assertThat(speaking.path("signal").path("average").asDouble()).isEqualTo(-60);
        assertThat(speaking.path("day").path("percent").asDouble()).isEqualTo(100);
        client.disconnect();
        client.close();
        Harness.await("the good-bye", () -> visits(device) == 2);
        JsonNode gone = get("C-1/connectivity/summary");
        assertThat(gone.path("connected").asBoolean()).isFalse();
        assertThat(gone.path("week").path("drops").asInt()).isZero();
        assertThat(gone.path("week").path("worstReason").asText()).isEqualTo(Availability.GOOD_BYE);
    }

    @Test
    void visitsThatEndedSayHowTheSignalWas() throws Exception {
        Device device = harness.device("C-2");
        long start = System.currentTimeMillis() - 3_600_000;
        MqttClient client = harness.client("C-2");
        for (int i = 0; i < 10; i++) {
            client.publish("devices/C-2/telemetry",
                    ("{\"ts\":" + (start + i * 60_000L) + ",\"values\":{\"rssi\":" + (-50 - i) + "}}")
                            .getBytes(UTF_8),
                    1, false);
        }
        client.disconnect();
        client.close();
        Harness.await("the good-bye", () -> visits(device) == 2);
        harness.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO ingest.connectivity (device, at, connected, detail, seconds) VALUES (?, to_timestamp(?), false, 'connection lost', 600)",
                device.number(), start / 1000.0 + 600));
        JsonNode visits = get("C-2/connectivity").path("items");
        assertThat(visits.get(0).path("signal").path("weakest").asDouble()).isEqualTo(-59);
        assertThat(visits.get(0).path("signal").path("average").asDouble()).isEqualTo(-54.5);
        assertThat(visits.get(0).path("signal").path("end").asDouble()).isEqualTo(-59);
        assertThat(visits.get(2).has("signal")).as("one that began").isFalse();
    }

    private static int visits(Device device) {
        return harness.one(Integer.class,
                "SELECT count(*) FROM ingest.connectivity WHERE device = " + device.number());
    }
}
