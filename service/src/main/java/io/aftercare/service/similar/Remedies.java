package io.aftercare.service.similar;

import io.aftercare.service.text.Grams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Ranks what was tried in similar cases by how often it held. Pure.
final class Remedies {
    private static final int SHOWN_MAX = 5;

    private Remedies() {}

    /// @param remedy  what was done when it held last; what was found where nobody said
    /// @param tried   how often
    /// @param worked  how often the case stayed solved
    /// @param rate    worked of tried, 0 to 1
    /// @param tickets numbers of such cases, the newest first, at most five
    record Remedy(String cause, String remedy, int tried, int worked, double rate, List<String> tickets) {
        /// With one success and one failure more than there were, so that one lucky case is no rule (Laplace).
        private double weight() {
            return (worked + 1.0) / (tried + 2.0);
        }
    }

    /// @param attempts the newest first
    static List<Remedy> ranked(List<Attempt> attempts) {
        Map<String, List<Attempt>> byCause = new LinkedHashMap<>();
        attempts.forEach(attempt -> byCause
                .computeIfAbsent(Grams.plain(attempt.cause()), _ -> new ArrayList<>()).add(attempt));
        return byCause.values().stream().map(Remedies::remedy)
                .sorted(Comparator.comparingDouble(Remedy::weight).thenComparingInt(Remedy::worked).reversed()
                        .thenComparing(Remedy::cause))
                .limit(SHOWN_MAX).toList();
    }

    private static Remedy remedy(List<Attempt> same) {
        List<Attempt> held = same.stream().filter(Attempt::held).toList();
        String done = Stream.concat(held.stream(), same.stream()).map(Attempt::done)
                .filter(text -> !text.isBlank()).findFirst().orElse(same.getFirst().cause());
        return new Remedy(same.getFirst().cause(), done, same.size(), held.size(),
                (double) held.size() / same.size(),
                same.stream().map(Attempt::number).distinct().limit(SHOWN_MAX).toList());
    }
}
