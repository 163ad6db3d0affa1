package io.aftercare.remote.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.remote.TestRemote;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BootIT {
    private static final String READER = "eve:engineer";

    private TestRemote remote;
    private int events;

    @BeforeEach
    void open() {
        remote = new TestRemote().start();
        remote.device("D-1");
    }

    @AfterEach
    void close() {
        remote.close();
    }

    /// As the lane writes it.
    private void boot(String device, String data, String... asked) {
        ObjectNode event = Json.object().put("device", device).put("ts", remote.clock.millis())
                .put("code", "boot")
                .put("level", "info").put("message", "started");
        event.set("data", Json.parse(data));
        if (asked.length > 0) {
            event.put("asked", asked[0]);
        }
        remote.database.useTransaction(
                handle -> Outbox.append(handle, "device.event", "e" + ++events, event));
        remote.relayed();
    }

    private JsonNode get(String path) throws Exception {
        return remote.as(READER, "GET", path, null).json();
    }

    @Test
    void startsAreKeptWithTheirReasonAndWhoAsked() throws Exception {
        boot("D-1", "{\"reason\":\"power-on\",\"requested\":false,\"boots\":1,\"firmware\":\"2.3.1\"}");
        boot("D-1", "{\"reason\":\"Update to 2.4.0\",\"requested\":true,\"firmware\":\"2.4.0\"}");
        boot("D-1", "{\"reason\":\"watchdog\",\"requested\":false}", "action a-1");
        JsonNode items = get("/devices/D-1/boots").path("items");
        assertThat(items).hasSize(3);
        assertThat(items.get(0).path("askedBy").asText()).isEqualTo("action a-1");
        assertThat(items.get(0).path("requested").asBoolean()).isTrue();
        assertThat(items.get(1).path("askedBy").asText()).isEqualTo("device");
        assertThat(items.get(1).path("cause").asText()).isEqualTo("update");
        assertThat(items.get(2).path("requested").asBoolean()).isFalse();
        JsonNode page = get("/devices/D-1/boots?limit=2");
        assertThat(get("/devices/D-1/boots?limit=2&cursor=" + page.path("next").asText()).path("items"))
                .hasSize(1);
        assertThat(remote.as("p:partner::o1", "GET", "/devices/D-1/boots", null).status()).isEqualTo(404);
        assertThat(remote.as(READER, "GET", "/devices/nobody/boots", null).status()).isEqualTo(404);
    }

    @Test
    void whatDevicesInventIsCutAndOtherEventsAreNotStarts() throws Exception {
        boot("D-1", "{\"reason\":\"" + "x".repeat(5000) + "\",\"boots\":1e300,\"firmware\":[1]}");
        boot("D-1", "null");
        boot("D-1", "[\"reason\"]");
        boot("nobody", "{}");
        JsonNode items = get("/devices/D-1/boots").path("items");
        assertThat(items).hasSize(3);
        assertThat(items.get(2).path("reason").asText()).hasSize(64);
        assertThat(items.get(0).path("reason").asText()).isEqualTo("unknown");
    }

    @Test
    void theSummaryCountsByModelFirmwareAndCause() throws Exception {
        remote.device("D-2", "eu", "o1");
        boot("D-1", "{\"reason\":\"watchdog\",\"firmware\":\"1\"}");
        boot("D-1", "{\"reason\":\"Watchdog\",\"firmware\":\"1\"}");
        boot("D-2", "{\"reason\":\"watchdog\",\"firmware\":\"1\"}");
        boot("D-2", "{\"reason\":\"power-on\",\"firmware\":\"2\"}");
        remote.clock.pass(Duration.ofSeconds(1));
        JsonNode items = get("/boots/summary?model=LP-2000").path("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("boots").asInt()).isEqualTo(3);
        assertThat(items.get(0).path("devices").asInt()).isEqualTo(2);
        assertThat(get("/boots/summary?firmware=2").path("items").get(0).path("cause").asText())
                .isEqualTo("power-on");
        JsonNode partner = remote.as("p:partner::o1", "GET", "/boots/summary", null).json().path("items");
        assertThat(partner.findValuesAsText("boots")).containsExactly("1", "1");
        assertThat(remote.as(READER, "GET", "/boots/summary?from=soon", null).status()).isEqualTo(400);
    }

    @Test
    void whoeverStartsAgainAndAgainIsNotRestartedFromAfar() throws Exception {
        remote.product("[{\"name\":\"ping\",\"class\":\"A\"},{\"name\":\"reboot\",\"class\":\"C\"},"
                + "{\"name\":\"wipe\",\"class\":\"B\",\"reboots\":true}]");
        remote.openTickets.add("T1");
        remote.connected = true;
        String reboot = "{\"action\":\"reboot\",\"ticket\":\"T1\"}";
        for (int i = 0; i < BootLoop.BOOTS; i++) {
            assertThat(remote.as(READER, "POST", "/devices/D-1/actions", "{\"action\":\"wipe\"}").status())
                    .as("after " + i).isEqualTo(202);
            boot("D-1", "{\"reason\":\"watchdog\"}");
        }
        for (String body : new String[]{reboot, "{\"action\":\"wipe\"}"}) {
            assertThat(remote.as(READER, "POST", "/devices/D-1/actions", body)).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.json().path("detail").asText()).contains("has started 5 times");
            });
        }
        assertThat(remote.as(READER, "POST", "/devices/D-1/actions", "{\"action\":\"ping\"}").status())
                .isEqualTo(202);
        remote.clock.pass(Duration.ofMinutes(11));
        assertThat(remote.as(READER, "POST", "/devices/D-1/actions", reboot).status()).isEqualTo(202);
        assertThat(remote.remote.askedRestarts().explain(new DeviceId("D-1"), remote.clock.instant()))
                .as("and this one is asked for").isPresent();
    }

    @Test
    void aLoopIsShownWhileItLastsAndRowsHaveABound() throws Exception {
        Random dice = new Random(7);
        for (int i = 0; i < BootStore.KEPT_MAX + 20; i++) {
            remote.clock.pass(Duration.ofSeconds(1 + dice.nextInt(20)));
            ObjectNode event = (ObjectNode) Json.parse("{\"device\":\"D-1\",\"code\":\"boot\"}");
            event.put("ts", remote.clock.millis());
            String key = "many" + i;
            remote.database.useTransaction(handle -> BootStore.insert(handle, key,
                    Boot.read(remote.devices.find(new DeviceId("D-1")).orElseThrow(),
                            event, remote.clock.instant())));
        }
        assertThat(remote.database.jdbi().<Integer, RuntimeException>withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM remote.boot").mapTo(Integer.class).one()))
                .isEqualTo(BootStore.KEPT_MAX);
        assertThat(get("/devices/D-1/boots").path("loop").path("boots").asInt()).isGreaterThan(20);
        remote.clock.pass(Duration.ofMinutes(11));
        assertThat(get("/devices/D-1/boots").has("loop")).isFalse();
    }
}
