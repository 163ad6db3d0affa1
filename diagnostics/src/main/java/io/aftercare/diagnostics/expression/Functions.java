package io.aftercare.diagnostics.expression;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The functions that the language adds to CEL, as the checker knows them and as their users write them.
final class Functions {
    static final CelType VERSION = OpaqueType.create("semver");
    private static final CelType NUMBER = SimpleType.DOUBLE;
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType TRUTH = SimpleType.BOOL;
    private static final int FAR = 3;

    /// What people coming from other languages call it.
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(Map.entry("mean", "avg"),
            Map.entry("average", "avg"), Map.entry("minimum", "min"), Map.entry("maximum", "max"),
            Map.entry("median", "quantile"), Map.entry("percentile", "quantile"), Map.entry("std", "stddev"),
            Map.entry("stdev", "stddev"), Map.entry("sd", "stddev"), Map.entry("derivative", "rate"),
            Map.entry("slope", "rate"), Map.entry("last", "prev"), Map.entry("lag", "prev"),
            Map.entry("diff", "delta"), Map.entry("predict", "forecast"), Map.entry("sequence", "within"),
            Map.entry("followed_by", "within"), Map.entry("silent", "absent"), Map.entry("nodata", "absent"),
            Map.entry("offline", "absent"), Map.entry("version", "semver"), Map.entry("restarts", "reboots"));

    /// Functions over time, and how each is written.
    static final Map<String, String> OVER_TIME = new TreeMap<>(Map.ofEntries(
            window("avg"), window("min"), window("max"), window("sum"), window("count"), window("stddev"),
            window("delta"), window("rate"), window("increase"), window("changed"), window("cohort_z"),
            Map.entry("ewma", "ewma(temp, \"1h\")"), Map.entry("zscore", "zscore(temp, \"1d\")"),
            Map.entry("quantile", "quantile(temp, 0.95, \"1h\")"), Map.entry("prev", "prev(temp)"),
            Map.entry("anomaly", "anomaly(temp) or anomaly([temp, rpm])"),
            Map.entry("forecast", "forecast(temp, \"24h\") or forecast(temp, \"24h\", \"7d\")"),
            Map.entry("time_to", "time_to(temp, 90) or time_to(temp, 90, \"7d\")"),
            Map.entry("absent", "absent(\"10m\") or absent(temp, \"10m\")"),
            Map.entry("events", "events(\"PAPER_JAM\", \"1h\")"), Map.entry("reboots", "reboots(\"1h\")"),
            Map.entry("within", "within(temp > 80, rpm < 500, \"10m\")")));

    private static final Map<String, String> OTHERS = Map.of("metric", "metric(\"fuser-temp\")", "attribute",
            "attribute(\"print-mode\")", "abs", "abs(temp)", "semver", "semver(\"2.4.0\")", "startsWith",
            "device.model.startsWith(\"LP\")", "endsWith", "device.model.endsWith(\"00\")", "contains",
            "device.model.contains(\"P-2\")", "matches", "device.model.matches(\"^LP-[0-9]+$\")");

    static final List<CelFunctionDecl> DECLARATIONS = declarations();

    private Functions() {}

    private static Map.Entry<String, String> window(String name) {
        return Map.entry(name, name + "(temp, \"5m\")");
    }

    private static List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>();
        for (String name : List.of("avg", "min", "max", "sum", "count", "stddev", "delta", "rate", "increase",
                "ewma",
                "zscore", "cohort_z")) {
            all.add(function(name, overload(name + "_over", NUMBER, NUMBER, TEXT)));
        }
        all.add(function("quantile", overload("quantile_over", NUMBER, NUMBER, NUMBER, TEXT)));
        all.add(function("prev", overload("prev_of", NUMBER, NUMBER)));
        all.add(function("anomaly", overload("anomaly_of", NUMBER, NUMBER),
                overload("anomaly_list", NUMBER, ListType.create(NUMBER))));
        all.add(function("forecast", overload("forecast_by", NUMBER, NUMBER, TEXT),
                overload("forecast_by_of", NUMBER, NUMBER, TEXT, TEXT)));
        all.add(function("time_to", overload("time_to_of", NUMBER, NUMBER, NUMBER),
                overload("time_to_over", NUMBER, NUMBER, NUMBER, TEXT)));
        all.add(function("changed", overload("changed_number", TRUTH, NUMBER, TEXT),
                overload("changed_text", TRUTH, TEXT, TEXT)));
        all.add(function("absent", overload("absent_device", TRUTH, TEXT),
                overload("absent_metric", TRUTH, NUMBER, TEXT)));
        all.add(function("within", overload("within_of", TRUTH, TRUTH, TRUTH, TEXT)));
        all.add(function("events", overload("events_of", NUMBER, TEXT, TEXT)));
        all.add(function("reboots", overload("reboots_over", NUMBER, TEXT)));
        all.add(function("abs", overload("abs_double", NUMBER, NUMBER)));
        all.add(function("semver", overload("semver_string", VERSION, TEXT)));
        all.add(function("_<_", overload("less_semver", TRUTH, VERSION, VERSION)));
        all.add(function("_<=_", overload("less_equals_semver", TRUTH, VERSION, VERSION)));
        all.add(function("_>_", overload("greater_semver", TRUTH, VERSION, VERSION)));
        all.add(function("_>=_", overload("greater_equals_semver", TRUTH, VERSION, VERSION)));
        return List.copyOf(all);
    }

    private static CelFunctionDecl function(String name, CelOverloadDecl... overloads) {
        return newFunctionDeclaration(name, overloads);
    }

    private static CelOverloadDecl overload(String id, CelType result, CelType... parameters) {
        return newGlobalOverload(id, result, parameters);
    }

    /// How a function is written; empty where there is none of this name.
    static Optional<String> usage(String name) {
        String usage = OVER_TIME.getOrDefault(name, OTHERS.get(name));
        return Optional.ofNullable(usage);
    }

    /// What somebody who wrote `name` may have meant.
    static Optional<String> closest(String name) {
        String other = OTHER_WORDS.get(name);
        if (other != null) {
            return Optional.of(other);
        }
        TreeSet<String> all = new TreeSet<>(OVER_TIME.keySet());
        all.addAll(OTHERS.keySet());
        return all.stream().filter(known -> Spelling.distance(name, known) < Math.min(FAR, known.length()))
                .min(Comparator.comparingInt(known -> Spelling.distance(name, known)));
    }
}
