package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.quality.CaseFact.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The figures of a span of time, of all cases and by group.
///
/// @param missed which targets the whole missed, a sentence each
@JsonInclude(JsonInclude.Include.ALWAYS)
record Kpis(Instant from, Instant to, String by, Figures all, List<Group> groups, Targets targets,
        List<String> missed) {
    /// @param missed which targets this group missed
    record Group(String name, Figures figures, List<String> missed) {}

    /// In a transaction.
    static Kpis of(Handle handle, FactReader reader, Instant from, Instant to, By by) {
        Targets targets = Targets.SETTING.of(handle);
        Tally all = new Tally();
        TreeMap<String, Tally> groups = new TreeMap<>();
        reader.read(handle, from, to, fact -> {
            all.add(fact);
            if (by != By.ALL) {
                groups.computeIfAbsent(fact.group(by), _ -> new Tally()).add(fact);
            }
        });
        List<Group> lines = new ArrayList<>();
        groups.forEach((name, tally) -> {
            Figures figures = tally.figures();
            lines.add(new Group(name, figures, targets.missed(figures)));
        });
        Figures whole = all.figures();
        return new Kpis(from, to, by.name().toLowerCase(Locale.ROOT), whole, lines, targets,
                targets.missed(whole));
    }
}
