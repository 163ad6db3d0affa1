package io.aftercare.diagnostics.incident;

import java.time.Duration;

/// When faults of many devices are an incident.
///
/// @param devicesMin how many devices with the same firmware must have the fault
/// @param shareMin   and which share of that firmware's devices
/// @param window     within what time, by the devices' clocks
/// @param interval   between two looks at what has come in
public record IncidentConfig(int devicesMin, double shareMin, Duration window, Duration interval) {
    public static final IncidentConfig DEFAULT = new IncidentConfig(5, 0.01, Duration.ofHours(1),
            Duration.ofSeconds(1));

    public IncidentConfig {
        if (devicesMin < 2 || shareMin < 0 || shareMin > 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException(
                    "An incident needs at least 2 devices, a share from 0 to 1 and a window of time");
        }
    }
}
