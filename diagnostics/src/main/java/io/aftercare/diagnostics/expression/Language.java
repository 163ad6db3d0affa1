package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads conditions: CEL's parser and type checker with our names and functions declared, and nothing that could loop.
/// Thread-safe.
///
/// All numbers are doubles: a whole number written in a condition (`temp > 80`) is read as `80.0`, because a metric is a
/// double and CEL alone would refuse to mix the two. Every bare name is a metric; `device` is the device.
public final class Language {
    /// Bound on an expression's length, characters.
    public static final int LENGTH_MAX = 4_096;
    /// Bound on the nesting of an expression.
    public static final int DEPTH_MAX = 64;

    /// What a condition may ask of the device, and its type.
    static final Map<String, CelType> DEVICE = new TreeMap<>(Map.of("device.model", SimpleType.STRING,
            "device.hardware", SimpleType.STRING, "device.firmware", SimpleType.STRING, "device.region",
            SimpleType.STRING, "device.tags", MapType.create(SimpleType.STRING, SimpleType.STRING),
            "device.age_days", SimpleType.DOUBLE));

    private static final CelCompiler COMPILER = compiler();

    private Language() {}

    /// Reads a condition; an [InvalidExpression] says what is wrong with it.
    public static Expression condition(String text) {
        return read(text, SimpleType.BOOL, "a condition is either true or false, such as temp > 80");
    }

    /// Reads an expression whose value is a number or a truth.
    public static Expression any(String text) {
        return read(text, null, "");
    }

    private static Expression read(String text, @org.jspecify.annotations.Nullable CelType wanted,
            String remedy) {
        if (text.length() > LENGTH_MAX) {
            throw new InvalidExpression(List.of(new InvalidExpression.Issue(1, 1,
                    "longer than " + LENGTH_MAX + " characters: split it into two rules")));
        }
        CelAbstractSyntaxTree parsed = tree(COMPILER.parse(text));
        Names names = Names.of(parsed);
        CelCompilerBuilder builder = COMPILER.toCompilerBuilder();
        names.metrics().forEach(
                name -> builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, SimpleType.DOUBLE)));
        CelAbstractSyntaxTree checked = tree(builder.build().check(Literals.asDoubles(parsed)));
        CelType type = checked.getResultType();
        if (wanted != null && !type.equals(wanted)) {
            throw new InvalidExpression(
                    List.of(new InvalidExpression.Issue(1, 1,
                            "this is of type " + type.name() + "; " + remedy)));
        }
        Expression expression = new Expression(text, checked, names.metrics());
        expression.compile(new Layout()); // whatever the compiler refuses is refused here, where its author sees it
        return expression;
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            List<InvalidExpression.Issue> issues = e.getErrors().stream().map(Language::issue).toList();
            throw new InvalidExpression(issues.isEmpty()
                    ? List.of(new InvalidExpression.Issue(1, 1, String.valueOf(e.getMessage())))
                    : issues);
        }
    }

    private static InvalidExpression.Issue issue(CelIssue issue) {
        String hint = issue.getMessage().contains("no matching overload")
                && issue.getMessage().contains("double")
                        ? " (every number is a double; compare a switch as door_open == 1)"
                        : "";
        return new InvalidExpression.Issue(Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()) + 1, issue.getMessage() + hint);
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(Facts.options())
                .addFunctionDeclarations(Functions.DECLARATIONS);
        DEVICE.forEach((name, type) -> builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, type)));
        return builder.build();
    }
}
