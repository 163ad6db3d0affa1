package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Campaigns and deployments under crashes at every place, with seeds: whatever happens, the invariants of [World] hold and
/// both campaigns come to an end.
class CampaignSimulationTest {
    private static final int SEEDS = Integer.getInteger("aftercare.simulation.seeds", 150);
    private static final int STEPS_MAX = 60_000;

    @Test
    void everyCampaignEndsWhateverCrashesAndIsLost() {
        int crashes = 0;
        int confirmed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed);
            try {
                run(world);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            crashes += world.crashes;
            confirmed += (int) world.stored.deployments.stream().flatMap(map -> map.values().stream())
                    .filter(each -> each.state() == DeploymentState.CONFIRMED).count();
        }
        System.out.println(
                "OTA simulation: " + SEEDS + " seeds, " + crashes + " crashes, " + confirmed + " confirmed");
        assertThat(crashes).isGreaterThan(SEEDS);
        assertThat(confirmed).isGreaterThan(SEEDS);
    }

    private static void run(World world) {
        Random random = world.random;
        int steps = 0;
        while (!world.ended()) {
            assertThat(steps++).as("steps").isLessThan(STEPS_MAX);
            int campaign = random.nextInt(2);
            SimulatedDevice device = world.devices.get(random.nextInt(World.DEVICES));
            switch (random.nextInt(12)) {
                case 0, 1 -> world.transaction(() -> world.tick(campaign));
                case 2 -> world.overdue();
                case 3 -> world.relay();
                case 4, 5, 6 -> device.work();
                case 7, 8, 9 -> world.deliver(device);
                case 10 -> world.offerAgain(campaign, device.number);
                default -> {
                    people(world, campaign, random);
                    world.pass(random.nextInt(60) == 0
                            ? Duration.ofHours(25)
                            : Duration.ofSeconds(random.nextInt(90)));
                }
            }
        }
    }

    // people act at any time; what cannot be done now is refused and changes nothing
    private static void people(World world, int campaign, Random random) {
        world.transaction(() -> {
            try {
                switch (random.nextInt(60)) {
                    case 0 -> world.act(campaign, new CampaignEvent.Pause("ann"));
                    case 1, 2, 3, 4, 5, 6 -> world.resume(campaign);
                    case 7 -> {
                        if (random.nextInt(20) == 0) {
                            world.act(campaign, new CampaignEvent.Abort("ann", ""));
                        }
                    }
                    default -> world.act(campaign, new CampaignEvent.Start("ann"));
                }
            } catch (Problem refused) {
                assertThat(refused.status()).isEqualTo(409);
            }
        });
    }
}
