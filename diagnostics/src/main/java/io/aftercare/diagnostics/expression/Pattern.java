package io.aftercare.diagnostics.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.regex.PatternSyntaxException;

/// The regular expressions of a condition. CEL matches them with RE2, in time that grows with the text and not with what the pattern could do; so a pattern
/// needs a bound on its length only, and must be written out to be checked once.
final class Pattern {
    static final int LENGTH_MAX = 256;

    private Pattern() {}

    static void check(CelAbstractSyntaxTree tree, CelExpr node) {
        if (node.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || node.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw Names.at(tree, node, "a pattern is written out, such as matches(\"^LP-[0-9]+$\")");
        }
        String pattern = node.constant().stringValue();
        if (pattern.length() > LENGTH_MAX) {
            throw Names.at(tree, node, "the pattern is longer than " + LENGTH_MAX + " characters");
        }
        try {
            com.google.re2j.Pattern.compile(pattern);
        } catch (com.google.re2j.PatternSyntaxException | PatternSyntaxException e) {
            throw Names.at(tree, node, "no regular expression: " + e.getMessage());
        }
    }
}
