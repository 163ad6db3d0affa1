package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.ActiveRule;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The rules that judge at one time, as plans by model, compiled at first need. Activation replaces the whole thing, so that
/// every sample is judged by one set of rules. Thread-safe.
final class Plans {
    private final List<ActiveRule> rules;
    private final ConcurrentHashMap<String, Plan> plans = new ConcurrentHashMap<>();

    Plans(List<ActiveRule> rules) {
        this.rules = List.copyOf(rules);
    }

    Plan of(String model) {
        Plan plan = plans.get(model);
        return plan != null ? plan : plans.computeIfAbsent(model, it -> new Plan(it, rules));
    }

    List<ActiveRule> rules() {
        return rules;
    }
}
