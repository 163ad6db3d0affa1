package io.aftercare.diagnostics.rule;

import io.aftercare.diagnostics.expression.Spelling;
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
                    .min(Comparator.comparingInt((String name) -> Spelling.distance(name, metric))
                            .thenComparing(Comparator.naturalOrder()))
                    .filter(name -> Spelling.distance(name, metric) <= Math.min(CLOSE_ENOUGH,
                            metric.length() / 2))
                    .orElse(closest);
        }
        return models.isEmpty()
                ? Optional.empty()
                : Optional.of(metric + " is no metric of " + String.join(", ", models)
                        + (closest.isEmpty() ? "" : "; is it " + closest + "?"));
    }
}
