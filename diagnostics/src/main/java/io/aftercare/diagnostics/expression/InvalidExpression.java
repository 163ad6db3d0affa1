package io.aftercare.diagnostics.expression;

import java.util.List;

/// An expression that is not of the language; says where and what would be right.
public final class InvalidExpression extends RuntimeException {
    private final List<Issue> issues;

    /// One mistake.
    ///
    /// @param line   of the expression, from 1
    /// @param column from 1
    public record Issue(int line, int column, String message) {
        @Override
        public String toString() {
            return (line > 1 ? "line " + line + ", " : "") + "column " + column + ": " + message;
        }
    }

    InvalidExpression(List<Issue> issues) {
        super(String.join("; ", issues.stream().map(Issue::toString).toList()), null, false, false);
        this.issues = List.copyOf(issues);
    }

    public List<Issue> issues() {
        return issues;
    }
}
