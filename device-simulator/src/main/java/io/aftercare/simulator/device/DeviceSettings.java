package io.aftercare.simulator.device;

import java.time.Duration;

/// How a virtual device lives.
///
/// @param interval between two samples
/// @param bootTime how long it is away when it restarts
/// @param samplesMax kept while it is offline
public record DeviceSettings(Duration interval, Duration bootTime, int samplesMax) {
    public static final DeviceSettings USUAL = new DeviceSettings(Duration.ofSeconds(1),
            Duration.ofSeconds(2), 10_000);

    public DeviceSettings {
        if (interval.toMillis() < 10 || bootTime.isNegative() || samplesMax < 1) {
            throw new IllegalArgumentException(
                    "a device needs an interval of at least 10 ms and room for at least one sample");
        }
    }
}
