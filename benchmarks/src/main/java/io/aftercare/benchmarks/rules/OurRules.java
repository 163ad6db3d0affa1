package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.diagnostics.engine.DeviceState;
import io.aftercare.diagnostics.engine.Phase;
import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.engine.Signal;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.simulator.load.LoadOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Whole samples through the backend's own state of a device: late and repeated samples told apart, windows, waits, levels, quiet.
final class OurRules implements Contender, DeviceState.Sink {
    private final Samples samples;
    private final DeviceState[] states;
    private final Device[] devices;
    private final ModelMetrics metrics = ModelMetrics.inMemory(BenchFleet.MODEL,
            LoadOptions.metricNames(BenchFleet.METRICS));
    private final Sample sample;
    private long raised;

    /// @param loaded  rules in force, of which those after `applying` are for other models
    OurRules(Samples samples, int applying, int loaded) {
        this.samples = samples;
        List<ActiveRule> rules = IntStream.rangeClosed(1, loaded)
                .mapToObj(i -> BenchFleet.rule(i, i <= applying ? BenchFleet.MODEL : "OTHER-" + i % 25,
                        false))
                .map(text -> new ActiveRule(RuleReader.read(text), 1, 1)).toList();
        Plan plan = new Plan(BenchFleet.MODEL, rules);
        this.devices = IntStream.range(0, samples.devices()).mapToObj(OurRules::device)
                .toArray(Device[]::new);
        this.states = new DeviceState[devices.length];
        for (int i = 0; i < states.length; i++) {
            states[i] = new DeviceState(plan, devices[i]);
        }
        this.sample = new Sample(devices[0], metrics);
    }

    private static Device device(int number) {
        return new Device(number + 1, new DeviceId(BenchFleet.deviceId(number + 1)), BenchFleet.MODEL, "A1",
                "", "", null, "", "", Map.of(), "active", 1, Instant.EPOCH, null);
    }

    @Override
    public void run(long from, int count) {
        for (long number = from; number < from + count; number++) {
            int device = samples.device(number);
            sample.begin(devices[device], metrics, samples.micros(number));
            for (int metric = 0; metric < BenchFleet.METRICS; metric++) {
                sample.add(metric, samples.value(number, metric));
            }
            states[device].judge(sample, this);
        }
    }

    @Override
    public void signal(DeviceState state, int rule, Signal signal, long micros) {
        if (signal == Signal.RAISED) {
            raised++;
        }
    }

    @Override
    public void stillOpen(DeviceState state, int rule, Phase phase, long micros) {
        // counted when it was raised
    }

    @Override
    public long found() {
        return raised;
    }
}
