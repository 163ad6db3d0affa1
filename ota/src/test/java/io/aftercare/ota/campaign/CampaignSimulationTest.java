package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Campaigns and deployments with kills at every place, with seeds: whatever happens, [Invariants] hold, both campaigns come
/// to an end and so does every device in them. `-Daftercare.simulation.seeds=3000` for more seeds than the build has.
class CampaignSimulationTest {
    private static final int SEEDS = Integer.getInteger("aftercare.simulation.seeds", 200);
    private static final int STEPS_MAX = 100_000;
    private static final int KILLS_MAX = 100;

    @Test
    void everyCampaignEndsWhateverIsKilledAndLost() {
        int crashes = 0;
        Map<DeploymentState, Integer> ends = new EnumMap<>(DeploymentState.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = run(seed, -1);
            crashes += world.crashes;
            for (Deployment[] campaign : world.stored.deployments) {
                for (Deployment each : campaign) {
                    if (each != null) {
                        ends.merge(each.state(), 1, Integer::sum);
                    }
                }
            }
        }
        System.out.println("OTA simulation: " + SEEDS + " seeds, " + crashes + " kills, " + ends);
        assertThat(crashes).isGreaterThan(SEEDS);
        assertThat(ends).containsOnlyKeys(DeploymentState.CONFIRMED, DeploymentState.FAILED,
                DeploymentState.ROLLED_BACK, DeploymentState.CANCELLED, DeploymentState.SKIPPED);
    }

    @Test
    void oneRunIsKilledAtEachOfItsPlacesAndEndsAllTheSame() {
        int places = run(7, Integer.MAX_VALUE).places;
        for (int place = 0; place < places; place += Math.max(1, places / KILLS_MAX)) {
            assertThat(run(7, place).crashes).as("kills at place %d", place).isEqualTo(1);
        }
    }

    private static World run(long seed, int killedAt) {
        World world = new World(seed, killedAt);
        try {
            live(world);
            return world;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", killed at " + killedAt + ": " + e.getMessage(), e);
        }
    }

    private static void live(World world) {
        Random random = world.random;
        int steps = 0;
        while (!world.ended()) {
            Invariants.require(steps++ < STEPS_MAX, "no end, steps", steps);
            int campaign = random.nextInt(2);
            SimulatedDevice device = world.devices.get(random.nextInt(World.DEVICES));
            switch (random.nextInt(12)) {
                case 0, 1 -> world.transaction(() -> world.step(campaign));
                case 2 -> world.overdue();
                case 3 -> {
                    world.relay();
                    world.look(campaign);
                }
                case 4, 5, 6 -> device.work();
                case 7, 8, 9 -> world.deliver(device);
                case 10 -> world.offerAgain(campaign, device.number);
                default -> {
                    people(world, campaign, device.number, random);
                    world.pass(random.nextInt(60) == 0
                            ? Duration.ofHours(1 + random.nextInt(25))
                            : Duration.ofSeconds(random.nextInt(90)));
                }
            }
        }
    }

    // people act at any time
    private static void people(World world, int campaign, int device, Random random) {
        world.transaction(() -> {
            switch (random.nextInt(60)) {
                case 0 -> world.ask(campaign, new CampaignEvent.Pause("ann"));
                case 1, 2, 3, 4 -> world.resume(campaign);
                case 5 -> world.ask(campaign, new CampaignEvent.Advance("ann"));
                case 6 ->
                    world.ask(campaign, device, new DeploymentEvent.Cancel("sold", random.nextBoolean()));
                case 7 -> world.ask(campaign, device, new DeploymentEvent.Retry("ann"));
                case 8 -> world.join();
                case 9 -> world.ask(campaign, new CampaignEvent.Missing("an artifact"));
                case 10 -> world.ask(campaign, new CampaignEvent.Halt("an incident"));
                case 11 -> {
                    if (random.nextInt(12) == 0) {
                        world.ask(campaign, new CampaignEvent.Abort("ann", "", random.nextBoolean()));
                    }
                }
                case 12 -> {
                    if (random.nextInt(20) == 0) {
                        world.withdraw();
                    }
                }
                default -> world.ask(campaign, new CampaignEvent.Start("ann"));
            }
        });
    }
}
