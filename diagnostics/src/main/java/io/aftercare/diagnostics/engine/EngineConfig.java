package io.aftercare.diagnostics.engine;

import java.time.Duration;

/// Bounds of the engine.
///
/// @param devicesPerLaneMax devices that a lane remembers; those silent for longest are forgotten first
/// @param time              which of devices' own times are believed
/// @param silenceGrace      how long devices have to come back after nobody could listen, before silence is theirs
/// @param ruleBudget        that a rule may take for a sample, on average
public record EngineConfig(int devicesPerLaneMax, EventTime time, Duration silenceGrace,
        Duration ruleBudget) {
    /// What suits a heap of half a gigabyte.
    public static final EngineConfig DEFAULT = new EngineConfig(100_000, EventTime.DEFAULT,
            Duration.ofMinutes(2),
            Duration.ofNanos(5_000));

    public EngineConfig {
        if (devicesPerLaneMax < 1) {
            throw new IllegalArgumentException(
                    "devicesPerLaneMax must be at least 1, not " + devicesPerLaneMax);
        }
    }
}
