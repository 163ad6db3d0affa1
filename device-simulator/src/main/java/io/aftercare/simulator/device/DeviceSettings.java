package io.aftercare.simulator.device;

import io.aftercare.simulator.misbehaviour.MisbehaviourPlan;
import io.aftercare.simulator.physics.Pace;
import java.time.Duration;

/// How a virtual device lives.
///
/// @param interval between two samples
/// @param bootTime how long it is away when it restarts
/// @param samplesMax kept while it is offline
/// @param pace how quickly it is used and wears
/// @param misbehaviour how it does not keep to the protocol
public record DeviceSettings(Duration interval, Duration bootTime, int samplesMax, Pace pace,
        MisbehaviourPlan misbehaviour) {
    public static final DeviceSettings USUAL = new DeviceSettings(Duration.ofSeconds(1),
            Duration.ofSeconds(2), 10_000, Pace.SHOW);

    /// Of devices that keep to the protocol.
    public DeviceSettings(Duration interval, Duration bootTime, int samplesMax, Pace pace) {
        this(interval, bootTime, samplesMax, pace, MisbehaviourPlan.NOTHING);
    }

    public DeviceSettings {
        if (interval.toMillis() < 10 || bootTime.isNegative() || samplesMax < 1) {
            throw new IllegalArgumentException(
                    "a device needs an interval of at least 10 ms and room for at least one sample");
        }
    }
}
