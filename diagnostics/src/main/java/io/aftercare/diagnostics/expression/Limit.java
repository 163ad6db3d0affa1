package io.aftercare.diagnostics.expression;

import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A comparison of something measured with a plain number, such as `avg(temp, "5m") > 80`: what a chart draws as a line.
///
/// @param metric   whose line it is
/// @param text     what is compared, as the author wrote it
/// @param operator one of `<`, `<=`, `>`, `>=`
public record Limit(String metric, String text, String operator, double threshold, Condition condition,
        Quantity measured) {
    private static final Map<String, String> OPERATORS = Map.of("_<_", "<", "_<=_", "<=", "_>_", ">", "_>=_",
            ">=");
    private static final Map<String, String> MIRRORED = Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=");

    /// Gathers those below a node, through `&&` and `||`.
    static void gather(Lowering lowering, CelExpr node, List<Limit> into) {
        if (node.getKind() != CelExpr.ExprKind.Kind.CALL) {
            return;
        }
        String function = node.call().function();
        List<CelExpr> args = node.call().args();
        String operator = OPERATORS.get(function);
        if (function.equals("_&&_") || function.equals("_||_")) {
            args.forEach(argument -> gather(lowering, argument, into));
        } else if (operator != null) {
            of(lowering, node, args.get(0), operator, args.get(1)).ifPresent(into::add);
            of(lowering, node, args.get(1), MIRRORED.getOrDefault(operator, operator), args.get(0))
                    .ifPresent(into::add);
        }
    }

    private static Optional<Limit> of(Lowering lowering, CelExpr whole, CelExpr measured, String operator,
            CelExpr limit) {
        return Lowering.literal(limit).flatMap(threshold -> metric(measured)
                .map(metric -> new Limit(metric, lowering.text(measured), operator, threshold,
                        lowering.condition(whole),
                        lowering.quantity(measured))));
    }

    private static Optional<String> metric(CelExpr node) {
        boolean isOverTime = node.getKind() == CelExpr.ExprKind.Kind.CALL
                && Functions.OVER_TIME.containsKey(node.call().function()) && !node.call().args().isEmpty();
        return Name.of(isOverTime ? node.call().args().getFirst() : node).map(Name::plain);
    }
}
