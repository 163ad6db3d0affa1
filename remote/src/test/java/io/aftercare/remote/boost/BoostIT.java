package io.aftercare.remote.boost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.TestRemote;
import io.aftercare.remote.action.ActionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoostIT {
    private static final String READER = "eve:engineer";
    private static final int FLEET_MAX = 2;
    private static final String WHOLE = """
            [{"name":"set_interval","class":"B","params":{"type":"object","additionalProperties":false,"properties":
            {"seconds":{"type":"number"},"ttlSeconds":{"type":"integer"},"metrics":{"type":"array"}}}}]""";

    private TestRemote remote;
    private Boosts boosts;

    @BeforeEach
    void open() {
        remote = new TestRemote(
                RemoteConfig.defaults()
                        .with(new ActionConfig(ActionConfig.DEFAULT.consent(), 1000, 1000, 1000))
                        .withBoosts(FLEET_MAX));
        for (int i = 0; i < 4; i++) {
            remote.device("D-" + i);
        }
        remote.product(WHOLE);
        remote.connected = true;
        boosts = new Boosts(remote.ground, remote.remote.actions(), FLEET_MAX);
    }

    @AfterEach
    void close() {
        remote.close();
    }

    private TestApi.Answer begin(String device, String body) throws Exception {
        return remote.as(READER, "POST", "/devices/" + device + "/boost", body);
    }

    private JsonNode boost(String device) throws Exception {
        return remote.as(READER, "GET", "/devices/" + device + "/boost", null).json();
    }

    private void answer(String device, String action, String status) {
        var _ = remote.remote.actions().result(new DeviceId(device), action,
                Json.parse("{\"status\":\"" + status + "\",\"error\":\"too fast\"}"));
    }

    @Test
    void aBoostLastsFromTheDevicesAnswerOnAndEndsByItself() throws Exception {
        TestApi.Answer asked = begin("D-0", "{\"seconds\":1,\"ttlSeconds\":60,\"metrics\":[\"fuser_temp\"]}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(asked.json().path("state").asText()).isEqualTo("waiting");
        String action = asked.json().path("action").asText();
        assertThat(remote.sent.getFirst()).startsWith("D-0/actions/" + action)
                .contains("\"params\":{\"metrics\":[\"fuser_temp\"],\"seconds\":1,\"ttlSeconds\":60}");
        remote.clock.pass(Duration.ofSeconds(3));
        answer("D-0", action, "succeeded");
        assertThat(boost("D-0").path("state").asText()).isEqualTo("active");
        assertThat(Instant.parse(boost("D-0").path("until").asText()))
                .isEqualTo(remote.ground.now().plusSeconds(60));
        assertThat(begin("D-0", "{\"seconds\":2,\"ttlSeconds\":60}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("detail").asText()).contains("boosted already, by eve until");
        });
        assertThat(remote.as(READER, "GET", "/boosts", null).json().path("items")).hasSize(1);
        assertThat(boosts.pass(10)).isZero();
        remote.clock.pass(Duration.ofSeconds(60));
        assertThat(boosts.pass(10)).isEqualTo(1);
        assertThat(boost("D-0").path("state").asText()).isEqualTo("over");
        assertThat(remote.as(READER, "GET", "/boosts", null).json().path("items")).isEmpty();
    }

    @Test
    void endingItEarlyTellsTheDeviceThatOneMoreSecondIsEnough() throws Exception {
        String action = begin("D-0", "{\"seconds\":1,\"ttlSeconds\":600}").json().path("action").asText();
        answer("D-0", action, "succeeded");
        assertThat(remote.as(READER, "DELETE", "/devices/D-0/boost", null).json().path("state").asText())
                .isEqualTo("ended");
        assertThat(remote.sent.getLast()).contains("\"ttlSeconds\":1}");
        assertThat(remote.as(READER, "DELETE", "/devices/D-0/boost", null).status()).isEqualTo(409);
        assertThat(begin("D-0", "{\"seconds\":1,\"ttlSeconds\":600}").status()).isEqualTo(202);
    }

    @Test
    void oneThatTheDeviceHasNotHeardOfIsTakenBack() throws Exception {
        remote.connected = false;
        assertThat(begin("D-0", "{\"seconds\":1,\"ttlSeconds\":600}").json().path("state").asText())
                .isEqualTo("waiting");
        JsonNode ended = remote.as(READER, "DELETE", "/devices/D-0/boost", null).json();
        assertThat(ended.path("state").asText() + " by " + ended.path("endedBy").asText())
                .isEqualTo("ended by eve");
        assertThat(remote.sent).isEmpty();
    }

    @Test
    void whoeverCannotHearsWhy() throws Exception {
        assertThat(begin("D-0", "{\"seconds\":1,\"ttlSeconds\":901}").status()).isEqualTo(400);
        String action = begin("D-0", "{\"seconds\":0.1,\"ttlSeconds\":60}").json().path("action").asText();
        answer("D-0", action, "rejected");
        assertThat(boost("D-0").path("error").asText()).isEqualTo("too fast");
        assertThat(begin("D-1", "{\"seconds\":1,\"ttlSeconds\":60,\"ticket\":\"T9\"}").status())
                .isEqualTo(409);
        assertThat(boost("D-1").path("state").asText()).isEqualTo("failed");
        assertThat(begin("D-1", "{\"seconds\":1,\"ttlSeconds\":60}").status()).isEqualTo(202);
        assertThat(begin("D-2", "{\"seconds\":1,\"ttlSeconds\":60}").status()).isEqualTo(202);
        assertThat(begin("D-3", "{\"seconds\":1,\"ttlSeconds\":60}")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("detail").asText()).contains("2 devices are boosted");
        });
        remote.product("[]");
        assertThat(begin("D-0", "{\"seconds\":1,\"ttlSeconds\":60}").json().path("detail").asText())
                .contains("has no action set_interval");
        remote.product(
                "[{\"name\":\"set_interval\",\"class\":\"B\",\"params\":{\"properties\":{\"seconds\":{}}}}]");
        assertThat(begin("D-0", "{\"seconds\":1,\"ttlSeconds\":60}").json().path("detail").asText())
                .contains("would not go back by itself");
        assertThat(remote.as("p:partner::o1", "GET", "/devices/D-0/boost", null).status()).isEqualTo(404);
    }

    /// By dice, beside a model: one boost a device, no more than the fleet may have, none without an end.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void boostsKeepTheirBounds(long seed) throws Exception {
        Random dice = new Random(seed);
        Map<String, Instant> live = new HashMap<>(); // until when at most
        for (int step = 0; step < 80; step++) {
            String what = "seed " + seed + " step " + step;
            String device = "D-" + dice.nextInt(4);
            remote.clock.pass(Duration.ofSeconds(dice.nextInt(30)));
            switch (dice.nextInt(4)) {
                case 0, 1 -> {
                    var _ = boosts.pass(10);
                    live.values().removeIf(until -> !until.isAfter(remote.clock.instant()));
                    int status = begin(device, "{\"seconds\":1,\"ttlSeconds\":90}").status();
                    boolean room = !live.containsKey(device) && live.size() < FLEET_MAX;
                    assertThat(status).as(what).isEqualTo(room ? 202 : 409);
                    if (room) {
                        reply(device, dice, live);
                    }
                }
                case 2 -> {
                    int status = remote.as(READER, "DELETE", "/devices/" + device + "/boost", null).status();
                    var _ = boosts.pass(10);
                    if (status == 200) {
                        live.remove(device);
                    }
                }
                default -> {
                    var _ = boosts.pass(10);
                    live.values().removeIf(until -> !until.isAfter(remote.clock.instant()));
                }
            }
            assertThat(boosts.count()).as(what).isLessThanOrEqualTo(FLEET_MAX);
        }
        remote.clock.pass(Duration.ofHours(1));
        var _ = boosts.pass(100);
        assertThat(boosts.count()).as("seed " + seed).isZero();
    }

    private void reply(String device, Random dice, Map<String, Instant> live) throws Exception {
        boolean takes = dice.nextInt(4) > 0;
        answer(device, boost(device).path("action").asText(), takes ? "succeeded" : "failed");
        if (takes) {
            live.put(device, remote.clock.instant().plusSeconds(90));
        }
    }
}
