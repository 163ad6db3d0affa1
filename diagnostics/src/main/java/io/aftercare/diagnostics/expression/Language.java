package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads conditions: CEL's parser and type checker with our names and functions declared, and nothing that could loop.
/// Thread-safe.
///
/// All numbers are doubles: a whole number written in a condition (`temp > 80`) is read as `80.0`, because a metric is a
/// double and CEL alone would refuse to mix the two. Every bare name is a metric, or a text attribute where it is used as a text; `device` is the
/// device.
public final class Language {
    /// Bound on an expression's length, characters.
    public static final int LENGTH_MAX = 4_096;
    /// Bound on the nesting of an expression.
    public static final int DEPTH_MAX = 64;
    /// Bound on the functions over time in a rule.
    public static final int WINDOWS_MAX = 64;
    private static final int CHECKERS_MAX = 256;

    /// What a condition may ask of the device, and its type.
    static final Map<String, CelType> DEVICE = new TreeMap<>(Map.of("device.model", SimpleType.STRING,
            "device.hardware", SimpleType.STRING, "device.firmware", SimpleType.STRING, "device.region",
            SimpleType.STRING, "device.tags", MapType.create(SimpleType.STRING, SimpleType.STRING),
            "device.age_days", SimpleType.DOUBLE));

    private static final CelCompiler COMPILER = compiler();
    /// Checkers by the names that they know: the rules of a product mostly speak of the same.
    private static final ConcurrentHashMap<Map<String, CelType>, CelCompiler> CHECKERS = new ConcurrentHashMap<>();

    private Language() {}

    /// Reads a condition; an [InvalidExpression] says what is wrong with it.
    public static Expression condition(String text) {
        return read(text, SimpleType.BOOL, "a condition is either true or false, such as temp > 80");
    }

    /// Reads an expression whose value is a number or a truth.
    public static Expression any(String text) {
        return read(text, null, "");
    }

    private static Expression read(String text, @Nullable CelType wanted, String remedy) {
        CelAbstractSyntaxTree checked = check(text);
        CelType type = checked.getResultType();
        if (wanted != null && !type.equals(wanted)) {
            throw new InvalidExpression(
                    List.of(new InvalidExpression.Issue(1, 1,
                            "this is of type " + type.name() + "; " + remedy)));
        }
        Expression expression = new Expression(text, checked);
        Layout layout = new Layout();
        expression.compile(layout); // whatever the compiler refuses is refused here, where its author sees it
        if (layout.windows() > WINDOWS_MAX) {
            throw new InvalidExpression(List.of(new InvalidExpression.Issue(1, 1, layout.windows()
                    + " functions over time, where " + WINDOWS_MAX
                    + " is the most: split it into two rules")));
        }
        return expression;
    }

    /// Parses and checks, whatever the type may be.
    static CelAbstractSyntaxTree check(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new InvalidExpression(List.of(new InvalidExpression.Issue(1, 1,
                    "longer than " + LENGTH_MAX + " characters: split it into two rules")));
        }
        CelAbstractSyntaxTree parsed = Literals.rewrite(tree(COMPILER.parse(text)));
        return tree(checker(Names.types(parsed)).check(parsed));
    }

    private static CelCompiler checker(Map<String, CelType> names) {
        CelCompiler known = CHECKERS.get(names);
        if (known != null) {
            return known;
        }
        CelCompilerBuilder builder = COMPILER.toCompilerBuilder();
        names.forEach((name, type) -> builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, type)));
        CelCompiler made = builder.build();
        if (CHECKERS.size() >= CHECKERS_MAX) {
            CHECKERS.clear();
        }
        CHECKERS.put(Map.copyOf(names), made);
        return made;
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            List<InvalidExpression.Issue> issues = e.getErrors().stream().map(Mistakes::explain).toList();
            throw new InvalidExpression(issues.isEmpty()
                    ? List.of(new InvalidExpression.Issue(1, 1, String.valueOf(e.getMessage())))
                    : issues);
        }
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(Facts.options())
                .addFunctionDeclarations(Functions.DECLARATIONS);
        DEVICE.forEach((name, type) -> builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, type)));
        return builder.build();
    }
}
