package io.aftercare.diagnostics.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;

/// Rewrites a parsed expression before it is checked: every whole number becomes a double, and `metric("fuser-temp")` and
/// `attribute("print-mode")` become names, which are spelt just so.
final class Literals {
    private final CelAbstractSyntaxTree parsed;

    private Literals(CelAbstractSyntaxTree parsed) {
        this.parsed = parsed;
    }

    static CelAbstractSyntaxTree rewrite(CelAbstractSyntaxTree parsed) {
        return CelAbstractSyntaxTree.newParsedAst(new Literals(parsed).rewrite(parsed.getExpr()),
                parsed.getSource());
    }

    private CelExpr rewrite(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> CelExpr.ofConstant(node.id(), rewrite(node.constant()));
            case SELECT ->
                CelExpr.ofSelect(node.id(), rewrite(node.select().operand()), node.select().field(),
                        node.select().testOnly());
            case CALL -> call(node);
            case LIST ->
                CelExpr.ofList(node.id(), rewrite(node.list().elements()), node.list().optionalIndices());
            case IDENT, STRUCT, MAP, COMPREHENSION, NOT_SET -> node;
        };
    }

    private CelExpr call(CelExpr node) {
        CelExpr.CelCall call = node.call();
        boolean named = call.function().equals("metric") || call.function().equals("attribute");
        if (named && call.target().isEmpty() && call.args().size() == 1) {
            CelExpr name = call.args().get(0);
            if (name.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                    || name.constant().getKind() != CelConstant.Kind.STRING_VALUE
                    || name.constant().stringValue().isEmpty()) {
                throw Names.at(parsed, name, "the name is written out, such as "
                        + Functions.usage(call.function()).orElse(""));
            }
            return CelExpr.ofIdent(node.id(), Name.written(call.function(), name.constant().stringValue()));
        }
        return CelExpr.ofCall(node.id(), call.target().map(this::rewrite), call.function(),
                rewrite(call.args()));
    }

    private ImmutableList<CelExpr> rewrite(ImmutableList<CelExpr> nodes) {
        return nodes.stream().map(this::rewrite).collect(ImmutableList.toImmutableList());
    }

    private static CelConstant rewrite(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> CelConstant.ofValue((double) constant.int64Value());
            case UINT64_VALUE -> CelConstant.ofValue(constant.uint64Value().doubleValue());
            default -> constant; // every other kind means in the rule language what it means in CEL
        };
    }
}
