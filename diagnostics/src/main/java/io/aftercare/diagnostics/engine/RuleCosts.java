package io.aftercare.diagnostics.engine;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each rule costs, and which cost more than their budget: as metrics, and once in the log. A function over time that rules
/// share is charged to the first that asks for it. Thread-safe.
public final class RuleCosts {
    private static final Logger LOG = LoggerFactory.getLogger(RuleCosts.class);

    private final MeterRegistry meters;
    private final double budgetNanos;
    private final Map<String, RuleCost> costs = new ConcurrentHashMap<>();
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    /// @param budgetNanos that a rule may take for a sample, on average
    RuleCosts(MeterRegistry meters, double budgetNanos) {
        this.meters = meters;
        this.budgetNanos = budgetNanos;
    }

    /// The cost of a rule, by its id; versions share it.
    RuleCost of(String rule) {
        return costs.computeIfAbsent(rule, id -> {
            RuleCost cost = new RuleCost();
            FunctionCounter.builder("aftercare.rule.cost", cost, RuleCost::seconds).baseUnit("seconds")
                    .tag("rule", id)
                    .description("Time that a rule's evaluations took, estimated from one sample in "
                            + RuleCost.EVERY)
                    .register(meters);
            Gauge.builder("aftercare.rule.over.budget", cost, it -> isOverBudget(it) ? 1 : 0).tag("rule", id)
                    .description("1 where a rule takes more time for a sample than it may").register(meters);
            return cost;
        });
    }

    private boolean isOverBudget(RuleCost cost) {
        return cost.average() > budgetNanos;
    }

    /// Whether a rule takes more time than it may.
    public boolean isOverBudget(String rule) {
        RuleCost cost = costs.get(rule);
        return cost != null && isOverBudget(cost);
    }

    /// Nanoseconds that a rule takes for a sample; 0 where that is not known yet.
    public double average(String rule) {
        RuleCost cost = costs.get(rule);
        return cost == null ? 0 : cost.average();
    }

    /// Names in the log, once each, the rules that have come to cost too much.
    void tell() {
        costs.forEach((rule, cost) -> {
            if (isOverBudget(cost) && named.add(rule)) {
                LOG.warn(
                        "The rule {} takes {} ns a sample, more than its {} ns; a shorter condition, fewer windows, or parking it helps",
                        rule, Math.round(cost.average()), Math.round(budgetNanos));
            }
        });
    }
}
