package io.aftercare.ota.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.plan.Plan;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What the health gate saw of a campaign, of the staff's API.
public final class HealthRoutes {
    private final Database database;

    public HealthRoutes(Database database) {
        this.database = database;
    }

    public void bind(Operations operations) {
        operations.on("getCampaignHealth", this::health);
    }

    private Response health(Request request) {
        String id = request.path("id");
        return Response.ok(database.inTransaction(handle -> health(handle, id)));
    }

    private record Asked(int number, Plan plan) {}

    private static ObjectNode health(Handle handle, String id) {
        Asked asked = handle.createQuery("SELECT number, plan FROM ota.campaign WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> new Asked(row.getInt("number"),
                        Json.convert(Json.parse(row.getString("plan")), Plan.class)))
                .findOne().orElseThrow(() -> Problem.notFound("campaign", id));
        List<HealthStore.Look> looks = HealthStore.looks(handle, asked.number());
        Plan.Gate gate = asked.plan().gate();
        Budget spent = HealthStore.budget(gate.alpha(), looks);
        ObjectNode body = Json.object().put("campaign", id).put("alpha", gate.alpha())
                .put("spent", spent.faults() + spent.metrics()).put("verdict", verdict(asked.plan(), looks));
        ArrayNode findings = body.putArray("comparisons");
        ArrayNode taken = body.putArray("looks");
        if (!looks.isEmpty()) {
            HealthStore.Look newest = looks.getLast();
            body.put("stage", newest.stage() + 1).put("at", newest.at().toString())
                    .put("updated", newest.updated()).put("waiting", newest.waiting());
            newest.findings().forEach(finding -> findings.add(Json.tree(finding)));
            looks.forEach(look -> taken.add(summary(look)));
        }
        JsonNode series = looks.isEmpty() ? null : looks.getLast().series();
        body.set("series", series == null ? Json.array() : series);
        return body;
    }

    private static ObjectNode summary(HealthStore.Look look) {
        return Json.object().put("stage", look.stage() + 1).put("number", look.number())
                .put("at", look.at().toString()).put("fraction", look.fraction()).put("last", look.last())
                .put("updated", look.updated()).put("waiting", look.waiting())
                .put("spent", look.spentFaults() + look.spentMetrics())
                .put("worse", look.findings().stream()
                        .anyMatch(finding -> finding.verdict() == Finding.Verdict.WORSE));
    }

    /// Of the newest look: `off` where the plan has nothing to watch, `none` before the first, `worse`, `no-sign`, or `too-few` where
    /// nothing could have been told from chance.
    private static String verdict(Plan plan, List<HealthStore.Look> looks) {
        if (looks.isEmpty()) {
            return plan.isWatched() ? "none" : "off";
        }
        HealthStore.Look newest = looks.getLast();
        List<Finding.Verdict> verdicts = newest.findings().stream().map(Finding::verdict).toList();
        if (verdicts.contains(Finding.Verdict.WORSE)) {
            return Finding.Verdict.WORSE.text();
        }
        boolean compared = newest.updated() > 0 && newest.waiting() > 0
                && (verdicts.isEmpty() || verdicts.contains(Finding.Verdict.NO_SIGN));
        return compared ? Finding.Verdict.NO_SIGN.text() : Finding.Verdict.TOO_FEW.text();
    }
}
