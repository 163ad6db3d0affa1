package io.aftercare.server.library;

import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.simulator.physics.Behaviour;
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
    }

    /// Lets it live with these parts broken, one sample a minute.
    Life live(Duration length, Set<String> broken) {
        for (double left = length.toSeconds(); left > 0; left -= STEP_SECONDS) {
            body.advance(STEP_SECONDS, Behaviour.FACTORY, broken)
                    .forEach(happening -> {
                        if (happening.reboots()) {
                            body.powerCycle(20);
                        }
                    });
            micros += (long) (STEP_SECONDS * 1_000_000);
            tell();
        }
        return this;
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
        }
    }

    /// The rules that have raised something, in order.
    List<String> raised() {
        return rehearsal.faults().stream().map(Rehearsal.Raised::rule).toList();
    }
}
