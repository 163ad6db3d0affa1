package io.aftercare.ota.health;

import java.util.Map;
import java.util.Set;

/// A device as a look sees it.
///
/// @param faults codes that it raised in its time under watch
/// @param before means of the compared metrics before the campaign, of those that it sent
/// @param during means since the soak began
record Compared(Set<String> faults, Map<String, Double> before, Map<String, Double> during) {
    Compared {
        faults = Set.copyOf(faults);
        before = Map.copyOf(before);
        during = Map.copyOf(during);
    }

    boolean has(String metric) {
        return before.containsKey(metric) && during.containsKey(metric);
    }

    double change(String metric) {
        return during.getOrDefault(metric, 0.0) - before.getOrDefault(metric, 0.0);
    }
}
