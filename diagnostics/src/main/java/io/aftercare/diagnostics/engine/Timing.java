package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.Rule;
import java.time.Duration;
import java.util.Optional;

/// A rule's spans of event time, microseconds.
///
/// @param flaps raises within `within` that make the fault stay for `hold`; 0 for no such care
record Timing(long holds, long clears, int flaps, long within, long hold) {
    static Timing of(Rule rule) {
        Optional<Rule.Quiet> quiet = rule.quiet();
        return new Timing(micros(rule.holds()), micros(rule.clears()), quiet.map(Rule.Quiet::flaps).orElse(0),
                quiet.map(it -> micros(it.within())).orElse(0L),
                quiet.map(it -> micros(it.hold())).orElse(0L));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
