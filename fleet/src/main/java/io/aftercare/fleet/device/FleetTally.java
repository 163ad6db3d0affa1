package io.aftercare.fleet.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts of devices by group, and over all. What belongs to a group that is not shown counts for the sum alone.
final class FleetTally {
    private final Map<List<String>, Map<String, Integer>> groups = new LinkedHashMap<>();
    private final Map<String, Integer> total = empty();

    private static Map<String, Integer> empty() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List.of("devices", "connected", "faulty", "openTickets", "quarantined")
                .forEach(name -> counts.put(name, 0));
        return counts;
    }

    /// Begins a group that is shown, in the order of the calls; without a key, the sum.
    void open(List<String> key, int devices) {
        (key.isEmpty() ? total : groups.computeIfAbsent(key, _ -> empty())).put("devices", devices);
    }

    void count(String what, List<String> key, int devices) {
        total.merge(what, devices, Integer::sum);
        Map<String, Integer> group = groups.get(key);
        if (group != null) {
            group.merge(what, devices, Integer::sum);
        }
    }

    Map<List<String>, Map<String, Integer>> groups() {
        return groups;
    }

    Map<String, Integer> total() {
        return total;
    }
}
