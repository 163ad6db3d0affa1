package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.plan.Plan;
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
    void everyDeviceOfTheTargetGetsItsStageInPieces() {
        CampaignRow campaign = insert("semver(device.firmware) < semver(\"2.0.0\")", Plans.plan(1, 10, 100));
        Instant begin = Instant.now();
        int enrolled = enrol(campaign);
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
        assertThat(enrol(campaign)).as("once more").isZero();
    }

    @Test
    void canariesAreChosenByAConditionAndTheRestByLot() {
        List<Plan.Stage> stages = List.of(
                new Plan.Stage(null, null, "device.id in [\"SN-1\", \"SN-2\", \"SN-100\"]", null),
                new Plan.Stage(null, null, "device.id in [\"SN-2\", \"SN-3\"] && semver(device.firmware) > "
                        + "semver(\"0.1.0\")", Plan.Start.MANUAL),
                new Plan.Stage(null, 10, null, null), Plan.Stage.of(50));
        Plan usual = Plans.plan(100);
        CampaignRow campaign = insert("semver(device.firmware) < semver(\"2.0.0\")",
                new Plan(stages, usual.gate(), null, usual.rate(), usual.mode(), usual.retry(), null, null,
                        false));
        int all = DEVICES - DEVICES / 100;
        assertThat(enrol(campaign)).isEqualTo((int) Math.ceil(all * 0.5));
        List<CampaignEvent.Tally> tallies = database.jdbi()
                .withHandle(handle -> DeploymentStore.census(handle, campaign.number(), 4).stages());
        // SN-100 is retired, SN-2 is a canary of the first stage, and a stage holds those before it
        assertThat(tallies).extracting(CampaignEvent.Tally::open).containsExactly(2, 1, 7,
                (int) Math.ceil(all * 0.5) - 10);
        assertThat(stage(campaign, "SN-2")).isZero();
        assertThat(stage(campaign, "SN-3")).isEqualTo(1);
        database.useTransaction(handle -> {
            handle.execute("UPDATE fleet.device SET id = 'SN-3b' WHERE id = 'SN-3'");
            handle.execute("UPDATE fleet.device SET id = 'SN-3', state = 'active' WHERE id = 'SN-200'");
            assertThat(Enrolment.sweep(handle, campaign, NOW)).isEqualTo(1);
        });
        assertThat(stage(campaign, "SN-3")).as("a canary that came later").isEqualTo(1);
    }

    private int stage(CampaignRow campaign, String device) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT p.stage FROM ota.deployment p JOIN fleet.device d ON d.number = p.device
                WHERE p.campaign = :campaign AND d.id = :device""").bind("campaign", campaign.number())
                .bind("device", device).mapTo(Integer.class).one());
    }

    @Test
    void aCampaignThatIsCancelledInPiecesEndsAndItsCountsAddUp() {
        CampaignRow campaign = insert("true", Plans.plan(50, 100));
        int all = enrol(campaign);
        database.useTransaction(handle -> handle
                .createUpdate(
                        """
                                UPDATE ota.deployment SET state = CASE WHEN device % 2 = 0 THEN 'offered' ELSE 'installing' END,
                                    attempts = 1
                                WHERE campaign = :campaign AND device <= 100 AND device % 100 <> 0""")
                .bind("campaign", campaign.number()).execute());
        int pieces = 0;
        boolean more = true;
        while (more) {
            more = database.inTransaction(handle -> Effects.cancel(handle,
                    CampaignStore.lock(handle, campaign.value().id()), Closing.GENTLE, "enough", NOW));
            pieces++;
        }
        assertThat(pieces).isGreaterThanOrEqualTo(all / 10_000);
        assertThat(states(campaign)).isEqualTo("{\"cancelled\":" + (all - 50) + ",\"installing\":50}");
        database.useTransaction(handle -> {
            DeploymentStore.foldTallies(handle, 3);
            assertThat(handle.createQuery("SELECT count(*) FROM ota.tally").mapTo(Integer.class).one())
                    .isEqualTo(4);
            Effects.cancel(handle, campaign, Closing.FORCE, "really", NOW);
        });
        assertThat(states(campaign)).isEqualTo("{\"cancelled\":" + all + "}");
        int rows = database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM ota.deployment WHERE state = 'cancelled' AND outcome = 'none'")
                .mapTo(Integer.class).one());
        assertThat(rows).isEqualTo(all);
    }

    private String states(CampaignRow campaign) {
        return database.jdbi().withHandle(
                handle -> DeploymentStore.census(handle, campaign.number(), 2).states().toString());
    }

    @Test
    void theFirstStageIsAnotherChoiceInEachCampaignAndAFairOne() {
        CampaignRow one = insert("true", Plans.plan(10));
        CampaignRow two = insert("true", Plans.plan(10));
        int[] overlap = new int[1];
        int[] european = new int[1];
        enrol(one);
        enrol(two);
        database.useTransaction(handle -> {
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
        CampaignRow campaign = insert("device.region == \"new\" || device.id == \"SN-1\"",
                Plans.plan(20, 100));
        assertThat(enrol(campaign)).isEqualTo(1);
        database.useTransaction(handle -> {
            handle.execute(
                    "UPDATE fleet.device SET region = 'new' WHERE number <= 1000 AND state = 'active'");
            int joined = Enrolment.sweep(handle, campaign, NOW);
            assertThat(joined).as("990, of which one is in already").isEqualTo(989);
            assertThat(Enrolment.sweep(handle, campaign, NOW)).isZero();
            int early = DeploymentStore.census(handle, campaign.number(), 2).stages().getFirst().open();
            assertThat(early).isBetween(130, 270);
        });
    }

    // as the engine does it, piece by piece
    private int enrol(CampaignRow campaign) {
        long begin = System.nanoTime();
        database.useTransaction(handle -> Enrolment.begin(handle, campaign));
        long drawn = System.nanoTime() - begin;
        long longest = 0;
        int made = 0;
        Enrolment.Chunk chunk;
        do {
            long piece = System.nanoTime();
            chunk = database.inTransaction(
                    handle -> Enrolment.next(handle, campaign, Enrolment.CHUNK_MAX, NOW));
            longest = Math.max(longest, System.nanoTime() - piece);
            made += chunk.made();
        } while (chunk.more());
        System.out.println("Enrolment: drawn in " + drawn / 1_000_000 + " ms, the longest piece took "
                + longest / 1_000_000 + " ms");
        return made;
    }

    private CampaignRow insert(String target, Plan plan) {
        return database
                .inTransaction(handle -> CampaignStore.insert(handle, new CampaignStore.New("c", release,
                        target, plan, CampaignState.APPROVED, "ann", false, null, 0), NOW));
    }
}
