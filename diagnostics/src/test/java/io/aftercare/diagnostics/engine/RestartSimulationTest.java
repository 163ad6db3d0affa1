package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Random rules, and samples, events, texts and silence of a device, some of them late, ahead or sent twice: a run in which the process dies
/// again and again, with its memory lost and its database kept, ends in the very same fault events as one in which it never does. One seed
/// is one history; `-Dseed=…` begins elsewhere, `-Drestart.seeds=…` does more of them.
class RestartSimulationTest {
    private static final int SEEDS = Integer.getInteger("restart.seeds", 200);
    private static final long SECOND = 1_000_000;
    private static final long START = 1_767_571_200 * SECOND; // 2026-01-05T00:00:00Z
    private static final List<String> CONDITIONS = List.of("a > 6", "a > 5 && b < 4", "a > 7 || b > 8",
            "avg(a, \"1m\") > 6", "max(a, \"2m\") - min(a, \"2m\") > 7", "sum(b, \"1m\") > 20",
            "count(a, \"1m\") > 5", "stddev(a, \"3m\") > 3", "quantile(a, 0.9, \"5m\") > 8",
            "increase(b, \"2m\") > 12", "ewma(a, \"2m\") > 6", "zscore(a, \"5m\") > 1.5",
            "delta(a, \"1m\") > 4",
            "rate(b, \"1m\") > 0.1", "prev(a) < a - 4", "changed(mode, \"1m\")", "mode == \"x\" && a > 3",
            "events(\"E\", \"2m\") >= 2", "reboots(\"5m\") >= 2", "within(a > 7, b > 7, \"1m\")",
            "absent(\"1m\")",
            "absent(b, \"90s\")", "absent(\"40s\") && a > 4", "anomaly(a) > 0", "forecast(a, \"10m\") > 9",
            "time_to(a, 20.0) < 600.0");
    private static final List<Rule> RULES = rules();
    private final Device device = new Device(1, new DeviceId("SN-1"), "LP-2000", "", "", "", null, "", "",
            Map.of(),
            "active", 1, Instant.EPOCH, null);
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("a", "b"));

    /// What a device says.
    sealed interface What {}

    /// @param values of the metrics by place, NaN where it says nothing
    record Values(double[] values) implements What {}

    record Occurrence(String code) implements What {}

    record Report(String name, String text) implements What {}

    /// @param micros by the device's clock
    record Input(long micros, long arrived, What what) {}

    private static List<Rule> rules() {
        Random random = new Random(1);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < CONDITIONS.size() * 2; i++) {
            String end = random.nextInt(3) == 0 ? ", clear_when: 'a < 3'" : "";
            String quiet = random.nextInt(4) == 0 ? ", quiet: {flaps: 3, within: 10m, hold: 2m}" : "";
            rules.add(RuleReader.read("{id: r" + i + ", fault: {code: C" + random.nextInt(20) + "}, when: '"
                    + CONDITIONS.get(i % CONDITIONS.size()) + "', for: " + random.nextInt(4) * 10
                    + "s, clear_for: "
                    + random.nextInt(3) * 10 + "s" + end + quiet + "}"));
        }
        return rules;
    }

    @Test
    void aRunThatDiesAgainAndAgainEndsInTheSameFaults() {
        long first = Long.getLong("seed", 1);
        int events = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            Random random = new Random(seed);
            List<ActiveRule> rules = random.ints(0, RULES.size()).distinct().limit(1 + random.nextInt(6))
                    .mapToObj(
                            i -> new ActiveRule(RULES.get(i), 1, 1))
                    .toList();
            boolean listens = rules.stream().anyMatch(rule -> rule.rule().when().text().contains("absent"));
            List<Input> inputs = inputs(random, listens);
            List<String> calm = run(rules, inputs, new Random(0), false);
            List<String> stormy = run(rules, inputs, random, true);
            assertThat(stormy)
                    .as("seed %d, rules %s", seed,
                            rules.stream().map(rule -> rule.rule().document()).toList())
                    .containsExactlyElementsOf(calm);
            events += calm.size();
        }
        assertThat(events).as("fault events of all seeds").isGreaterThan(SEEDS);
    }

    private static List<Input> inputs(Random random, boolean listens) {
        List<Input> inputs = new ArrayList<>();
        long now = START;
        double a = 5;
        double b = 5;
        boolean isStormy = random.nextBoolean();
        for (int i = 0; i < 250; i++) {
            now += SECOND * (random.nextInt(25) == 0 ? 60 + random.nextInt(120) : 1 + random.nextInt(8));
            a = Math.clamp(a + random.nextGaussian() * 2, 0, 10);
            b = random.nextInt(30) == 0 ? 0 : Math.clamp(b + random.nextGaussian(), 0, 10);
            long own = isStormy ? own(random, now, listens) : now;
            inputs.add(new Input(own, now, switch (random.nextInt(14)) {
                case 0 -> new Occurrence(random.nextInt(3) == 0 ? "F" : "E");
                case 1 -> new Occurrence("boot");
                case 2 -> new Report("mode", random.nextBoolean() ? "x" : "y");
                case 3 -> new Values(new double[]{a, Double.NaN});
                case 4 -> new Values(new double[]{Double.NaN, b});
                default -> new Values(new double[]{a, b});
            }));
        }
        return inputs;
    }

    /// Where silence matters, a clock is never a little ahead: when such a sample arrived is not known afterwards. Mostly right, sometimes late, sometimes much too late, sometimes from the future, sometimes of the very same moment.
    private static long own(Random random, long now, boolean listens) {
        return switch (random.nextInt(30)) {
            case 0, 1 -> now - random.nextInt(500) * SECOND;
            case 2 -> now - random.nextInt(5_000) * SECOND;
            case 3 -> now + (301 + random.nextInt(40_000)) * SECOND;
            case 4 -> now + (listens ? 0 : random.nextInt(200)) * SECOND;
            case 5 -> now / (60 * SECOND) * 60 * SECOND;
            default -> now;
        };
    }

    private List<String> run(List<ActiveRule> rules, List<Input> inputs, Random random, boolean dies) {
        SimulatedHome home = new SimulatedHome(rules, device, metrics, START);
        LaneEngine lane = home.restart();
        int acknowledged = 0;
        while (acknowledged < inputs.size()) {
            int end = Math.min(inputs.size(), acknowledged + 1 + random.nextInt(6));
            List<Input> batch = inputs.subList(acknowledged, end);
            int fate = dies ? random.nextInt(8) : 7;
            for (Input input : batch) {
                if (fate > 1) { // each commits by itself, so that time passes alike whatever becomes of the batch
                    idle(home, lane, input.arrived());
                    home.now = Math.max(home.now, input.arrived());
                    tell(home, lane, input);
                    home.commit(lane, List.of(input));
                    lane.committed();
                } else {
                    tell(home, lane, input); // dies before the commit
                }
            }
            if (random.nextInt(3) == 0) {
                home.background();
            }
            if (fate <= 3) {
                lane = home.restart();
            }
            if (fate > 2) {
                acknowledged = end;
            }
        }
        return home.log;
    }

    /// Lets the time pass in which nothing comes.
    private static void idle(SimulatedHome home, LaneEngine lane, long until) {
        for (long at = lane.wakeAt(); at < until; at = lane.wakeAt()) {
            home.now = Math.max(home.now, at);
            if (home.now >= until) {
                return;
            }
            lane.tick(home.now);
            home.commit(lane, List.of());
            lane.committed();
        }
    }

    private void tell(SimulatedHome home, LaneEngine lane, Input input) {
        switch (input.what()) {
            case Values it -> {
                Sample sample = new Sample(device, metrics);
                fill(sample, device, metrics, input.micros(), it.values());
                lane.accept(sample, input.arrived());
            }
            case Occurrence it -> {
                if (home.isStored(input, it)) {
                    lane.heard(device, input.arrived());
                } else {
                    lane.event(device, input.micros(), it.code(), false, input.arrived());
                }
            }
            case Report it -> lane.text(device, input.micros(), it.name(), it.text(), input.arrived());
        }
    }

    static void fill(Sample sample, Device of, ModelMetrics metrics, long micros, double[] values) {
        sample.begin(of, metrics, micros);
        IntStream.range(0, values.length).filter(place -> !Double.isNaN(values[place]))
                .forEach(place -> sample.add(place, values[place]));
    }
}
