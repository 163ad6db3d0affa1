package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.ActiveRule;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The rules that judge at one time, as plans by model, compiled at first need. Activation replaces the whole thing, so that
/// every sample is judged by one set of rules. Thread-safe.
final class Plans {
    private final List<ActiveRule> rules;
    private final ConcurrentHashMap<String, Plan> plans = new ConcurrentHashMap<>();

    private final Function<String, RuleCost> costs;
    private final EventTime time;

    Plans(List<ActiveRule> rules, RuleCosts costs, EventTime time) {
        this(rules, costs::of, time);
    }

    Plans(List<ActiveRule> rules, Function<String, RuleCost> costs, EventTime time) {
        this.rules = List.copyOf(rules);
        this.costs = costs;
        this.time = time;
    }

    Plan of(String model) {
        Plan plan = plans.get(model);
        return plan != null ? plan : plans.computeIfAbsent(model, it -> new Plan(it, rules, costs, time));
    }

    List<ActiveRule> rules() {
        return rules;
    }
}
