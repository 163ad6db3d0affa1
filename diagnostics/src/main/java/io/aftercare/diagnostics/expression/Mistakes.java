package io.aftercare.diagnostics.expression;

import dev.cel.common.CelIssue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Adds to what CEL's checker finds wrong what would be right.
final class Mistakes {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(\\w+)'");
    private static final Pattern OVERLOAD = Pattern.compile("no matching overload for '(\\w+)'");

    /// What the parser says where a text is over in the middle of something, with all the tokens that it would take.
    private static final Pattern ENDED = Pattern.compile("(mismatched|extraneous|no viable).*<EOF>.*",
            Pattern.DOTALL);

    private Mistakes() {}

    static InvalidExpression.Issue explain(CelIssue issue) {
        return new InvalidExpression.Issue(Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()) + 1, explain(issue.getMessage()));
    }

    private static String explain(String message) {
        if (ENDED.matcher(message).matches()) {
            return "the condition ends here, in the middle: a value, a name or a closing bracket is missing";
        }
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.find()) {
            Optional<String> closest = Functions.closest(undeclared.group(1));
            return "there is no function " + undeclared.group(1)
                    + closest.flatMap(Functions::usage).map(usage -> "; do you mean " + usage + "?")
                            .orElse("");
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.find()) {
            Optional<String> usage = Functions.usage(overload.group(1));
            if (usage.isPresent()) {
                return message + "; write " + usage.get();
            }
        }
        return message + (message.contains("no matching overload") && message.contains("double")
                ? " (every number is a double; compare a switch as door_open == 1)"
                : "");
    }
}
