package io.aftercare.service.sla;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A case as a policy sees it.
record PolicyCase(String grade, String region, String priority, String origin) {
    /// One of the things that a policy chooses by.
    ///
    /// @param wanted the values that a rule names, none where it names none
    /// @param known all values that there can be, empty where there may be any
    record Dimension(String name, Function<PolicyCase, String> of,
            Function<PolicyRule.When, List<String>> wanted, List<String> known) {}

    static final List<Dimension> DIMENSIONS = List.of(
            new Dimension("grade", PolicyCase::grade, when -> orAll(when.grade()), List.of()),
            new Dimension("region", PolicyCase::region, when -> orAll(when.region()), List.of()),
            new Dimension("priority", PolicyCase::priority, when -> orAll(when.priority()),
                    List.of("P1", "P2", "P3", "P4")),
            new Dimension("origin", PolicyCase::origin, when -> orAll(when.origin()),
                    List.of("proactive", "phone",
                            "mail", "web", "app", "social", "marketplace", "walk-in", "on-site")));

    private static List<String> orAll(@Nullable List<String> named) {
        return named == null ? List.of() : named;
    }
}
