package io.aftercare.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// A second device, and nobody goes there: a router's WAN session hangs, the rule begins the runbook that restarts the link,
/// telemetry says whether it helped, and the ticket says why it believes so.
final class NoVisit {
    /// The router of which the link hangs.
    static final String ROUTER = "RT-90-0001";
    static final String CODE = "WAN_SLOW";
    static final String RUNBOOK = "Restart the WAN link";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> DONE = Set.of("resolved", "verified", "closed");
    private static final String ABOUT = """
            {"models":["RT-90"],"codes":["WAN_SLOW"],"expected":"PT1M","soak":"PT10S",
             "effect":{"zh":"断网几秒钟","en":"The network is away for some seconds"}}""";
    private static final String STEPS = """
            [{"action":{"action":"restart_wan","class":"B"}},
             {"check":{"fault":"cleared","within":"PT1M"},"onFail":"no"},
             {"check":{"metric":"wan_latency_ms","op":"<","value":100,"over":"PT5S","within":"PT1M"},"onFail":"no"},
             {"end":{"result":"fixed"}},
             {"label":"no","end":{"result":"not-fixed","reason":"the link is still slow"}}]""";

    private final Watch watch;
    private final Narrator narrator;

    NoVisit(Cast cast) {
        this.watch = new Watch(cast);
        this.narrator = cast.narrator();
    }

    /// One person writes the runbook, another puts it in force.
    static void prepare(StaffApi author, StaffApi approver) throws IOException, InterruptedException {
        var runbook = JSON.createObjectNode().put("name", RUNBOOK);
        runbook.set("about", JSON.readTree(ABOUT));
        runbook.set("steps", JSON.readTree(STEPS));
        JsonNode made = author.post("/runbooks", runbook).orFail();
        approver.change("POST", "/runbooks/" + made.path("id").asText() + "/approve",
                made.path("version").asInt(1)).orFail();
    }

    void play() throws IOException, InterruptedException, DemoException {
        watch.await("a fault of " + ROUTER, () -> watch.first("/faults?device=" + ROUTER,
                each -> each.path("code").asText().equals(CODE)));
        narrator.milestone("second fault", CODE + " on " + ROUTER);
        String ticket = watch
                .await("a ticket for it", () -> watch.first("/tickets?device=" + ROUTER, _ -> true))
                .path("id").asText();
        JsonNode run = watch.await("the runbook",
                () -> watch.first("/tickets/" + ticket + "/runbooks", _ -> true));
        narrator.milestone("runbook", "\"" + RUNBOOK + "\", begun by the rule");
        String path = "/tickets/" + ticket + "/runbooks/" + run.path("id").asText();
        JsonNode over = watch.await("the end of the runbook", () -> {
            JsonNode now = watch.get(path);
            return now.path("isFinished").asBoolean() ? Optional.of(now) : Optional.empty();
        });
        if (!over.path("result").asText().equals("fixed")) {
            throw new DemoException("the runbook ended " + over.path("result").asText() + ": "
                    + over.path("reason").asText());
        }
        narrator.milestone("mended", "from afar, nobody went there");
        narrator.say("the ticket says why: " + over.path("reason").asText());
        JsonNode solved = watch.await("the end of the ticket", () -> {
            JsonNode now = watch.get("/tickets/" + ticket);
            return DONE.contains(now.path("state").asText()) ? Optional.of(now) : Optional.empty();
        });
        narrator.milestone("no visit", solved.path("rootCause").asText());
    }
}
