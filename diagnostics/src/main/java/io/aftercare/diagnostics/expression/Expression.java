package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;

/// An expression that the checker has passed; compiled for each [Layout] that it is used in. Immutable.
public record Expression(String text, CelAbstractSyntaxTree tree) {
    private static final String AND = "_&&_";
    private static final String OR = "_||_";

    /// A part of a condition that can be true or false by itself.
    ///
    /// @param parts what it is put together of by `&&` or `||`, empty for a comparison
    public record Part(String text, Condition condition, List<Part> parts) {
        public Part {
            parts = List.copyOf(parts);
        }
    }

    /// Either of the two things that an expression can be.
    public sealed interface Compiled {
        record OfCondition(Condition condition) implements Compiled {}

        record OfQuantity(Quantity quantity) implements Compiled {}
    }

    public Compiled compile(Layout layout) {
        Lowering lowering = new Lowering(tree, layout);
        return tree.getResultType().equals(SimpleType.BOOL)
                ? new Compiled.OfCondition(lowering.condition(tree.getExpr()))
                : new Compiled.OfQuantity(lowering.quantity(tree.getExpr()));
    }

    /// This expression as a condition.
    public Condition condition(Layout layout) {
        return new Lowering(tree, layout).condition(tree.getExpr());
    }

    /// What stands between the outermost `&&`, for explaining why the whole came out as it did.
    public List<Part> parts(Layout layout) {
        List<Part> parts = new ArrayList<>();
        split(new Lowering(tree, layout), tree.getExpr(), parts);
        return parts;
    }

    /// The comparisons with plain numbers, wherever in the condition they stand.
    public List<Limit> limits(Layout layout) {
        List<Limit> limits = new ArrayList<>();
        Limit.gather(new Lowering(tree, layout), tree.getExpr(), limits);
        return limits;
    }

    private static void split(Lowering lowering, CelExpr node, List<Part> into) {
        if (is(node, AND)) {
            node.call().args().forEach(argument -> split(lowering, argument, into));
        } else {
            into.add(part(lowering, node));
        }
    }

    private static Part part(Lowering lowering, CelExpr node) {
        List<Part> parts = new ArrayList<>();
        if (is(node, AND) || is(node, OR)) {
            node.call().args().forEach(argument -> parts.add(part(lowering, argument)));
        }
        return new Part(lowering.text(node), lowering.condition(node), parts);
    }

    private static boolean is(CelExpr node, String function) {
        return node.getKind() == CelExpr.ExprKind.Kind.CALL && node.call().function().equals(function);
    }

    /// Whether the device's registration alone decides it.
    public boolean isOfDeviceAlone() {
        Layout layout = new Layout();
        condition(layout);
        return layout.isOfDeviceAlone();
    }
}
