package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleTest;
import java.util.ArrayList;
import java.util.List;

/// Runs the tests written inside a rule, on the same code that judges devices.
public final class RuleTests {
    private RuleTests() {}

    /// An expectation that was not met.
    public record Failure(String test, int line, String message) {
        @Override
        public String toString() {
            return "line " + line + ", test \"" + test + "\": " + message;
        }
    }

    /// Runs every test of a rule; answers with what failed.
    public static List<Failure> run(Rule rule) {
        List<Failure> failures = new ArrayList<>();
        rule.tests().forEach(test -> run(rule, test, failures));
        return failures;
    }

    private static void run(Rule rule, RuleTest test, List<Failure> failures) {
        Plan plan = new Plan(test.device().model(), List.of(new ActiveRule(rule, 1, 1)));
        if (plan.isEmpty()) {
            failures.add(new Failure(test.name(),
                    test.expectations().isEmpty() ? 1 : test.expectations().getFirst().line(),
                    "the rule is not for the model " + test.device().model() + " that the test names"));
            return;
        }
        new TestRun(test, plan).run(failures);
    }
}
