package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.InvalidRule;
import io.aftercare.diagnostics.rule.KnownMetrics;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.time.Durations;
import io.aftercare.fleet.http.Json;
import java.util.List;

/// Tells an author what a document is worth, without saving it: what is wrong by line and column, or what it compiles to.
final class RuleCheck {
    private RuleCheck() {}

    static ObjectNode of(String source, KnownMetrics known) {
        Rule rule;
        try {
            rule = RuleReader.read(source, known);
        } catch (InvalidRule e) {
            ObjectNode answer = Json.object().put("valid", false);
            ArrayNode errors = answer.putArray("errors");
            e.issues().forEach(issue -> errors.addObject().put("line", issue.line())
                    .put("column", issue.column()).put("field", issue.field())
                    .put("message", issue.message()));
            return answer;
        }
        List<RuleTests.Failure> failures = RuleTests.run(rule);
        ObjectNode answer = Json.object().put("valid", failures.isEmpty());
        ArrayNode errors = answer.putArray("errors");
        failures.forEach(failure -> errors.addObject().put("line", failure.line()).put("column", 1)
                .put("field", "tests").put("message", failure.test() + ": " + failure.message()));
        answer.set("rule", described(rule));
        return answer;
    }

    private static ObjectNode described(Rule rule) {
        Layout layout = new Layout();
        List<String> parts = rule.when().parts(layout).stream().map(part -> part.text()).toList();
        rule.clearWhen().ifPresent(clear -> clear.condition(layout));
        ObjectNode described = Json.object().put("id", rule.id()).put("title", rule.title())
                .put("code", rule.fault().code()).put("severity", rule.fault().severity().text())
                .put("for", Durations.text(rule.holds())).put("opensTicket", rule.ticket().open())
                .put("priority", rule.ticket().priority());
        described.set("models", Json.tree(rule.appliesTo().models()));
        described.set("metrics", Json.tree(layout.metrics().keySet()));
        described.set("parts", Json.tree(parts));
        return described.put("windows", layout.windows()).put("windowsMax", Language.WINDOWS_MAX)
                .put("tests", rule.tests().size());
    }
}
