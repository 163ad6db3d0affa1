package io.aftercare.diagnostics.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;

/// Turns every whole number of a parsed expression into a double.
final class Literals {
    private Literals() {}

    static CelAbstractSyntaxTree asDoubles(CelAbstractSyntaxTree parsed) {
        return CelAbstractSyntaxTree.newParsedAst(rewrite(parsed.getExpr()), parsed.getSource());
    }

    private static CelExpr rewrite(CelExpr node) {
        return switch (node.getKind()) {
            case CONSTANT -> CelExpr.ofConstant(node.id(), rewrite(node.constant()));
            case SELECT ->
                CelExpr.ofSelect(node.id(), rewrite(node.select().operand()), node.select().field(),
                        node.select().testOnly());
            case CALL -> CelExpr.ofCall(node.id(), node.call().target().map(Literals::rewrite),
                    node.call().function(), rewrite(node.call().args()));
            case LIST ->
                CelExpr.ofList(node.id(), rewrite(node.list().elements()), node.list().optionalIndices());
            case IDENT, STRUCT, MAP, COMPREHENSION, NOT_SET -> node;
        };
    }

    private static ImmutableList<CelExpr> rewrite(ImmutableList<CelExpr> nodes) {
        return nodes.stream().map(Literals::rewrite).collect(ImmutableList.toImmutableList());
    }

    private static CelConstant rewrite(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> CelConstant.ofValue((double) constant.int64Value());
            case UINT64_VALUE -> CelConstant.ofValue(constant.uint64Value().doubleValue());
            default -> constant; // every other kind means in the rule language what it means in CEL
        };
    }
}
