package io.aftercare.diagnostics.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.backtest.ConfirmedCases.Case;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Backtests by HTTP.
public final class BacktestRoutes {
    private static final Duration SPAN_MAX = Duration.ofDays(400);
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    private final Documents documents;
    private final JudgedDevices devices;
    private final ConfirmedCases cases;
    private final Backtest backtest;

    /// Where rules come from.
    public interface Documents {
        /// A rule that is stored, as it is in force, or a [Problem] where there is none.
        Rule stored(String id);

        /// A rule in a document, or a [Problem] with all that is wrong with it.
        Rule written(String source);
    }

    BacktestRoutes(Documents documents, JudgedDevices devices, ConfirmedCases cases, Backtest backtest) {
        this.documents = documents;
        this.devices = devices;
        this.cases = cases;
        this.backtest = backtest;
    }

    void bind(Operations operations) {
        operations.on("backtestRule", this::run);
    }

    private Response run(Request request) {
        JsonNode body = request.json();
        Instant from = moment(body, "from");
        Instant to = moment(body, "to");
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(SPAN_MAX) > 0) {
            throw Problem.invalid("to", "after from, and at most " + SPAN_MAX.toDays() + " days after it");
        }
        Rule rule = rule(body.path("rule"));
        Iterator<Device> on = body.path("devices").isArray()
                ? devices.named(texts(body.path("devices")), request.principal())
                : devices.of(rule, request.principal());
        Backtest.Result result = backtest.run(rule, on, from, to, TIME_MAX);
        List<Case> found = cases.of(rule.fault().code(), from, to).stream()
                .filter(one -> !body.path("devices").isArray()
                        || texts(body.path("devices")).contains(one.device()))
                .toList();
        return Response
                .ok(shown(rule, result, Comparison.of(result.faults(), found)).put("from", from.toString())
                        .put("to", to.toString()));
    }

    private Rule rule(JsonNode asked) {
        if (asked.isObject()) {
            return documents.written(Json.text(asked));
        }
        String text = asked.asText();
        return text.matches("[a-z0-9][a-z0-9-]{0,63}") ? documents.stored(text) : documents.written(text);
    }

    private static Instant moment(JsonNode body, String field) {
        try {
            return Instant.parse(body.path(field).asText());
        } catch (DateTimeParseException e) {
            throw Problem.invalid(field, "a moment such as 2026-11-01T00:00:00Z is needed");
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static ObjectNode shown(Rule rule, Backtest.Result result, Comparison compared) {
        ObjectNode shown = Json.object();
        shown.putObject("rule").put("id", rule.id()).put("code", rule.fault().code())
                .put("severity", rule.fault().severity().text());
        shown.put("devices", result.judged()).put("samples", result.samples())
                .put("seconds", result.took().toMillis() / 1e3).put("complete", result.complete());
        shown.put("tickets", rule.ticket().open() ? result.faults().size() : 0);
        ArrayNode faults = shown.putArray("faults");
        for (int i = 0; i < result.faults().size(); i++) {
            Outcome fault = result.faults().get(i);
            ObjectNode row = faults.addObject().put("device", fault.device())
                    .put("openedAt", fault.openedAt().toString())
                    .put("clearedAt", fault.clearedAt() == null ? null : fault.clearedAt().toString())
                    .put("count", fault.count()).put("severity", fault.severity())
                    .put("ticket", rule.ticket().open());
            judged(row, "confirmedBy", compared.matches().get(i));
            judged(row, "refutedBy", compared.refutals().get(i));
        }
        shown.set("comparison", shown(compared));
        return shown;
    }

    private static void judged(ObjectNode row, String how, @Nullable Case one) {
        if (one != null) {
            row.put(how, one.ticket());
        }
    }

    private static ObjectNode shown(Comparison compared) {
        ObjectNode shown = Json.object().put("cases", compared.cases()).put("found", compared.found())
                .put("faults", compared.faults()).put("confirmed", compared.confirmed())
                .put("refuted", compared.refuted())
                .put("undecided", compared.faults() - compared.confirmed() - compared.refuted());
        shown.put("precision", compared.precision().orElse(null)).put("recall",
                compared.recall().orElse(null));
        ObjectNode lead = shown.putObject("leadTime");
        lead.put("cases", compared.leads().size()).put("lowerQuartile", text(compared.lead(0.25)))
                .put("median", text(compared.lead(0.5))).put("upperQuartile", text(compared.lead(0.75)));
        ArrayNode misses = shown.putArray("misses");
        compared.misses().forEach(one -> misses.addObject().put("ticket", one.ticket())
                .put("device", one.device()).put("openedAt", one.openedAt().toString()));
        return shown;
    }

    private static @Nullable String text(Optional<Duration> lead) {
        return lead.map(Duration::toString).orElse(null);
    }
}
