package io.aftercare.ota.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.health.HealthTest.Moment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How often the gate errs, counted: campaigns whose release is no worse, on fleets whose devices differ, with faults that come in
/// clusters and a temperature that all devices share; and how soon planted harm is found.
class HealthSimulationTest {
    private static final int NULLS = Integer.getInteger("aftercare.health.campaigns", 1000);
    private static final int PLANTED = 100;
    /// Of a device, on average in a tenth of a soak: the highest probability of faults in the fleets that are drawn.
    private static final double RESTLESS = 0.05;
    private static final double QUIET = 0.0005;
    private static final int LOOKS = 10;
    private static final String[] CODES = {"JAM", "HEAT", "DOOR", "LINK", "TONER", "NOISE"};
    private static final Plan.Metric TEMP = new Plan.Metric("temp", Plan.Worse.EITHER, 0);

    /// What the new release does to a device.
    ///
    /// @param breaks probability that it raises the fault `BAD` during a soak
    /// @param heats  by how many standard deviations of a device's change
    private record Harm(double breaks, double heats) {}

    private static final Harm NONE = new Harm(0, 0);

    /// @param stage where it was stopped, from 0; -1 where it never was
    /// @param at    fraction of the soak
    private record Ending(int stage, double at) {}

    @Test
    void aReleaseThatIsNoWorseIsStoppedNoMoreOftenThanStated() {
        for (double alpha : new double[]{0.01, 0.05}) {
            int alarms = 0;
            for (int seed = 0; seed < NULLS; seed++) {
                Random random = new Random(seed);
                int devices = 20 + random.nextInt(random.nextInt(5) == 0 ? 300 : 60);
                List<Plan.Metric> metrics = seed % 2 == 0 ? List.of(TEMP) : List.of();
                int first = 1 + random.nextInt(devices / 4);
                int[] stages = {first, Math.min(devices, first * 3), devices};
                alarms += run(random, devices, stages, metrics, alpha, NONE, RESTLESS).stage() >= 0 ? 1 : 0;
            }
            double share = (double) alarms / NULLS;
            double error = Math.sqrt(alpha * (1 - alpha) / NULLS);
            System.out.printf(Locale.ROOT,
                    "Health gate: of %d harmless campaigns %.2f %% stopped, %.0f %% stated%n",
                    NULLS, 100 * share, 100 * alpha);
            assertThat(share).isLessThan(alpha + 3 * error);
        }
    }

    @Test
    void plantedHarmIsFoundAtTheCanary() {
        Harm breaks = new Harm(1, 0);
        assertThat(found("2 of 20, each breaks", 20, 2, QUIET, breaks)).isGreaterThan(0.9);
        found("2 of 20, each breaks, and the others often too", 20, 2, RESTLESS, breaks);
        assertThat(found("5 of 100, each breaks", 100, 5, QUIET, breaks)).isEqualTo(1);
        assertThat(found("5 of 100, each breaks, and the others often too", 100, 5, RESTLESS, breaks))
                .isGreaterThan(0.95);
        found("20 of 400, 30 % break", 400, 20, RESTLESS, new Harm(0.3, 0));
        found("20 of 400, 10 % break", 400, 20, QUIET, new Harm(0.1, 0));
        assertThat(found("5 of 100, 3 sd hotter", 100, 5, RESTLESS, new Harm(0, 3))).isGreaterThan(0.8);
        found("20 of 200, 1 sd hotter", 200, 20, RESTLESS, new Harm(0, 1));
    }

    private static double found(String what, int devices, int canary, double restless, Harm harm) {
        int found = 0;
        double time = 0;
        for (int seed = 0; seed < PLANTED; seed++) {
            Ending ending = run(new Random(seed), devices, new int[]{canary, devices}, List.of(TEMP), 0.01,
                    harm, restless);
            if (ending.stage() == 0) {
                found++;
                time += ending.at();
            }
        }
        System.out.printf(Locale.ROOT,
                "Health gate: %s: %.1f %% found at the canary, after %.0f %% of the soak on average%n",
                what, 100.0 * found / PLANTED, found == 0 ? Double.NaN : 100 * time / found);
        return (double) found / PLANTED;
    }

    private static Ending run(Random random, int devices, int[] stages, List<Plan.Metric> metrics,
            double alpha,
            Harm harm, double restlessMax) {
        List<Device> fleet = new ArrayList<>();
        double restless = random.nextDouble() * random.nextDouble() * restlessMax;
        for (int i = 0; i < devices; i++) {
            fleet.add(new Device(random, restless));
        }
        Budget budget = new Budget(alpha, 0, 0);
        for (int stage = 0; stage < stages.length; stage++) {
            int updated = stages[stage];
            fleet.forEach(Device::watched);
            for (int look = 1; look <= LOOKS; look++) {
                double weather = random.nextGaussian();
                for (int i = 0; i < devices; i++) {
                    fleet.get(i).live(random, weather, i < updated ? harm : NONE);
                }
                List<Compared> seen = fleet.stream().map(Device::seen).toList();
                HealthTest.Result result = HealthTest.look(seen.subList(0, updated),
                        seen.subList(updated, devices), metrics, Set.of(), budget,
                        new Moment(stage, (double) look / LOOKS, look == LOOKS));
                if (!result.worse().isEmpty()) {
                    return new Ending(stage, (double) look / LOOKS);
                }
                budget = result.spent();
                assertThat(budget.faults() + budget.metrics()).isLessThanOrEqualTo(alpha * (1 + 1e-9));
            }
        }
        return new Ending(-1, 1);
    }

    /// A device with its own habits: some break often, some run hot, and what it did a while ago it goes on doing.
    private static final class Device {
        private final double restlessness;
        private final double level;
        private double drift;
        private final Set<String> faults = new HashSet<>();
        private double sum;
        private int n;

        Device(Random random, double restless) {
            this.restlessness = restless * -Math.log(random.nextDouble());
            this.level = 180 + 10 * random.nextGaussian();
        }

        void watched() {
            faults.clear();
            sum = 0;
            n = 0;
        }

        void live(Random random, double weather, Harm harm) {
            if (random.nextDouble() < restlessness) {
                int burst = 1 + random.nextInt(3); // one trouble raises several codes
                for (int i = 0; i < burst; i++) {
                    faults.add(CODES[random.nextInt(CODES.length)]);
                }
            }
            if (random.nextDouble() < 1 - Math.pow(1 - Math.min(harm.breaks(), 0.999999), 1.0 / LOOKS)) {
                faults.add("BAD");
            }
            drift = 0.8 * drift + 0.6 * random.nextGaussian();
            sum += level + weather + drift + harm.heats();
            n++;
        }

        Compared seen() {
            return new Compared(faults, Map.of("temp", level), Map.of("temp", sum / n));
        }
    }
}
