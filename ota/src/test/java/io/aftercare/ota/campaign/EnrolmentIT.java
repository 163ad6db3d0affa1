package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.ota.release.Envelope;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Manifest;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is in which stage, and how long a large campaign takes to begin. `-Daftercare.enrolment.devices=1000000` for the
/// large form.
class EnrolmentIT {
    private static final int DEVICES = Integer.getInteger("aftercare.enrolment.devices", 50_000);
    private static final Instant NOW = Plans.START;

    private Database database;
    private Release release;

    @BeforeEach
    void publish() {
        database = TestDatabase.create("ota");
        database.useTransaction(handle -> {
            handle.execute("INSERT INTO fleet.product (model, name, document) VALUES ('M', 'M', '{}')");
            handle.createUpdate("""
                    INSERT INTO fleet.device (id, model, token_hash, hardware, firmware, region, state)
                    SELECT 'SN-' || n, 'M', sha256(n::text::bytea), 'B1', '1.' || n % 10 || '.0',
                        CASE WHEN n % 2 = 0 THEN 'eu' ELSE 'cn' END,
                        CASE WHEN n % 100 = 0 THEN 'retired' ELSE 'active' END
                    FROM generate_series(1, :n) n""").bind("n", DEVICES).execute();
        });
        database.jdbi().useHandle(handle -> handle.execute("ANALYZE fleet.device"));
        Firmware team = new Firmware();
        String envelope = team.sign(Firmware.manifest("M", 1, "2.0.0", new byte[]{1}), "k");
        Envelope parsed = Envelope.parse(envelope.getBytes(StandardCharsets.UTF_8));
        release = new Releases(database, InstantSource.system()).publish(
                new Principal("ann", Set.of(Role.FIRMWARE), "", ""), parsed, Manifest.parse(parsed.payload()),
                Map.of(), _ -> "k");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyDeviceOfTheTargetGetsItsStageInOneStatement() {
        CampaignRow campaign = insert("semver(device.firmware) < semver(\"2.0.0\")", Plans.plan(1, 10, 100));
        Instant begin = Instant.now();
        int enrolled = database.inTransaction(handle -> Enrolment.enrol(handle, campaign, NOW));
        Duration took = Duration.between(begin, Instant.now());
        begin = Instant.now();
        List<CampaignEvent.Tally> tallies = database.inTransaction(
                handle -> DeploymentStore.census(handle, campaign.number(), 3).stages());
        System.out.println("Enrolment: " + enrolled + " devices in " + took.toMillis() + " ms, counted in "
                + Duration.between(begin, Instant.now()).toMillis() + " ms");
        int all = DEVICES - DEVICES / 100;
        assertThat(enrolled).isEqualTo(all);
        assertThat(tallies.get(0).open()).isEqualTo((int) Math.ceil(all * 0.01));
        assertThat(tallies.get(0).open() + tallies.get(1).open()).isEqualTo((int) Math.ceil(all * 0.1));
        assertThat(tallies.stream().mapToInt(CampaignEvent.Tally::open).sum()).isEqualTo(all);
        int again = database.inTransaction(handle -> Enrolment.enrol(handle, campaign, NOW));
        assertThat(again).isZero();
    }

    @Test
    void theFirstStageIsAnotherChoiceInEachCampaignAndAFairOne() {
        CampaignRow one = insert("true", Plans.plan(10));
        CampaignRow two = insert("true", Plans.plan(10));
        int[] overlap = new int[1];
        int[] european = new int[1];
        database.useTransaction(handle -> {
            Enrolment.enrol(handle, one, NOW);
            Enrolment.enrol(handle, two, NOW);
            overlap[0] = handle.createQuery("""
                    SELECT count(*) FROM ota.deployment a JOIN ota.deployment b USING (device)
                    WHERE a.campaign = :one AND b.campaign = :two""").bind("one", one.number())
                    .bind("two", two.number()).mapTo(Integer.class).one();
            european[0] = handle.createQuery("""
                    SELECT count(*) FROM ota.deployment a JOIN fleet.device d ON d.number = a.device
                    WHERE a.campaign = :one AND d.region = 'eu'""").bind("one", one.number())
                    .mapTo(Integer.class)
                    .one();
        });
        double share = 0.1 * DEVICES;
        assertThat((double) overlap[0]).isBetween(0.05 * share, 0.2 * share);
        assertThat((double) european[0]).isBetween(0.4 * share, 0.6 * share);
    }

    @Test
    void devicesThatComeLaterPassThroughTheStages() {
        CampaignRow campaign = insert("device.region == \"new\"", Plans.plan(20, 100));
        database.useTransaction(handle -> {
            assertThat(Enrolment.enrol(handle, campaign, NOW)).isZero();
            handle.execute(
                    "UPDATE fleet.device SET region = 'new' WHERE number <= 1000 AND state = 'active'");
            int joined = Enrolment.sweep(handle, campaign, NOW);
            assertThat(joined).isEqualTo(990);
            assertThat(Enrolment.sweep(handle, campaign, NOW)).isZero();
            int early = DeploymentStore.census(handle, campaign.number(), 2).stages().getFirst().open();
            assertThat(early).isBetween(130, 270);
        });
    }

    private CampaignRow insert(String target, Plan plan) {
        return database
                .inTransaction(handle -> CampaignStore.insert(handle, new CampaignStore.New("c", release,
                        target, plan, CampaignState.APPROVED, "ann", false, null, 0), NOW));
    }
}
