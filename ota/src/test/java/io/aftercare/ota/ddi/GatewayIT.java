package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings of hawkBit's interface that differ from the usual ones.
class GatewayIT {
    @TempDir
    Path folder;

    @Test
    void aGatewaySpeaksForAllAndMakesUnknownDevicesKnownOnTheirFirstPoll() throws Exception {
        DdiConfig config = new DdiConfig("secret", "LP-2000", Duration.ofSeconds(30),
                DdiConfig.Proof.VERSION);
        try (Database database = TestDatabase.create("ota");
                OtaServer server = new OtaServer(database, folder, (_, _) -> List.of(), config)) {
            server.device("P1", "LP-2000", "B1", "2.3.0");
            assertThat(new DdiDevice(server, "P1", "GatewayToken wrong").status("GET", "", ""))
                    .isEqualTo(401);
            assertThat(new DdiDevice(server, "P1", "GatewayToken secret").get("").path("config")
                    .path("polling").path("sleep").asText()).isEqualTo("00:00:30");
            DdiDevice unknown = new DdiDevice(server, "N1", "GatewayToken secret");
            assertThat(unknown.status("GET", "confirmationBase", "")).isEqualTo(401);
            assertThat(unknown.status("GET", "", "")).isEqualTo(200);
            assertThat(server.find("N1").model()).isEqualTo("LP-2000");
            assertThat(new DdiDevice(server, "not a serial", "GatewayToken secret").authorization())
                    .isNotEmpty();
        }
    }

    @Test
    void aDeviceThatNeverStatesItsVersionMayBeTakenAtItsWord() throws Exception {
        DdiConfig config = new DdiConfig("", "", Duration.ofMinutes(5), DdiConfig.Proof.CLOSED);
        try (Database database = TestDatabase.create("ota");
                OtaServer server = new OtaServer(database, folder, (_, _) -> List.of(), config)) {
            DdiDevice mute = DdiDevice.of(server, "P1", server.device("P1", "LP-2000", "B1", ""));
            DdiDevice stating = DdiDevice.of(server, "P2", server.device("P2", "LP-2000", "B1", ""));
            stating.states("2.3.0");
            Rollout rollout = new Rollout(server);
            String release = rollout.release(1, "2.4.0", "a.swu", "image".getBytes(StandardCharsets.UTF_8));
            String campaign = rollout.start(Rollout.plan(release));
            for (DdiDevice device : List.of(mute, stating)) {
                assertThat(device.feedback(device.await("deploymentBase"), "closed", "success"))
                        .isEqualTo(200);
            }
            assertThat(rollout.state(campaign, "P1")).isEqualTo("confirmed");
            assertThat(server.find("P1").firmware()).isEqualTo("2.4.0");
            assertThat(rollout.state(campaign, "P2")).isEqualTo("rebooting");
        }
    }
}
