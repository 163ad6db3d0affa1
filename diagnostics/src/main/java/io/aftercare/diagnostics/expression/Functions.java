package io.aftercare.diagnostics.expression;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The functions that the language adds to CEL, as the checker knows them.
final class Functions {
    private static final CelType NUMBER = SimpleType.DOUBLE;
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType VERSION = OpaqueType.create("semver");

    /// A function of one metric over time, by its name.
    static final Map<String, Output> OVER_TIME = Map.ofEntries(Map.entry("avg", Output.AVERAGE),
            Map.entry("min", Output.MINIMUM), Map.entry("max", Output.MAXIMUM), Map.entry("sum", Output.SUM),
            Map.entry("count", Output.COUNT), Map.entry("delta", Output.DELTA),
            Map.entry("rate", Output.RATE),
            Map.entry("prev", Output.PREVIOUS), Map.entry("anomaly", Output.ANOMALY));

    static final List<CelFunctionDecl> DECLARATIONS = Stream.concat(Stream.of(
            newFunctionDeclaration("metric", newGlobalOverload("metric_string", NUMBER, TEXT)),
            newFunctionDeclaration("abs", newGlobalOverload("abs_double", NUMBER, NUMBER)),
            newFunctionDeclaration("semver", newGlobalOverload("semver_string", VERSION, TEXT)),
            order("_<_", "less_semver"), order("_<=_", "less_equals_semver"), order("_>_", "greater_semver"),
            order("_>=_", "greater_equals_semver")),
            OVER_TIME.entrySet().stream().map(entry -> overTime(entry.getKey(), entry.getValue()))).toList();

    private Functions() {}

    private static CelFunctionDecl order(String operator, String overload) {
        return newFunctionDeclaration(operator,
                newGlobalOverload(overload, SimpleType.BOOL, VERSION, VERSION));
    }

    private static CelFunctionDecl overTime(String name, Output output) {
        return newFunctionDeclaration(name, output.hasWindow()
                ? newGlobalOverload(name + "_over", NUMBER, NUMBER, TEXT)
                : newGlobalOverload(name + "_of", NUMBER, NUMBER));
    }
}
