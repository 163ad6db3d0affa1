package io.aftercare.diagnostics.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Why a rule does, or does not, fire on a device now: its stored past is judged again, with an explanation at the end.
final class ExplainRoutes {
    private static final Duration PAST_MIN = Duration.ofHours(1);
    private static final Duration PAST_MAX = Duration.ofDays(30);
    /// A device's clock may be ahead.
    private static final Duration AHEAD = Duration.ofDays(1);

    private final BacktestRoutes.Documents documents;
    private final JudgedDevices devices;
    private final StoredHistory history;
    private final InstantSource clock;

    ExplainRoutes(BacktestRoutes.Documents documents, JudgedDevices devices, StoredHistory history,
            InstantSource clock) {
        this.documents = documents;
        this.devices = devices;
        this.history = history;
        this.clock = clock;
    }

    void bind(Operations operations) {
        operations.on("explainRule", this::explain);
    }

    private Response explain(Request request) {
        Rule rule = documents.stored(request.path("id"));
        String id = request.query("device").orElseThrow(() -> Problem.invalid("device", "name a device"));
        Device device = devices.find(id, request.principal());
        Plan plan = new Plan(device.model(), List.of(new ActiveRule(rule, 1, 1)));
        ObjectNode answer = Json.object().put("rule", rule.id()).put("device", id);
        if (plan.isEmpty()) {
            return Response.ok(answer.put("applies", false).put("why",
                    "the rule is for " + String.join(", ", rule.appliesTo().models())
                            + ", and the device is a "
                            + device.model()));
        }
        Rehearsal rehearsal = new Rehearsal(plan, device);
        if (!rehearsal.judges()) {
            return Response.ok(answer.put("applies", false).put("why", "its where is not true of the device: "
                    + rule.appliesTo().where().map(where -> where.text()).orElse("")));
        }
        replay(plan, rehearsal, device);
        answer.put("applies", true).put("samples", rehearsal.samples());
        rehearsal.newest().ifPresent(newest -> answer.put("newest", newest.toString()));
        return Response.ok(answer.set("explain", rehearsal.explain()));
    }

    private void replay(Plan plan, Rehearsal rehearsal, Device device) {
        Instant now = clock.instant();
        long past = Math.clamp(plan.memoryMicros(), PAST_MIN.toNanos() / 1_000, PAST_MAX.toNanos() / 1_000);
        Replay.tell(history, rehearsal, device, Micros.of(now) - past, Micros.of(now.plus(AHEAD)),
                Micros.of(now), () -> {
                });
    }
}
