package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.deployment.Reception;
import io.aftercare.ota.deployment.Terms;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.health.HealthWatch;
import io.aftercare.ota.release.Envelope;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Manifest;
import io.aftercare.ota.release.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The engine on a real database, ended at random in the middle of a transaction or right after one, and begun anew by an
/// instance that knows nothing of the one before.
class EngineKillIT {
    private static final int DEVICES = 30;
    private static final int ROUNDS_MAX = 2000;
    private static final Principal ANN = new Principal("ann", Set.of(Role.FIRMWARE), "", "");

    private final Random random = new Random(11);
    private Instant now = Plans.START;
    private int kills;

    @Test
    void aCampaignEndsThoughItsEngineIsKilledAgainAndAgain() {
        try (Database database = TestDatabase.create("ota")) {
            String id = approved(database);
            Devices devices = new Devices(database);
            campaigns(database, false).act(ANN, id, "start", Optional.empty(),
                    _ -> new CampaignEvent.Start("ann"));
            int rounds = 0;
            while (!state(database, id).equals("finished")) {
                assertThat(rounds++).as("rounds").isLessThan(ROUNDS_MAX);
                campaigns(database, true).engine().round();
                looks(database);
                answer(database, devices);
                now = now.plus(Duration.ofMinutes(1));
            }
            assertThat(kills).isGreaterThan(20);
            CampaignView end = campaigns(database, false).view(id);
            assertThat(end.counts().toString()).isEqualTo("{\"confirmed\":" + DEVICES + "}");
            assertThat(end.stages()).extracting(CampaignView.Stage::total).containsExactly(3, 12, 15);
            int offers = database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT count(*) FROM ota.transition WHERE state = 'offered'")
                    .mapTo(Integer.class).one());
            assertThat(offers).as("each device was offered once").isEqualTo(DEVICES);
        }
    }

    @Test
    void aDeviceThatIsDeletedWhileItIsAtWorkIsNotWaitedFor() {
        try (Database database = TestDatabase.create("ota")) {
            String id = approved(database);
            campaigns(database, false).act(ANN, id, "start", Optional.empty(),
                    _ -> new CampaignEvent.Start("ann"));
            campaigns(database, false).engine().round();
            database.useTransaction(handle -> handle.execute(
                    """
                            DELETE FROM fleet.device WHERE number IN (SELECT device FROM ota.deployment WHERE state = 'offered')"""));
            campaigns(database, false).engine().round();
            CampaignView view = campaigns(database, false).view(id);
            assertThat(view.counts().path("offered").asInt()).isZero();
            assertThat(view.counts().path("cancelled").asInt()).isEqualTo(3);
        }
    }

    // a new instance, that dies when the dice say so: within a transaction, or before anybody hears of it
    private Campaigns campaigns(Database database, boolean mortal) {
        return new Campaigns(database, (_, _) -> List.of(), _ -> Map.of(), _ -> {
            mayDie(mortal);
            return Optional.empty();
        }, new Notices() {
            @Override
            public void campaign(String id, CampaignState state) {
                mayDie(mortal);
            }

            @Override
            public void progress(String id, CampaignState state, int stage, JsonNode counts) {
                mayDie(mortal);
            }

            @Override
            public void deployments(List<Change> changes) {
                mayDie(mortal);
            }
        }, Terms.Patience.USUAL, () -> now);
    }

    private void mayDie(boolean mortal) {
        if (mortal && random.nextInt(3) == 0) {
            kills++;
            throw new IllegalStateException("killed");
        }
    }

    // the health gate of an instance that dies as well
    private void looks(Database database) {
        Soaks soaks = campaigns(database, true).soaks();
        try (HealthWatch watch = new HealthWatch(database, soaks, new OtaServer.NothingKnown(), () -> now)) {
            watch.round();
        }
    }

    // each device that was offered installs
    private void answer(Database database, Devices devices) {
        List<String> offered = database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT d.id FROM ota.deployment p JOIN fleet.device d ON d.number = p.device
                WHERE p.state = 'offered' ORDER BY d.id""").mapTo(String.class).list());
        for (String device : offered) {
            Device after = devices.reported(new DeviceId(device), "2.0.0", null);
            Reception reception = campaigns(database, false).reported(after, "R1",
                    new DeploymentEvent.Reported(DeploymentState.CONFIRMED, 100, "", "2.0.0"));
            assertThat(reception).isEqualTo(Reception.NEWS);
        }
    }

    private String approved(Database database) {
        database.useTransaction(handle -> {
            handle.execute("INSERT INTO fleet.product (model, name, document) VALUES ('M', 'M', '{}')");
            handle.createUpdate("""
                    INSERT INTO fleet.device (id, model, token_hash, firmware, state)
                    SELECT 'SN-' || n, 'M', sha256(n::text::bytea), '1.0.0', 'active'
                    FROM generate_series(1, :n) n""").bind("n", DEVICES).execute();
        });
        Envelope envelope = Envelope.parse(new Firmware()
                .sign(Firmware.manifest("M", 1, "2.0.0", new byte[]{1}), "k")
                .getBytes(StandardCharsets.UTF_8));
        var release = new Releases(database, InstantSource.system()).publish(ANN, envelope,
                Manifest.parse(envelope.payload()), Map.of(), _ -> "k");
        return database.inTransaction(handle -> CampaignStore.insert(handle,
                new CampaignStore.New("c", release, "true", Plans.plan(10, 50, 100), CampaignState.APPROVED,
                        "bob", false, null, DEVICES),
                now)).value().id();
    }

    private static String state(Database database, String id) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT state FROM ota.campaign WHERE id = :id").bind("id", id)
                .mapTo(String.class)
                .one());
    }
}
