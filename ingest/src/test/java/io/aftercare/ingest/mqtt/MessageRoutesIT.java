package io.aftercare.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.ingest.Harness;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people say to a device, by HTTP, until the device hears it.
class MessageRoutesIT {
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

    private static TestApi.Answer say(String id, String body) throws Exception {
        return api.send("POST", "/api/v1/devices/" + id + "/messages", body);
    }

    @Test
    void whatIsSaidWaitsUntilTheDeviceComesBack() throws Exception {
        harness.device("M-1");
        String words = "{\"topic\":\"messages/hello\",\"payload\":{\"a\":1},\"expiresIn\":\"PT1H\"}";
        assertThat(say("M-1", words)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("detail").asText()).contains("keeps no session");
        });
        byte[] connect = RawClient.connect(4, "me", "M-1", Harness.token("M-1"), 0, 30);
        try (RawClient client = new RawClient(harness.port())) {
            client.send(connect, RawClient.subscribe(4, 1, "devices/M-1/messages/+", 1));
            assertThat(client.next() + client.next()).isEqualTo("200000" + "90000101");
            client.sendHex("e000");
            assertThat(client.next()).isEqualTo("closed");
        }
        assertThat(say("M-1", words)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("outcome").asText()).isEqualTo("queued");
        });
        assertThat(api.send("GET", "/api/v1/devices/M-1/messages", null).json().path("waiting").asInt())
                .isEqualTo(1);
        try (RawClient client = new RawClient(harness.port())) {
            client.send(connect);
            assertThat(client.next()).isEqualTo("200100");
            assertThat(client.next()).startsWith("32").endsWith("7b2261223a317d");
        }
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM fleet.audit WHERE action = 'device.message' AND object = 'device/M-1'"))
                .isEqualTo(1);
    }

    @Test
    void theWaysOfActionsAndFirmwareAreTheirsAlone() throws Exception {
        harness.device("M-2");
        for (String topic : List.of("actions/1", "ota/offer", "messages/a/b", "messages/+", "#")) {
            assertThat(say("M-2", "{\"topic\":\"" + topic + "\",\"payload\":{}}").status()).as(topic)
                    .isEqualTo(400);
        }
        assertThat(say("M-2", "{\"topic\":\"desired\",\"payload\":{},\"expiresIn\":\"soon\"}").status())
                .isEqualTo(400);
        assertThat(say("nobody", "{\"topic\":\"desired\",\"payload\":{}}").status()).isEqualTo(404);
    }
}
