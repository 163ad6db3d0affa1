package io.aftercare.diagnostics.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads the fields of one mapping and gathers what is wrong with them, so that an author is told everything at once.
final class Fields {
    private final Place place;
    private final Map<String, Place> entries;
    /// Each once: a condition is read again where it is held against metrics and bounds.
    private final Set<InvalidRule.Issue> issues = new LinkedHashSet<>();

    /// @param known the keys there may be; any other is a mistake, most likely of spelling
    Fields(Place place, Set<String> known) {
        this.place = place;
        this.entries = place.map();
        entries.forEach((name, value) -> {
            if (!known.contains(name)) {
                issues.addAll(
                        value.wrong("not a field here; there is " + String.join(", ", new TreeSet<>(known)))
                                .issues());
            }
        });
    }

    /// A field that must be there; `fallback` stands in while the other fields are read.
    <T> T need(String name, Function<Place, T> read, T fallback) {
        if (!entries.containsKey(name)) {
            String path = place.path().isEmpty() ? name : place.path() + "." + name;
            issues.add(new InvalidRule.Issue(place.line(), place.column(), path, "missing"));
        }
        return may(name, read, fallback);
    }

    <T> T may(String name, Function<Place, T> read, T fallback) {
        return optional(name, read).orElse(fallback);
    }

    <T> Optional<T> optional(String name, Function<Place, T> read) {
        Place value = entries.get(name);
        if (value == null || value.isNothing()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(value));
        } catch (InvalidRule e) {
            issues.addAll(e.issues());
            return Optional.empty();
        }
    }

    /// Throws what was gathered, if anything.
    void check() {
        if (!issues.isEmpty()) {
            throw new InvalidRule(List.copyOf(issues));
        }
    }
}
