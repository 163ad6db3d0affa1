package io.aftercare.ota.plan;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import io.aftercare.fleet.http.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Translates a checked CEL condition into SQL. CEL's errors become SQL's null: `&&` and `||` treat the one as the other
/// does. One use each; not thread-safe.
public final class TargetSql {
    private static final Map<String, String> COMPARISONS = Map.of("_==_", "=", "_!=_", "<>", "_<_", "<",
            "_<=_",
            "<=", "_>_", ">", "_>=_", ">=");

    /// The device's version as a text that sorts; [Target#from] brings it.
    static final String FIRMWARE_KEY = "firmware.key";

    private final CelAbstractSyntaxTree tree;
    private final String field;
    private final Map<String, String> binds = new HashMap<>();

    /// @param field where the expression was written
    TargetSql(CelAbstractSyntaxTree tree, String field) {
        this.tree = tree;
        this.field = field;
    }

    Map<String, String> binds() {
        return binds;
    }

    /// SQL for an expression that is true or false.
    String condition(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> expression.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                    ? Boolean.toString(expression.constant().booleanValue())
                    : refuse(expression, "a constant that is neither true nor false");
            case CALL -> call(expression, expression.call());
            case SELECT -> expression.select().testOnly()
                    ? hasTag(expression.select().operand(), bind(expression.select().field()))
                    : refuse(expression, "a field");
            case IDENT, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> refuse(expression, "this");
        };
    }

    private String call(CelExpr expression, CelExpr.CelCall call) {
        List<CelExpr> args = call.args();
        String comparison = COMPARISONS.get(call.function());
        if (comparison != null) {
            return compare(args.get(0), comparison, args.get(1));
        }
        return switch (call.function()) {
            case "_&&_" -> "(" + condition(args.get(0)) + " AND " + condition(args.get(1)) + ")";
            case "_||_" -> "(" + condition(args.get(0)) + " OR " + condition(args.get(1)) + ")";
            case "!_" -> "(NOT " + condition(args.get(0)) + ")";
            case "_?_:_" -> "(CASE WHEN " + condition(args.get(0)) + " THEN " + condition(args.get(1))
                    + " WHEN NOT " + condition(args.get(0)) + " THEN " + condition(args.get(2)) + " END)";
            case "@in" -> in(args.get(0), args.get(1));
            case "startsWith" -> "starts_with(" + text(subject(call)) + ", " + text(args.get(0)) + ")";
            case "endsWith" -> "(right(" + text(subject(call)) + ", length(" + text(args.get(0)) + ")) = "
                    + text(args.get(0)) + ")";
            case "contains" -> "(strpos(" + text(subject(call)) + ", " + text(args.get(0)) + ") > 0)";
            default -> refuse(expression, call.function().replace("_", ""));
        };
    }

    private String compare(CelExpr left, String operator, CelExpr right) {
        var type = tree.getTypeOrThrow(left.id());
        if (type.equals(dev.cel.common.types.SimpleType.BOOL)) {
            return "(" + condition(left) + " " + operator + " " + condition(right) + ")";
        }
        return "(" + text(left) + " " + operator + " " + text(right) + " COLLATE \"C\")";
    }

    private String in(CelExpr element, CelExpr container) {
        if (container.getKind() == CelExpr.ExprKind.Kind.LIST) {
            List<CelExpr> elements = container.list().elements();
            return elements.isEmpty()
                    ? "false"
                    : "(" + text(element) + " IN (" + elements.stream().map(this::text)
                            .collect(Collectors.joining(", ")) + "))";
        }
        return hasTag(container, text(element));
    }

    private String hasTag(CelExpr map, String key) {
        return isTags(map)
                ? "jsonb_exists(d.tags, " + key + ")"
                : refuse(map, "a map other than device.tags");
    }

    /// SQL for an expression that is a text, or a version as a text that sorts as versions do.
    private String text(CelExpr expression) {
        Optional<String> column = name(expression).map(Target.TEXTS::get);
        if (column.isPresent()) {
            return column.get();
        }
        return switch (expression.getKind()) {
            case CONSTANT -> expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
                    ? bind(expression.constant().stringValue())
                    : refuse(expression, "a constant that is no text");
            case SELECT -> isTags(expression.select().operand()) && !expression.select().testOnly()
                    ? "(d.tags ->> " + bind(expression.select().field()) + ")"
                    : refuse(expression, "this field");
            case CALL -> textCall(expression, expression.call());
            case IDENT, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> refuse(expression, "this");
        };
    }

    private String textCall(CelExpr expression, CelExpr.CelCall call) {
        return switch (call.function()) {
            case "_[_]" -> isTags(call.args().get(0))
                    ? "(d.tags ->> " + text(call.args().get(1)) + ")"
                    : refuse(expression, "an index");
            case "semver" -> {
                String version = text(call.args().get(0));
                yield version.equals("d.firmware") ? FIRMWARE_KEY : "ota.version_key(" + version + ")";
            }
            case "_?_:_" ->
                "(CASE WHEN " + condition(call.args().get(0)) + " THEN " + text(call.args().get(1))
                        + " WHEN NOT " + condition(call.args().get(0)) + " THEN " + text(call.args().get(2))
                        + " END)";
            default -> refuse(expression, call.function().replace("_", ""));
        };
    }

    private static CelExpr subject(CelExpr.CelCall call) {
        return call.target().orElseThrow();
    }

    private boolean isTags(CelExpr expression) {
        return name(expression).filter(Target.TAGS::equals).isPresent();
    }

    // the checker knows device.model as one name, though it is written as a field of device
    private Optional<String> name(CelExpr expression) {
        return tree.getReference(expression.id()).map(CelReference::name);
    }

    private String bind(String value) {
        if (value.indexOf('\0') >= 0) {
            throw Problem.invalid(field,
                    "a text holds a NUL character, which no attribute of a device does");
        }
        String name = field.replace(".", "") + "x" + binds.size();
        binds.put(name, value);
        return ":" + name;
    }

    private String refuse(CelExpr expression, String what) {
        Integer offset = tree.getSource().getPositionsMap().get(expression.id());
        String place = Optional.ofNullable(offset).flatMap(at -> tree.getSource().getOffsetLocation(at))
                .map(at -> "line " + at.getLine() + ", column " + (at.getColumn() + 1) + ": ").orElse("");
        throw Problem.invalid(field,
                place + what + " cannot be used in a target; comparisons, in, &&, ||, !,"
                        + " ?:, startsWith, endsWith, contains, has and semver can");
    }
}
