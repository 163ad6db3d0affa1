package io.aftercare.diagnostics;

import io.aftercare.diagnostics.incident.IncidentConfig;

/// Bounds of the diagnostics feature.
///
/// @param devicesPerLaneMax devices whose windows and standings one lane keeps in memory; about 1 KB for each window of a
///                          rule that applies to them
/// @param incidents         when faults of many devices are an incident
public record DiagnosticsConfig(int devicesPerLaneMax, IncidentConfig incidents) {
    /// What suits a heap of half a gigabyte.
    public static final DiagnosticsConfig DEFAULT = new DiagnosticsConfig(100_000,
            IncidentConfig.DEFAULT);

    public DiagnosticsConfig {
        if (devicesPerLaneMax < 1) {
            throw new IllegalArgumentException(
                    "devicesPerLaneMax must be at least 1, not " + devicesPerLaneMax);
        }
    }
}
