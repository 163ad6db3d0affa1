package io.aftercare.ota.plan;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.aftercare.fleet.http.Problem;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import java.util.stream.Collectors;

/// Which devices a campaign is for: a CEL expression over `device.*`, parsed and type-checked by CEL's own library, then
/// translated into a condition on `fleet.device d`, so that a million devices are chosen by one statement.
///
/// As in CEL, what is not known (a tag that is not there, a version that is none) is neither true nor false: such a device
/// does not match.
///
/// @param cel   as it was written
/// @param sql   the condition
/// @param binds its parameters by name
public record Target(String cel, String sql, Map<String, String> binds) {
    /// Bound on an expression, in characters.
    public static final int LENGTH_MAX = 100_000;
    public static final Map<String, String> TEXTS = Map.of("device.id", "d.id", "device.model", "d.model",
            "device.hardware", "d.hardware", "device.firmware", "d.firmware", "device.region", "d.region",
            "device.outlet", "d.outlet", "device.customer", "d.customer", "device.state", "d.state");
    public static final String TAGS = "device.tags";
    static final CelType VERSION = OpaqueType.create("version");
    private static final CelCompiler COMPILER = compiler();

    public Target {
        binds = Map.copyOf(binds);
    }

    /// The devices' table by the name `d`, with what the condition needs beside it.
    public String from() {
        return from(sql);
    }

    /// As [#from], for several conditions in one statement. A version is taken apart once for each firmware that there is,
    /// not once for each device: the database remembers the few answers.
    public static String from(String conditions) {
        return conditions.contains(TargetSql.FIRMWARE_KEY)
                ? "fleet.device d CROSS JOIN LATERAL (SELECT ota.version_key(d.firmware) AS key OFFSET 0) firmware"
                : "fleet.device d";
    }

    /// The ids of a product's devices that it chooses and that may connect, at most `max`.
    public List<String> devices(Handle handle, String product, int max) {
        return handle
                .createQuery("SELECT d.id FROM " + from()
                        + """
                                 WHERE d.model = :product AND d.state NOT IN ('suspended', 'replaced', 'retired') AND (%s)
                                ORDER BY d.number LIMIT :max"""
                                .formatted(sql))
                .bind("product", product).bindMap(binds).bind("max", max)
                .mapTo(String.class).list();
    }

    public static Target parse(String cel) {
        return parse("target", cel);
    }

    /// A [Problem] 400 that names the place where the expression is wrong.
    ///
    /// @param field where it was written; also makes its binds' names its own
    public static Target parse(String field, String cel) {
        CelValidationResult result = COMPILER.compile(cel);
        if (result.hasError()) {
            throw Problem.invalid(field, result.getErrors().stream().limit(3).map(Target::message)
                    .collect(Collectors.joining("; ")));
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            if (!tree.getResultType().equals(SimpleType.BOOL)) {
                throw Problem.invalid(field, "a condition is needed, true or false; this is a "
                        + tree.getResultType().name());
            }
            TargetSql translation = new TargetSql(tree, field);
            return new Target(cel, translation.condition(tree.getExpr()), translation.binds());
        } catch (CelValidationException e) {
            throw Problem.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    private static String message(CelIssue issue) {
        return "line " + issue.getSourceLocation().getLine() + ", column "
                + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage()
                + (issue.getMessage().contains("undeclared reference")
                        ? "; known are " + String.join(", ", TEXTS.keySet().stream().sorted().toList())
                                + ", device.tags[\"name\"] and semver(\"1.2.3\")"
                        : "");
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(
                        CelOptions.current().maxExpressionCodePointSize(LENGTH_MAX).maxParseRecursionDepth(64)
                                .build())
                .setStandardMacros(CelStandardMacro.HAS)
                .addVar(TAGS, MapType.create(SimpleType.STRING, SimpleType.STRING));
        TEXTS.keySet().forEach(name -> builder.addVar(name, SimpleType.STRING));
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration("semver",
                CelOverloadDecl.newGlobalOverload("semver_string", VERSION, SimpleType.STRING)));
        for (String operator : List.of("_<_", "_<=_", "_>_", "_>=_")) {
            builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(operator, CelOverloadDecl
                    .newGlobalOverload("version" + operator, SimpleType.BOOL, VERSION, VERSION)));
        }
        return builder.build();
    }
}
