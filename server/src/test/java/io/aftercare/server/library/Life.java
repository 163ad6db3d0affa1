package io.aftercare.server.library;

import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.diagnostics.rule.TestInput;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.simulator.physics.Behaviour;
import io.aftercare.simulator.physics.Happening;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.physics.Physics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// A simulated device that lives quickly, and the rules that watch it.
final class Life {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final double STEP_SECONDS = 60;

    private final Physics body;
    private final ModelMetrics metrics;
    private final Device device;
    private final Sample sample;
    private final Rehearsal rehearsal;
    private long micros = START.getEpochSecond() * 1_000_000;

    Life(Kind kind, Plan plan, long seed) {
        body = kind.newBody(new Random(seed), Pace.LIFE);
        List<String> names = Stream.concat(body.readings().keySet().stream(), Stream.of("clock_offset_s"))
                .distinct()
                .toList();
        metrics = ModelMetrics.inMemory(kind.product().model(), names);
        device = new Device(1, new DeviceId("LIFE-" + seed), kind.product().model(),
                kind.product().hardware(),
                kind.factoryFirmware(), "", null, "", "", Map.of(), "active", 1, START, null);
        sample = new Sample(device, metrics);
        rehearsal = new Rehearsal(plan, device);
        rehearsal.cohorts(List.of(new TestInput.Cohort("cpu_temp", 50, 3, 40)));
        rehearsal.text("firmware", kind.factoryFirmware(), micros);
    }

    /// Lets it live with these parts broken, one sample a minute.
    Life live(Duration length, Set<String> broken) {
        for (double left = length.toSeconds(); left > 0; left -= STEP_SECONDS) {
            micros += (long) (STEP_SECONDS * 1_000_000);
            for (Happening happening : body.advance(STEP_SECONDS, Behaviour.FACTORY, broken)) {
                tell(happening);
            }
            tell();
        }
        return this;
    }

    /// Its firmware is another one from now on.
    Life update(String version) {
        rehearsal.text("firmware", version, micros);
        return this;
    }

    private void tell(Happening happening) {
        rehearsal.event(happening.code(), micros);
        if (happening.reboots()) {
            body.powerCycle(20);
            rehearsal.boot(false, micros);
        }
    }

    private void tell() {
        sample.begin(device, metrics, micros);
        body.readings().forEach((name, value) -> {
            if (value instanceof Number number) {
                sample.add(metrics.find(name), number.doubleValue());
            } else if (value instanceof Boolean truth) {
                sample.add(metrics.find(name), truth ? 1 : 0);
            }
        });
        if (sample.count() > 0) {
            rehearsal.accept(sample);
        } else {
            rehearsal.clock(micros);
        }
    }

    /// The rules that have raised something, in order.
    List<String> raised() {
        return rehearsal.faults().stream().map(Rehearsal.Raised::rule).toList();
    }
}
