package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Which fault codes wait for which, over all rules. Codes of one device that explain each other in a circle would hold each
/// other back for ever; those of a gateway cannot, because gateways are a tree.
final class RuleDependencies {
    private final Map<String, Collection<String>> edges = new HashMap<>();

    RuleDependencies(Collection<Rule> rules) {
        rules.forEach(rule -> edges.computeIfAbsent(rule.fault().code(), _ -> new TreeSet<>())
                .addAll(rule.dependsOn().device()));
    }

    /// The circle that a code is in, from it back to itself; empty where there is none.
    Optional<List<String>> circle(String code) {
        return walk(code, code, new LinkedHashSet<>());
    }

    private Optional<List<String>> walk(String from, String goal, SequencedSet<String> seen) {
        if (!seen.add(from)) {
            return Optional.empty();
        }
        for (String next : edges.getOrDefault(from, List.of())) {
            if (next.equals(goal)) {
                return Optional.of(new ArrayList<>(List.of(from, goal)));
            }
            Optional<List<String>> rest = walk(next, goal, seen);
            if (rest.isPresent()) {
                rest.get().addFirst(from);
                return rest;
            }
        }
        return Optional.empty();
    }
}
