package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.TestRemote;
import io.aftercare.remote.action.ActionConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A fleet action on many devices that are all there: how long it takes to ask for, to look at, and to send. The rates are out of the
/// way; what is measured is the work. `-Dfleetactions.devices=10000` for the figures of `docs/remote-fleetaction.md`.
class FleetActionScaleIT {
    private static final int DEVICES = Integer.getInteger("fleetactions.devices", 1_000);
    private static final Duration TIME_MAX = Duration.ofMinutes(5);

    @Test
    void everyDeviceGetsItsActionOnce() throws Exception {
        RemoteConfig usual = RemoteConfig.defaults();
        ActionConfig free = new ActionConfig(ActionConfig.DEFAULT.consent(), 1_000_000, 1_000_000, 1_000_000);
        try (TestRemote house = new TestRemote(
                usual.with(free))) {
            house.connected = true;
            house.database.jdbi().useHandle(handle -> handle.createUpdate(
                    """
                            INSERT INTO fleet.device (id, model, token_hash, region)
                            SELECT 'SN-' || n, 'LP-2000', sha256(n::text::bytea), 'eu' FROM generate_series(1, :n) n""")
                    .bind("n", DEVICES).execute());
            long begun = System.nanoTime();
            Answer made = house.as("e:engineer", "POST", "/fleet-actions", """
                    {"action":"ping","model":"LP-2000","why":"scale","target":"true","confirm":%d,
                    "stages":[{"percent":100}],"rate":{"devicesPerMinute":6000}}""".formatted(DEVICES));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            long enrolled = System.nanoTime();
            String path = "/fleet-actions/" + made.json().path("id").asText();
            assertThat(house.as("f:engineer", "POST", path + "/approve", null).status()).isEqualTo(200);
            FleetActionRoom room = house.remote.fleetActions();
            long sending = System.nanoTime();
            for (int rounds = 0; house.sent.size() < DEVICES; rounds++) {
                assertThat(rounds).isLessThan(1_000);
                room.round();
                house.clock.pass(Duration.ofSeconds(1));
            }
            long sent = System.nanoTime();
            room.round();
            long looked = System.nanoTime();
            System.out.printf(
                    "Fleet action on %d devices: asked for in %d ms, sent in %.1f s, a look %d ms%n", DEVICES,
                    (enrolled - begun) / 1_000_000, (sent - sending) / 1e9, (looked - sent) / 1_000_000);
            assertThat(Duration.ofNanos(sent - begun)).isLessThan(TIME_MAX);
            JsonNode now = house.as("e:engineer", "GET", path, null).json();
            assertThat(now.path("counts").path("asked").asInt()).isEqualTo(DEVICES);
            assertThat(house.sent).doesNotHaveDuplicates().hasSize(DEVICES);
        }
    }
}
