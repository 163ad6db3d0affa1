package io.aftercare.diagnostics.rule;

import java.util.List;

/// A rule's document that cannot be taken; names each place that is wrong and what would be right.
public final class InvalidRule extends RuntimeException {
    private final List<Issue> issues;

    /// One mistake.
    ///
    /// @param line  of the document, from 1
    /// @param field path such as `fault.severity`, empty for the document itself
    public record Issue(int line, int column, String field, String message) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column + (field.isEmpty() ? "" : ", " + field) + ": "
                    + message;
        }
    }

    InvalidRule(List<Issue> issues) {
        super(String.join("\n", issues.stream().map(Issue::toString).toList()), null, false, false);
        this.issues = List.copyOf(issues);
    }

    public List<Issue> issues() {
        return issues;
    }
}
