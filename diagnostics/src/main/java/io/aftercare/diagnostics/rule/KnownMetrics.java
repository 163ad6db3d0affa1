package io.aftercare.diagnostics.rule;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// The metrics that a product's devices can be expected to send, so that a misspelt one is found before a rule waits for it for
/// ever. Thread-safe; asking blocks.
@FunctionalInterface
public interface KnownMetrics {
    /// Nothing is known, so nothing is refused.
    KnownMetrics NOTHING = _ -> Optional.empty();
    /// Letters in which a misspelt name may differ from the right one.
    int CLOSE_ENOUGH = 4;

    /// Names of a model's metrics; empty where its product declares none.
    Optional<Set<String>> of(String model);

    /// What is wrong with a metric of a rule for these models; empty where a device of one of them may send it.
    default Optional<String> objection(Collection<String> models, String metric) {
        String closest = "";
        for (String model : models) {
            Optional<Set<String>> names = of(model);
            if (names.isEmpty() || names.get().contains(metric)) {
                return Optional.empty();
            }
            closest = names.get().stream()
                    .min(Comparator.comparingInt((String name) -> distance(name, metric))
                            .thenComparing(Comparator.naturalOrder()))
                    .filter(name -> distance(name, metric) <= Math.min(CLOSE_ENOUGH, metric.length() / 2))
                    .orElse(closest);
        }
        return models.isEmpty()
                ? Optional.empty()
                : Optional.of(metric + " is no metric of " + String.join(", ", models)
                        + (closest.isEmpty() ? "" : "; is it " + closest + "?"));
    }

    /// Letters to add, leave out, change or swap with the next one (optimal string alignment).
    static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change,
                        1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
