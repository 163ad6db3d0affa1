package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.rule.ActiveRule;
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
import org.junit.jupiter.api.Test;

class DeviceStateTest {
    private static final long SECOND = 1_000_000;
    private final Device device = device("A2", 1);
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("temp", "rpm", "other"));
    private final List<String> signals = new ArrayList<>();
    private final DeviceState.Sink sink = new DeviceState.Sink() {
        @Override
        public void signal(DeviceState state, int rule, Signal signal, long micros) {
            signals.add(signal + "@" + micros / SECOND);
        }

        @Override
        public void stillOpen(DeviceState state, int rule, Phase phase, long micros) {
            // of no interest here
        }
    };

    private static Device device(String hardware, int version) {
        return new Device(1, new DeviceId("SN-1"), "LP-2000", hardware, "", "", null, "", "", Map.of(),
                "active",
                version, Instant.EPOCH, null);
    }

    private DeviceState state(String... rules) {
        List<ActiveRule> active = new ArrayList<>();
        for (String rule : rules) {
            active.add(new ActiveRule(RuleReader.read(rule), 1, 1));
        }
        return new DeviceState(new Plan("LP-2000", active), device);
    }

    private void send(DeviceState state, long second, String metric, double value) {
        Sample sample = new Sample(state.device(), metrics);
        sample.begin(state.device(), metrics, second * SECOND);
        sample.add(metrics.find(metric), value);
        state.judge(sample, sink);
    }

    @Test
    void aLateSampleNeverOpensClearsOrMovesTheWait() {
        DeviceState state = state("{id: hot, fault: {code: HOT}, when: temp > 80, for: 10s}");
        send(state, 100, "temp", 90);
        send(state, 95, "temp", 20);
        send(state, 105, "temp", 90);
        send(state, 80, "temp", 90);
        send(state, 110, "temp", 90);
        assertThat(signals).containsExactly("RAISED@110");
        send(state, 60, "temp", 20);
        assertThat(state.phase(0).isOpen()).isTrue();
    }

    @Test
    void aLateValueGoesIntoItsWindowUpToTenMinutesBack() {
        DeviceState state = state("{id: n, fault: {code: N}, when: 'count(temp, \"1h\") > 3'}");
        send(state, 10_000, "temp", 1);
        send(state, 9_990, "temp", 1);
        send(state, 10_000 - 601, "temp", 1);
        send(state, 10_001, "temp", 1);
        assertThat(signals).as("three are in, one came too late").isEmpty();
        send(state, 10_002, "temp", 1);
        assertThat(signals).containsExactly("RAISED@10002");
    }

    @Test
    void aSampleSentTwiceIsCountedOnce() {
        DeviceState state = state("{id: n, fault: {code: N}, when: 'count(temp, \"1h\") > 3'}");
        for (int second = 1; second <= 3; second++) {
            send(state, second, "temp", 1);
        }
        for (int second = 1; second <= 3; second++) {
            send(state, second, "temp", 1);
        }
        assertThat(signals).isEmpty();
        send(state, 4, "temp", 1);
        assertThat(signals).containsExactly("RAISED@4");
    }

    @Test
    void aWindowRunsOutWhileOtherMetricsCome() {
        DeviceState state = state("{id: n, fault: {code: N}, when: 'count(temp, \"10s\") < 1'}");
        send(state, 1, "other", 1);
        assertThat(signals).as("never sent is unknown").isEmpty();
        send(state, 2, "temp", 1);
        send(state, 11, "other", 1);
        assertThat(signals).isEmpty();
        send(state, 13, "other", 1);
        assertThat(signals).containsExactly("RAISED@13");
    }

    @Test
    void aRuleThatNoLongerFitsTheDeviceEndsItsFault() {
        DeviceState state = state(
                "{id: hot, applies_to: {where: 'device.hardware == \"A2\"'}, fault: {code: HOT}, when: temp > 80}");
        send(state, 1, "temp", 90);
        state.describe(device("A3", 2));
        Handover.inapplicable(state, sink, 2 * SECOND);
        send(state, 3, "temp", 95);
        assertThat(signals).containsExactly("RAISED@1", "CLEARED@2");
    }

    @Test
    void otherRulesKeepTheirWindowsAndStandings() {
        String hot = "{id: hot, fault: {code: HOT}, when: temp > 80, for: 10s}";
        DeviceState before = state("{id: n, fault: {code: N}, when: 'count(temp, \"1h\") > 3'}", hot);
        send(before, 1, "temp", 90);
        send(before, 2, "temp", 90);
        Plan plan = new Plan("LP-2000", List.of(new ActiveRule(RuleReader.read(hot), 1, 1),
                new ActiveRule(RuleReader.read("{id: m, fault: {code: M}, when: 'sum(temp, \"1h\") > 350'}"),
                        1, 1)));
        DeviceState after = DeviceState.moved(before, plan);
        send(after, 3, "temp", 90);
        send(after, 4, "temp", 90);
        send(after, 11, "temp", 0);
        assertThat(signals).as("four values, two of them from before").containsExactly("RAISED@4");
        send(after, 12, "temp", 90);
        assertThat(after.phase(0)).isEqualTo(Phase.PENDING);
    }

    @Test
    void aScheduleKeepsARuleFromRaisingOutsideItsHours() {
        DeviceState state = state(
                "{id: hot, fault: {code: HOT}, when: temp > 80, schedule: {days: thu-fri, hours: '08:00-09:00', zone: UTC}}");
        send(state, 7 * 3_600, "temp", 90); // 1970-01-01 was a Thursday
        assertThat(signals).isEmpty();
        send(state, 8 * 3_600, "temp", 90);
        send(state, 10 * 3_600, "temp", 90);
        send(state, 11 * 3_600, "temp", 10);
        assertThat(signals).containsExactly("RAISED@28800", "CLEARED@39600");
    }

    /// Any order of arrival within a batch of two metrics gives what a plain model says, which looks at all samples anew.
    @Test
    void randomSeriesAgreeWithAModelThatLooksAtEverythingAnew() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            signals.clear();
            int holds = random.nextInt(4) * 5;
            int clears = random.nextInt(4) * 5;
            DeviceState state = state("{id: hot, fault: {code: HOT}, when: temp > 5 && rpm < 8, for: " + holds
                    + "s, clear_when: temp < 3, clear_for: " + clears + "s}");
            List<double[]> taken = new ArrayList<>();
            long now = 0;
            for (int step = 0; step < 150; step++) {
                boolean late = step > 0 && random.nextInt(5) == 0;
                now += late ? 0 : 1 + random.nextInt(6);
                long at = late ? Math.max(0, now - 1 - random.nextInt(30)) : now;
                boolean temp = random.nextInt(4) > 0;
                double value = random.nextInt(10);
                send(state, at, temp ? "temp" : "rpm", value);
                if (at == now) {
                    taken.add(new double[]{at, temp ? 0 : 1, value});
                } else {
                    taken.add(new double[]{at, temp ? 2 : 3, value}); // late: no moment of judging
                }
            }
            assertThat(signals).as("seed %d round %d", seed, round).isEqualTo(model(taken, holds, clears));
        }
    }

    private static List<String> model(List<double[]> taken, int holds, int clears) {
        List<String> expected = new ArrayList<>();
        boolean open = false;
        double wait = Double.NaN;
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i)[1] > 1) {
                continue;
            }
            double at = taken.get(i)[0];
            double temp = newest(taken.subList(0, i + 1), 0);
            double rpm = newest(taken.subList(0, i + 1), 1);
            boolean when = temp > 5 && rpm < 8;
            boolean end = temp < 3;
            if (!open) {
                wait = when ? Double.isNaN(wait) ? at : wait : Double.NaN;
                if (when && at - wait >= holds) {
                    open = true;
                    wait = Double.NaN;
                    expected.add("RAISED@" + (long) at);
                }
            } else if (when) {
                if (!Double.isNaN(wait)) {
                    expected.add("RAISED_AGAIN@" + (long) at);
                }
                wait = Double.NaN;
            } else {
                wait = end ? Double.isNaN(wait) ? at : wait : Double.NaN;
                if (end && at - wait >= clears) {
                    open = false;
                    wait = Double.NaN;
                    expected.add("CLEARED@" + (long) at);
                }
            }
        }
        return expected;
    }

    private static double newest(List<double[]> taken, int metric) {
        double at = Double.NEGATIVE_INFINITY;
        double value = Double.NaN;
        for (double[] sample : taken) {
            if (((int) sample[1] & 1) == metric && sample[0] >= at) {
                at = sample[0];
                value = sample[2];
            }
        }
        return value;
    }
}
