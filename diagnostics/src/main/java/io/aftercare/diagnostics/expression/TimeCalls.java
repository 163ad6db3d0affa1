package io.aftercare.diagnostics.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import io.aftercare.diagnostics.time.Durations;
import io.aftercare.diagnostics.track.Output;
import io.aftercare.diagnostics.track.TrackSpec;
import io.aftercare.diagnostics.track.TrackSpec.Kind;
import io.aftercare.diagnostics.track.TrackSpec.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles calls of functions over time, and gives each its place in the [Layout].
final class TimeCalls {
    private static final long SECOND = 1_000_000;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long HISTORY_MICROS = Durations.MAX.toMillis() * 1_000;

    /// Functions of a metric and a window or half-life.
    private static final Map<String, Measure> MEASURES = Map.ofEntries(
            Map.entry("avg", new Measure(Kind.SUMS, Output.AVERAGE)),
            Map.entry("sum", new Measure(Kind.SUMS, Output.SUM)),
            Map.entry("count", new Measure(Kind.SUMS, Output.COUNT)),
            Map.entry("min", new Measure(Kind.EXTREMES, Output.MINIMUM)),
            Map.entry("max", new Measure(Kind.EXTREMES, Output.MAXIMUM)),
            Map.entry("stddev", new Measure(Kind.MOMENTS, Output.DEVIATION)),
            Map.entry("delta", new Measure(Kind.ENDS, Output.DELTA)),
            Map.entry("rate", new Measure(Kind.ENDS, Output.RATE)),
            Map.entry("increase", new Measure(Kind.INCREASES, Output.INCREASE)),
            Map.entry("ewma", new Measure(Kind.DECAY, Output.EWMA)),
            Map.entry("zscore", new Measure(Kind.DECAY, Output.ZSCORE)));

    private final Lowering lowering;
    private final Layout layout;

    private record Measure(Kind kind, Output output) {}

    TimeCalls(Lowering lowering, Layout layout) {
        this.lowering = lowering;
        this.layout = layout;
    }

    Condition condition(CelExpr node) {
        List<CelExpr> args = node.call().args();
        return switch (node.call().function()) {
            case "changed" -> Conditions.reading(reading(node, changing(args.get(0)), Kind.CHANGES,
                    window(args.get(1)), Output.CHANGED, 0));
            case "absent" -> Conditions.silence(layout.presence(new Layout.PresenceSpec(
                    args.size() == 1 ? "" : metric(args.get(0), "absent"), window(args.getLast()))));
            case "within" -> within(node, args);
            default ->
                throw lowering.refuse(node, node.call().function() + " is a number; compare it with one");
        };
    }

    private Condition within(CelExpr node, List<CelExpr> args) {
        Condition first = lowering.condition(args.get(0));
        Condition then = lowering.condition(args.get(1));
        String text = lowering.text(node);
        String key = text + " of texts " + lowering.texts(node);
        return Conditions.slot(layout.sequence(key, first, then, window(args.get(2)), text));
    }

    Quantity quantity(CelExpr node) {
        List<CelExpr> args = node.call().args();
        String function = node.call().function();
        Measure measure = MEASURES.get(function);
        if (measure != null) {
            return number(node, metric(args.get(0), function), measure.kind(), window(args.get(1)),
                    measure.output(), 0);
        }
        return switch (function) {
            case "prev" -> number(node, metric(args.get(0), function), Kind.PREVIOUS, 0, Output.PREVIOUS, 0);
            case "quantile" ->
                number(node, metric(args.get(0), function), Kind.QUANTILES, window(args.get(2)),
                        Output.QUANTILE,
                        share(args.get(1)));
            case "anomaly" -> anomaly(node, args.get(0));
            case "forecast" ->
                number(node, metric(args.get(0), function), Kind.TREND, history(args), Output.FORECAST,
                        window(args.get(1)) / MICROS_PER_SECOND);
            case "time_to" ->
                number(node, metric(args.get(0), function), Kind.TREND, history(args), Output.TIME_TO,
                        constant(args.get(1), "the limit is a plain number, such as time_to(temp, 90)"));
            case "events" -> Quantities.reading(reading(node, new Source.Event(code(args.get(0))), Kind.SUMS,
                    window(args.get(1)), Output.OCCURRENCES, 0));
            case "reboots" -> Quantities.reading(reading(node, new Source.Reboots(), Kind.SUMS,
                    window(args.get(0)), Output.OCCURRENCES, 0));
            case "cohort_z" -> {
                Layout.Cohort cohort = layout.cohort(metric(args.get(0), function), window(args.get(1)),
                        lowering.text(node));
                yield Quantities.standing(cohort.ownSlot(), cohort.meanSlot(), cohort.deviationSlot());
            }
            default -> throw lowering.refuse(node, function + " is true or false, not a number");
        };
    }

    private Quantity anomaly(CelExpr node, CelExpr of) {
        if (of.getKind() != CelExpr.ExprKind.Kind.LIST) {
            return number(node, metric(of, "anomaly"), Kind.ANOMALY, 0, Output.ANOMALY, 0);
        }
        List<String> metrics = of.list().elements().stream().map(element -> metric(element, "anomaly"))
                .toList();
        if (metrics.size() < 2 || metrics.stream().distinct().count() < metrics.size()) {
            throw lowering.refuse(of, "anomaly takes one metric or a list of two and more different ones");
        }
        return Quantities.slot(layout.joint(metrics, lowering.text(node)));
    }

    private Quantity number(CelExpr node, String metric, Kind kind, long spanMicros, Output output,
            double argument) {
        return Quantities
                .reading(reading(node, new Source.Metric(metric), kind, spanMicros, output, argument));
    }

    private int reading(CelExpr node, Source source, Kind kind, long spanMicros, Output output,
            double argument) {
        return layout.reading(new TrackSpec(source, kind, spanMicros), output, argument, lowering.text(node))
                .index();
    }

    private Source changing(CelExpr node) {
        Name name = Name.of(node).orElseThrow(() -> lowering.refuse(node,
                "changed takes the name of a metric or text attribute, not a calculation"));
        return switch (name.says()) {
            case METRIC -> new Source.Metric(name.plain());
            case ATTRIBUTE -> new Source.Attribute(name.plain());
            case NOTHING -> lowering.type(node).equals(SimpleType.STRING)
                    ? new Source.Attribute(name.plain())
                    : new Source.Named(name.plain());
        };
    }

    private String metric(CelExpr node, String function) {
        return Name.of(node).orElseThrow(
                () -> lowering.refuse(node, function + " takes the name of a metric, not a calculation"))
                .plain();
    }

    private String code(CelExpr node) {
        String code = text(node);
        if (code == null || code.isBlank()) {
            throw lowering.refuse(node,
                    "the code of the events is written out, such as events(\"PAPER_JAM\", \"1h\")");
        }
        return code;
    }

    private double share(CelExpr node) {
        double share = constant(node, "a quantile's share is a plain number, such as 0.95");
        if (share < 0 || share > 1) {
            throw lowering.refuse(node, "a quantile's share is between 0 and 1, such as 0.95");
        }
        return share;
    }

    private double constant(CelExpr node, String remedy) {
        return Lowering.literal(node).orElseThrow(() -> lowering.refuse(node, remedy));
    }

    private long history(List<CelExpr> args) {
        return args.size() == 3 ? window(args.get(2)) : HISTORY_MICROS;
    }

    private static @Nullable String text(CelExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
                        ? node.constant().stringValue()
                        : null;
    }

    private long window(CelExpr node) {
        String written = text(node);
        if (written == null) {
            throw lowering.refuse(node, "a window is written out, such as \"5m\"");
        }
        try {
            Duration window = Durations.window(written);
            long micros = window.toNanos() / 1_000;
            if (micros < SECOND) {
                throw lowering.refuse(node,
                        "\"" + written + "\" is shorter than a second, which no window is");
            }
            return micros;
        } catch (IllegalArgumentException e) {
            throw lowering.refuse(node, String.valueOf(e.getMessage()));
        }
    }
}
