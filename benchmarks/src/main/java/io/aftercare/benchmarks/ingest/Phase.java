package io.aftercare.benchmarks.ingest;

import java.util.Map;
import java.util.TreeMap;

/// What one contender did in one round.
///
/// @param messages              acknowledged, or for COPY rows stored
/// @param p50Millis             from PUBLISH to PUBACK; 0 for COPY
/// @param cpuSecondsPerMillion  messages, of each process
public record Phase(String name, long messages, double seconds, double perSecond, double p50Millis,
        double p99Millis, Map<String, Double> cpuSecondsPerMillion) {
    public Phase {
        cpuSecondsPerMillion = new TreeMap<>(cpuSecondsPerMillion);
    }

    /// What it cost altogether, generator included.
    double cpuSecondsPerMillionOfAll() {
        return cpuSecondsPerMillion.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
