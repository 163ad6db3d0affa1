package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.rule.Rule;

/// A level of a rule's fault, compiled for the frames of one plan.
///
/// @param holds microseconds of event time
record CompiledLevel(Condition when, Rule.Severity severity, long holds) {
    static CompiledLevel compile(Rule.Level level, Layout layout) {
        return new CompiledLevel(level.when().condition(layout), level.severity(),
                level.holds().toNanos() / 1_000);
    }
}
