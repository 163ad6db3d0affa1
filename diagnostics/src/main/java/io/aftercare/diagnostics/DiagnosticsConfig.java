package io.aftercare.diagnostics;

import io.aftercare.diagnostics.engine.EngineConfig;
import io.aftercare.diagnostics.incident.IncidentConfig;

/// Bounds of the diagnostics feature.
///
/// @param engine    of the rules
/// @param incidents when faults of many devices are an incident
public record DiagnosticsConfig(EngineConfig engine, IncidentConfig incidents) {
    /// What suits a heap of half a gigabyte.
    public static final DiagnosticsConfig DEFAULT = new DiagnosticsConfig(EngineConfig.DEFAULT,
            IncidentConfig.DEFAULT);
}
