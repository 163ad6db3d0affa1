package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real client of hawkBit's, Debian's SWUpdate, from the first poll to the report of the boot.
class SwUpdateIT {
    private static final String ID = "P1";
    private static final byte[] PAYLOAD = new byte[3_000_000];

    static {
        new Random(4).nextBytes(PAYLOAD);
    }

    @TempDir
    Path folder;

    @TempDir
    Path board;

    private SwUpdate device;
    private Database database;
    private OtaServer server;
    private Rollout rollout;
    private String token;

    @BeforeEach
    void start() throws Exception {
        device = new SwUpdate(board);
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        token = server.device(ID, "LP-2000", "B1", "2.3.0");
        rollout = new Rollout(server);
    }

    @AfterEach
    void stop() throws Exception {
        device.off();
        server.close();
        database.close();
    }

    private String campaign(String signer) throws Exception {
        byte[] image = device.image("2.4.0", PAYLOAD, signer);
        ObjectNode plan = Rollout.plan(rollout.release(1, "2.4.0", "printer.swu", image));
        plan.putObject("retry").put("attempts", 1);
        String campaign = rollout.start(plan);
        OtaServer.await("the offer", () -> rollout.state(campaign, ID).equals("offered"));
        return campaign;
    }

    private int port() {
        return server.uri("/").getPort();
    }

    // first it states its attributes, and then it would wait for a whole polling interval
    private Process started(int port) throws Exception {
        Process process = device.start(port, ID, token, "2.3.0", "");
        OtaServer.await("attributes", () -> server.hasAttributes(ID));
        device.trigger();
        return process;
    }

    @Test
    void itInstallsInSpiteOfACutAndIsConfirmedAfterAGoodBoot() throws Exception {
        String campaign = campaign("team");
        try (CuttingProxy network = new CuttingProxy(port(), 1_000_000)) {
            Process first = started(network.port());
            await("the installation", campaign, "installing");
            assertThat(network.hasCut()).isTrue();
            assertThat(network.asked).as("it went on where it was cut")
                    .anyMatch(request -> request.toLowerCase(java.util.Locale.ROOT)
                            .contains("\nrange: bytes="));
            assertThat(Files.readAllBytes(device.installed())).isEqualTo(PAYLOAD);
            assertThat(server.find(ID).firmware()).isEqualTo("2.3.0");
            device.cut(first);
        }
        device.start(port(), ID, token, "2.4.0", "-c 2");
        await("the good boot", campaign, "confirmed");
        assertThat(server.find(ID).firmware()).isEqualTo("2.4.0");
    }

    @Test
    void itRefusesWhatAThiefSignedAndSaysSo() throws Exception {
        String campaign = campaign("thief");
        started(port());
        await("the refusal", campaign, "failed");
        // SWUpdate gathers its own words beside its work: on a busy machine its result goes out with the last of them alone
        assertThat(rollout.device(campaign, ID).path("error").asText())
                .containsPattern("(?i)signature|no suitable .swu image");
        assertThat(device.installed()).doesNotExist();
    }

    @Test
    void aBadBootIsAFailure() throws Exception {
        String campaign = campaign("team");
        Process first = started(port());
        await("the installation", campaign, "installing");
        device.cut(first);
        device.start(port(), ID, token, "2.3.0", "-c 3");
        await("the bad boot", campaign, "failed");
        assertThat(rollout.device(campaign, ID).path("error").asText()).contains("Update Failed.");
    }

    private void await(String what, String campaign, String state) throws Exception {
        try {
            OtaServer.await(what, () -> rollout.state(campaign, ID).equals(state));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + rollout.device(campaign, ID) + "\n"
                    + Files.readString(device.log()), e);
        }
    }
}
