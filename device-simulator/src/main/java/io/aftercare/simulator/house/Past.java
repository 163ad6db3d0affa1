package io.aftercare.simulator.house;

import io.aftercare.simulator.physics.Behaviour;
import io.aftercare.simulator.physics.Physics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a device has measured before the house opens: the physics of the simulated devices, lived through quickly. Hourly at first,
/// then every five minutes, at the end twice a minute, so that rules that look closely have something to look at.
final class Past {
    private static final Duration FIVE_MINUTES_FROM = Duration.ofHours(36);
    private static final Duration HALF_MINUTES_FROM = Duration.ofMinutes(110);
    /// Of an hour between two samples only this much is lived through; enough for heat and load to settle.
    private static final double SECONDS_MAX = 300;

    private final Appliance appliance;
    private final Physics body;

    /// @param body that lives through it, and is afterwards as old
    Past(Appliance appliance, Physics body) {
        this.appliance = appliance;
        this.body = body;
    }

    List<Sample> live(Instant now, Duration length) {
        Instant end = now.minus(appliance.awayFor());
        Instant broke = end.minus(appliance.ailing());
        List<Sample> samples = new ArrayList<>();
        Instant at = end.minus(length);
        while (at.isBefore(end)) {
            Duration step = step(Duration.between(at, end));
            at = at.plus(step);
            boolean isBroken = !appliance.ail().isEmpty() && at.isAfter(broke);
            var _ = body.advance(Math.min(SECONDS_MAX, (double) step.toSeconds()), Behaviour.FACTORY,
                    isBroken ? Set.of(appliance.ail()) : Set.of());
            samples.add(new Sample(at.toEpochMilli(), body.readings()));
        }
        return samples;
    }

    static Duration step(Duration left) {
        if (left.compareTo(HALF_MINUTES_FROM) <= 0) {
            return Duration.ofSeconds(30);
        }
        return left.compareTo(FIVE_MINUTES_FROM) <= 0 ? Duration.ofMinutes(5) : Duration.ofHours(1);
    }
}
