package io.aftercare.diagnostics.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.engine.RuleCosts;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Response;
import java.util.Map;

/// Rules as staff see them: the document, which version it is, and what judging by it costs. Thread-safe.
record RuleView(RuleCosts costs) {
    static String etag(Rules.Stored stored) {
        return "\"" + stored.version() + "\"";
    }

    Response answer(Rules.Stored stored) {
        return new Response(200, document(stored), Map.of("ETag", etag(stored)));
    }

    /// The whole document, and how the rule stands.
    ObjectNode document(Rules.Stored stored) {
        ObjectNode shown = RuleReader.document(stored.source()).put("version", stored.version())
                .put("author", stored.author()).put("at", stored.at().toString());
        return standing(stored, shown);
    }

    /// A line of a list.
    ObjectNode summary(Rules.Stored stored, Rules.Found found) {
        JsonNode document = RuleReader.document(stored.source());
        ObjectNode row = Json.object().put("id", stored.id())
                .put("version", stored.version())
                .put("title", document.path("title").asText(stored.id()))
                .put("code", document.path("fault").path("code").asText())
                .put("severity", document.path("fault").path("severity").asText("major"))
                .put("when", document.path("when").asText()).put("for", document.path("for").asText("0s"))
                .put("enabled", stored.active()).put("source", stored.source()).put("author", stored.author())
                .put("at", stored.at().toString()).put("open", found.open()).put("raised", found.raised());
        row.set("models", document.path("applies_to").path("model"));
        if (document.has("titles")) {
            row.set("titles", document.path("titles"));
        }
        return standing(stored, row);
    }

    private ObjectNode standing(Rules.Stored stored, ObjectNode into) {
        return into.put("parked", stored.parked()).put("cost", Math.round(costs.average(stored.id())))
                .put("overBudget", costs.isOverBudget(stored.id()));
    }
}
