package io.aftercare.service.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Few causes make most of the trouble: counts, the largest first, with the share of each and of all down to it (R66). Pure.
///
/// @param total of all counts, also of those that are not shown
record Pareto(String by, int total, List<Bar> bars) {
    /// More are added up as the last bar, named `…`.
    static final int BARS_MAX = 15;

    /// @param share      of the whole, from 0 to 1
    /// @param cumulative of this and all before it
    record Bar(String name, int count, double share, double cumulative) {}

    static Pareto of(String by, Map<String, Integer> counts) {
        List<Map.Entry<String, Integer>> sorted = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        int total = sorted.stream().mapToInt(Map.Entry::getValue).sum();
        List<Bar> bars = new ArrayList<>();
        int sum = 0;
        for (Map.Entry<String, Integer> entry : sorted) {
            if (bars.size() == BARS_MAX - 1 && sorted.size() > BARS_MAX) {
                bars.add(new Bar("…", total - sum, share(total - sum, total), 1));
                break;
            }
            sum += entry.getValue();
            bars.add(new Bar(entry.getKey().isEmpty() ? "–" : entry.getKey(), entry.getValue(),
                    share(entry.getValue(), total), share(sum, total)));
        }
        return new Pareto(by, total, bars);
    }

    static double share(double part, double whole) {
        return whole == 0 ? 0 : Math.round(part / whole * 10_000) / 10_000.0;
    }
}
