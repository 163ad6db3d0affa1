package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is promised: how long each clock may count, by the customer's grade, region, priority and origin. The first rule that
/// applies and speaks of a clock decides about it. Pure; [Policies] keeps its versions.
///
/// @param calendars  the calendar of each region's hours of business; `*` for all others
/// @param rules      the particular before the general
/// @param escalation who hears of a clock when so much of its time is used
@JsonInclude(JsonInclude.Include.NON_NULL)
record SlaPolicy(String name, Map<String, String> calendars, List<PolicyRule> rules,
        @Nullable List<EscalationStep> escalation) {
    private static final int GAPS_MAX = 20;
    private static final int COMBINATIONS_MAX = 200_000;
    private static final int PERCENT_MAX = 1000;
    /// Stands for every value that no rule names.
    private static final String OTHER = "\u0000";

    SlaPolicy {
        calendars = Map.copyOf(calendars);
        rules = List.copyOf(rules);
    }

    Optional<Promise> promise(ClockType type, PolicyCase one) {
        return rules.stream().filter(rule -> rule.applies(one)).flatMap(rule -> rule.promise(type).stream())
                .findFirst();
    }

    /// The region's calendar of business.
    String calendar(String region) {
        String own = calendars.get(region);
        return own == null ? calendars.getOrDefault("*", "always") : own;
    }

    List<EscalationStep> steps() {
        return escalation == null ? List.of() : escalation;
    }

    /// The calendars that it names.
    Set<String> calendarNames() {
        return Stream.concat(calendars.values().stream(), rules.stream()
                .flatMap(rule -> rule.clocks().values().stream()).flatMap(
                        promise -> Optional.ofNullable(promise.calendar()).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What is wrong with single rules, as field and sentence.
    Stream<Map.Entry<String, String>> faults() {
        Stream<Map.Entry<String, String>> promises = rules.stream()
                .flatMap(rule -> rule.clocks().entrySet().stream())
                .flatMap(entry -> Arrays.stream(ClockType.values())
                        .noneMatch(type -> type.text().equals(entry.getKey()))
                                ? Stream.of(Map.entry("rules", "there is no clock " + entry.getKey()))
                                : entry.getValue().fault().stream()
                                        .map(fault -> Map.entry("rules", entry.getKey() + " " + fault)));
        Stream<Map.Entry<String, String>> steps = steps().stream()
                .filter(step -> step.percent() < 1 || step.percent() > PERCENT_MAX)
                .map(step -> Map.entry("escalation",
                        step.percent() + " is outside of 1 to " + PERCENT_MAX + " percent"));
        Stream<Map.Entry<String, String>> values = PolicyCase.DIMENSIONS.stream()
                .filter(dimension -> !dimension.known().isEmpty())
                .flatMap(dimension -> named(dimension).stream()
                        .filter(value -> !dimension.known().contains(value))
                        .map(value -> Map.entry("rules", "there is no " + dimension.name() + " " + value
                                + ", but " + String.join(", ", dimension.known()))));
        return Stream.of(promises, steps, values).flatMap(one -> one);
    }

    /// The cases of which it says nothing for some clock, as sentences; at most 20. Every combination is looked at: values that no rule
    /// names are all alike, so one stands for them.
    List<String> gaps() {
        List<List<String>> values = PolicyCase.DIMENSIONS.stream().map(this::classes).toList();
        long combinations = values.stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
        if (combinations > COMBINATIONS_MAX) {
            return List.of("The rules tell " + combinations + " kinds of cases apart, and at most "
                    + COMBINATIONS_MAX + " can be looked through; name fewer grades and regions");
        }
        return values.get(0).stream().flatMap(grade -> values.get(1).stream()
                .flatMap(region -> values.get(2).stream().flatMap(priority -> values.get(3).stream()
                        .map(origin -> new PolicyCase(grade, region, priority, origin)))))
                .flatMap(one -> Arrays.stream(ClockType.values())
                        .filter(type -> promise(type, one).isEmpty()).map(type -> gap(type, one)))
                .limit(GAPS_MAX).toList();
    }

    private List<String> classes(PolicyCase.Dimension dimension) {
        Set<String> named = named(dimension);
        if (dimension.known().isEmpty() || !named.containsAll(dimension.known())) {
            return Stream.concat(named.stream(), Stream.of(OTHER)).toList();
        }
        return dimension.known();
    }

    private Set<String> named(PolicyCase.Dimension dimension) {
        return rules.stream().flatMap(rule -> dimension.wanted().apply(rule.condition()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String gap(ClockType type, PolicyCase one) {
        return "no rule says how long " + type.text() + " may take for " + PolicyCase.DIMENSIONS.stream()
                .map(dimension -> {
                    String value = dimension.of().apply(one);
                    return (value.equals(OTHER)
                            ? "any other " + dimension.name()
                            : dimension.name() + " " + (value.isEmpty() ? "(none)" : value));
                }).collect(Collectors.joining(", "));
    }
}
