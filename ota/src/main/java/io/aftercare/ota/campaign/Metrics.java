package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.http.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The metrics that a product declares.
final class Metrics {
    private Metrics() {}

    /// Refuses metrics that the product does not declare, with those that it does.
    static void check(Handle handle, String product, List<Plan.Metric> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        List<String> declared = handle.createQuery("""
                SELECT m ->> 'name' FROM fleet.product p,
                    jsonb_array_elements(coalesce(p.document -> 'metrics', '[]')) AS m
                WHERE p.model = :model ORDER BY 1""").bind("model", product).mapTo(String.class).list();
        String unknown = wanted.stream().map(Plan.Metric::metric).filter(metric -> !declared.contains(metric))
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw Problem.invalid("gate.metrics",
                    product + " declares no metric " + unknown + "; it declares "
                            + (declared.isEmpty() ? "none" : String.join(", ", declared)));
        }
    }
}
