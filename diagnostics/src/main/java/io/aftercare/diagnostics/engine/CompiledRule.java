package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.Rule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Expression;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.expression.Limit;
import io.aftercare.diagnostics.time.Durations;
import io.aftercare.fleet.http.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A rule, compiled for the frames of one plan.
///
/// @param where null where it is for every device of its models
/// @param clear null where the fault ends when `when` no longer holds
/// @param shown the slots whose values explain it
/// @param asksForSilence whether it lives in the server's time
/// @param inputs what may change the verdict of `when`, as [Plan#bit], and [Plan#TIME]
record CompiledRule(ActiveRule active, Condition when, @Nullable Condition clear, @Nullable Condition where,
        Timing timing, List<CompiledLevel> levels, List<Expression.Part> parts, List<Limit> limits,
        int[] shown,
        boolean asksForSilence, long inputs,
        RuleCost cost) {
    /// @param bits the bit of each metric
    static CompiledRule compile(ActiveRule active, Layout layout, ToLongFunction<String> bits,
            RuleCost cost) {
        Rule rule = active.rule();
        Layout own = new Layout();
        rule.when().condition(own);
        rule.clearWhen().ifPresent(clear -> clear.condition(own));
        rule.fault().levels().forEach(level -> level.when().condition(own));
        Set<String> names = new TreeSet<>();
        IntStream.range(0, own.size()).filter(own::isMeasured).forEach(slot -> names.add(own.name(slot)));
        Condition when = rule.when().condition(layout);
        Condition clear = rule.clearWhen().map(it -> it.condition(layout)).orElse(null);
        Condition where = rule.appliesTo().where().map(it -> it.condition(layout)).orElse(null);
        List<CompiledLevel> levels = rule.fault().levels().stream()
                .map(level -> CompiledLevel.compile(level, layout)).toList();
        int[] shown = IntStream.range(0, layout.size()).filter(slot -> names.contains(layout.name(slot)))
                .toArray();
        return new CompiledRule(active, when, clear, where, Timing.of(rule), levels,
                rule.when().parts(layout), rule.when().limits(layout),
                shown, !own.presences().isEmpty(), inputs(rule, own, bits), cost);
    }

    private static long inputs(Rule rule, Layout own, ToLongFunction<String> bits) {
        boolean changesByItself = own.windows() > 0 || !rule.schedule().isAlways()
                || rule.when().text().contains("age_days");
        long inputs = changesByItself ? Plan.TIME : 0;
        for (String metric : own.metrics().keySet()) {
            inputs |= bits.applyAsLong(metric);
        }
        return inputs == 0 ? Plan.TIME : inputs; // texts and facts have no bits of their own
    }

    Rule rule() {
        return active.rule();
    }

    String code() {
        return active.rule().fault().code();
    }

    /// Whether it judges the device of a frame now.
    boolean judges(Frame frame) {
        return !active.parked() && appliesTo(frame);
    }

    boolean appliesTo(Frame frame) {
        return where == null || where.of(frame) == Condition.TRUE;
    }

    /// The end's verdict.
    int clear(int whenVerdict, Frame frame) {
        return clear != null ? clear.of(frame) : whenVerdict < 0 ? Condition.UNKNOWN : 1 - whenVerdict;
    }

    /// The measured values in a frame by the names they have in the conditions.
    ObjectNode values(Layout layout, Frame frame) {
        ObjectNode values = Json.object();
        for (int slot : shown) {
            double value = frame.slot(slot);
            if (!Double.isNaN(value)) {
                values.put(layout.name(slot), value);
            }
        }
        return values;
    }

    /// The limits that were passed: of which metric, how, and what was measured.
    ArrayNode thresholds(Frame frame) {
        ArrayNode thresholds = Json.array();
        for (Limit limit : limits) {
            if (limit.condition().of(frame) == Condition.TRUE) {
                thresholds.addObject().put("metric", limit.metric()).put("op", limit.operator())
                        .put("value", limit.threshold()).put("measured", limit.measured().of(frame))
                        .put("expression", limit.text());
            }
        }
        return thresholds;
    }

    /// Which part of the condition was true and with what values.
    ObjectNode explain(Layout layout, Frame frame) {
        ObjectNode explain = Json.object().put("when", rule().when().text());
        explain.put("for", Durations.text(rule().holds()));
        var list = explain.putArray("parts");
        parts.forEach(part -> explain(part, frame, list.addObject()));
        explain.set("values", values(layout, frame));
        return explain;
    }

    private static void explain(Expression.Part part, Frame frame, ObjectNode into) {
        int verdict = part.condition().of(frame);
        into.put("expression", part.text()).put("result",
                verdict == Condition.TRUE ? "true" : verdict == Condition.FALSE ? "false" : "unknown");
        if (!part.parts().isEmpty()) {
            var list = into.putArray("parts");
            part.parts().forEach(inner -> explain(inner, frame, list.addObject()));
        }
    }
}
