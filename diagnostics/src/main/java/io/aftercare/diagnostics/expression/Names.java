package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which metrics a parsed expression names. A metric's name may have dots (`env.temp`); one with other marks is written
/// `metric("fuser-temp")`.
record Names(Set<String> metrics) {
    static Names of(CelAbstractSyntaxTree parsed) {
        Set<String> metrics = new TreeSet<>();
        collect(parsed, parsed.getExpr(), metrics);
        return new Names(metrics);
    }

    private static void collect(CelAbstractSyntaxTree tree, CelExpr node, Set<String> into) {
        switch (node.getKind()) {
            case CONSTANT -> {
            }
            case IDENT, SELECT -> name(tree, node, into);
            case CALL -> {
                node.call().target().ifPresent(target -> collect(tree, target, into));
                node.call().args().forEach(argument -> collect(tree, argument, into));
            }
            case LIST -> node.list().elements().forEach(element -> collect(tree, element, into));
            case STRUCT, MAP, COMPREHENSION, NOT_SET ->
                throw at(tree, node, "maps, structures and comprehensions are not part of the rule language");
        }
    }

    private static void name(CelAbstractSyntaxTree tree, CelExpr node, Set<String> into) {
        String path = path(node);
        if (path == null) {
            throw at(tree, node, "a dot follows a name only, such as device.model or env.temp");
        }
        if (!path.equals("device") && !path.startsWith("device.")) {
            into.add(path);
        } else if (!Language.DEVICE.containsKey(path)) {
            throw at(tree, node,
                    path + " is not known; there is " + String.join(", ", Language.DEVICE.keySet())
                            + " (a tag is device.tags[\"name\"])");
        }
    }

    /// `a.b.c` of nested selections; null where something else than a name begins it.
    static @Nullable String path(CelExpr node) {
        return switch (node.getKind()) {
            case IDENT -> node.ident().name();
            case SELECT -> {
                String operand = node.select().testOnly() ? null : path(node.select().operand());
                yield operand == null ? null : operand + "." + node.select().field();
            }
            case CONSTANT, CALL, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> null;
        };
    }

    static InvalidExpression at(CelAbstractSyntaxTree tree, CelExpr node, String message) {
        Integer offset = tree.getSource().getPositionsMap().get(node.id());
        var place = offset == null ? null : tree.getSource().getOffsetLocation(offset).orElse(null);
        return new InvalidExpression(List.of(place == null
                ? new InvalidExpression.Issue(1, 1, message)
                : new InvalidExpression.Issue(place.getLine(), place.getColumn() + 1, message)));
    }
}
