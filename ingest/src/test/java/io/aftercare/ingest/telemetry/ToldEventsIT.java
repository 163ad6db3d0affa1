package io.aftercare.ingest.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.Harness;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ToldEventsIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static List<JsonNode> told(String device) {
        return harness.database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT payload FROM fleet.outbox WHERE topic = 'device.event' AND payload ->> 'device' = :device
                                        ORDER BY id""")
                        .bind("device", device).mapTo(String.class).map(Json::parse).list());
    }

    private static void say(MqttClient client, String device, String event) throws Exception {
        client.publish("devices/" + device + "/event", event.getBytes(UTF_8), 1, false);
    }

    @Test
    void crashesAndBootsAreToldOnceEachAndNothingElse() throws Exception {
        harness.device("T-1");
        MqttClient client = harness.client("T-1");
        String crash = """
                {"ts":1767225600250,"code":"crash","level":"critical","message":"SIGSEGV","data":{"process":"p"}}""";
        say(client, "T-1", crash);
        say(client, "T-1", crash);
        say(client, "T-1", "{\"ts\":1767225601000,\"code\":\"log\",\"message\":\"a line\"}");
        say(client, "T-1", "{\"ts\":1767225602000,\"code\":\"boot\"}");
        client.disconnect();
        client.close();
        List<JsonNode> told = told("T-1");
        assertThat(told).containsExactly(Json.parse("""
                {"device":"T-1","ts":1767225600250,"code":"crash","level":"critical","message":"SIGSEGV",
                 "data":{"process":"p"}}"""), Json
                .parse("""
                        {"device":"T-1","ts":1767225602000,"code":"boot","level":"info","message":"","data":null}"""));
    }

    @Test
    void whoCrashesWithoutEndIsToldOfSoOftenAnHourAndStillTakesPartOtherwise() throws Exception {
        var device = harness.device("T-2");
        MqttClient client = harness.client("T-2");
        int all = ToldEvents.PER_HOUR_MAX + 15;
        for (int i = 0; i < all; i++) {
            say(client, "T-2", "{\"ts\":" + (1767225600000L + i) + ",\"code\":\"crash\"}");
        }
        say(client, "T-2", "{\"ts\":1767225600000,\"code\":\"boot\"}");
        client.disconnect();
        client.close();
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.event WHERE code = 'crash' AND device = " + device.number()))
                .isEqualTo(all);
        List<String> codes = told("T-2").stream().map(event -> event.path("code").asText()).toList();
        assertThat(codes).filteredOn("crash"::equals).hasSize(ToldEvents.PER_HOUR_MAX);
        assertThat(codes).endsWith("boot");
    }
}
