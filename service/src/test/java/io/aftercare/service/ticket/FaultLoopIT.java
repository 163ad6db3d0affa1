package io.aftercare.service.ticket;

import io.aftercare.service.TestApi;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.FaultHistory.Sighting;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way of a fault through the outbox to a resolved case, with the relay and the loop at work.
class FaultLoopIT {
    @AutoClose
    private final TestApi api = new TestApi();
    private LinkedBlockingQueue<JsonNode> opened;

    @BeforeEach
    void open() {
        opened = api.opened;
    }

    @Test
    void aFaultOpensACaseAFixIsWatchedAndTheTelemetryResolvesIt() throws Exception {
        api.tell("fault.raised", "F1", fault("F1"));
        JsonNode link = opened.poll(20, TimeUnit.SECONDS);
        assertThat(link).isNotNull();
        assertThat(link.get("fault").asText()).isEqualTo("F1");
        String id = link.get("ticket").asText();
        JsonNode ticket = api.get("/tickets/" + id).body();
        assertThat(ticket.get("number")).isEqualTo(link.get("number"));
        assertThat(ticket.get("title").asText()).isEqualTo("Fuser overheating");
        assertThat(ticket.get("origin").asText()).isEqualTo("proactive");
        assertThat(ticket.get("priority").asText()).isEqualTo("P2");
        assertThat(ticket.get("fault").asText()).isEqualTo("F1");
        assertThat(ticket.get("evidence").get("metrics").get(0).asText()).isEqualTo("fuser_temp");
        assertThat(ticket.get("evidence").get("to").isNull()).isTrue();
        assertThat(ticket.get("remedies").get(0).has("firmware")).isTrue();
        assertThat(ticket.get("timeline").findValuesAsText("kind")).containsExactly("fault", "opened");
        assertThat(api.get("/tickets?fault=F1").body().get("items")).hasSize(1);
        assertThat(api.meters.get("aftercare.fault.to.ticket").timer().count()).isEqualTo(1);

        api.tell("fix.scheduled", "D1", fix());
        api.await("/tickets/" + id, one -> one.get("state").asText().equals("fix-scheduled"));
        api.tell("fault.cleared", "F1:1", fault("F1"));
        api.tell("fix.installed", "D1", fix());
        api.await("/tickets/" + id, one -> one.path("fix").has("installedAt"));
        api.sightings.put(new DeviceId("LP-1"), new Sighting(TestApi.START, false,
                TestApi.START.plus(Duration.ofMinutes(29))));
        api.clock.forward(Duration.ofMinutes(31));
        JsonNode solved = api.await("/tickets/" + id, one -> one.get("state").asText().equals("resolved"));
        assertThat(solved.get("rootCause").asText()).isEqualTo("Fixed by firmware 2.4.1");
        assertThat(solved.get("verification").asText()).contains("Telemetry shows no such fault")
                .contains("The fault was raised 1 time before and 0 times since, over PT31M")
                .contains("fuser_temp 214.0 (160.0 to 230.0) before, 170.0 (160.0 to 230.0) after");
        assertThat(solved.at("/fix/state").asText()).isEqualTo("proven");
        assertThat(solved.at("/fix/proof/metrics/0/after/mean").asInt()).isEqualTo(170);
        assertThat(solved.get("nextClock").isNull()).isTrue();
        assertThat(solved.get("timeline").findValuesAsText("kind")).containsExactly("fault", "opened",
                "fix-scheduled", "transition", "recovered", "fix-installed", "evidence", "transition");
    }

    @Test
    void aFaultThatComesBackAfterTheProofReopensTheCaseForDispatch() throws Exception {
        api.tell("fault.raised", "F1", fault("F1"));
        String id = ticketOf(opened.poll(20, TimeUnit.SECONDS));
        api.tell("fix.scheduled", "1", fix().put("n", 1).put("stage", 2).put("stages", 3));
        api.courses.put("C3", new FixProgress.Course("Fuser", "running", "", 2, 3, 1, "pending",
                TestApi.START.plus(Duration.ofHours(1))));
        JsonNode waiting = api.await("/tickets/" + id,
                one -> one.get("state").asText().equals("fix-scheduled"));
        assertThat(waiting.at("/fix/stage").asInt()).isEqualTo(2);
        assertThat(waiting.at("/fixCourse/name").asText()).isEqualTo("Fuser");
        assertThat(waiting.at("/fixCourse/turn").asText()).isEqualTo("2026-11-02T10:00:00Z");
        api.tell("fix.installed", "2", fix().put("n", 2));
        api.await("/tickets/" + id, one -> one.at("/fix/state").asText().equals("installed"));
        api.sightings.put(new DeviceId("LP-1"),
                new Sighting(TestApi.START, false, TestApi.START.plus(Duration.ofMinutes(29))));
        api.clock.forward(Duration.ofMinutes(31));
        api.await("/tickets/" + id, one -> one.get("state").asText().equals("resolved"));
        ObjectNode again = fault("F1").put("at", TestApi.START.plus(Duration.ofDays(2)).toString());
        api.tell("fault.reraised", "F1:2", again);
        JsonNode back = api.await("/tickets/" + id, one -> one.get("state").asText().equals("reopened"));
        assertThat(back.at("/dispatch/why").asText())
                .contains("Firmware 2.4.1 (release R9, campaign C3) was installed")
                .contains("the case was resolved at");
        assertThat(api.get("/tickets?dispatch=true").body().get("items")).hasSize(1);
        assertThat(api.post("/tickets/" + id + "/transitions", "{\"to\":\"in-progress\"}").body()
                .get("dispatch").isNull()).isTrue();
    }

    @Test
    void aFixThatDoesNotComePutsTheCaseBackAlsoWhenToldTwiceOrTooSoon() throws Exception {
        api.tell("fault.raised", "F1", fault("F1"));
        String id = ticketOf(opened.poll(20, TimeUnit.SECONDS));
        api.post("/tickets/" + id + "/transitions", "{\"to\":\"waiting-parts\"}");
        api.tell("fix.withheld", "a", fix().put("n", 2).put("reason", "paused by ann"));
        api.tell("fix.scheduled", "b", fix().put("n", 1));
        api.tell("fix.scheduled", "c", fix().put("n", 3));
        api.await("/tickets/" + id, one -> one.get("state").asText().equals("fix-scheduled"));
        api.tell("fix.failed", "d", fix().put("n", 4).put("reason", "the campaign was aborted"));
        api.tell("fix.failed", "e", fix().put("n", 4).put("reason", "the campaign was aborted"));
        JsonNode back = api.await("/tickets/" + id, one -> one.get("state").asText().equals("waiting-parts"));
        assertThat(back.at("/fix/reason").asText()).isEqualTo("the campaign was aborted");
        api.tell("fault.cleared", "F1:1", fault("F1"));
        JsonNode end = api.await("/tickets/" + id, one -> one.toString().contains("recovered"));
        assertThat(end.get("timeline").findValuesAsText("kind")).containsExactly("fault", "opened",
                "assignment", "transition", "fix-withheld", "fix-scheduled", "transition", "fix-failed",
                "transition", "recovered");
    }

    @Test
    void aClockThatRunsOutIsNotedInTheTimeline() throws Exception {
        api.tell("fault.raised", "F1", fault("F1"));
        String id = ticketOf(opened.poll(20, TimeUnit.SECONDS));
        api.clock.forward(Duration.ofHours(25));
        JsonNode late = api.await("/tickets/" + id,
                one -> Collections.frequency(one.get("timeline").findValuesAsText("kind"),
                        "clock-breached") == 2
                        // read after the clocks were, so it may be ahead of them
                        && Collections.frequency(one.get("clocks").findValuesAsText("state"),
                                "breached") == 2);
        assertThat(late.get("nextClock").get("state").asText()).isEqualTo("breached");
        assertThat(late.get("clocks").findValuesAsText("state")).containsExactly("breached", "breached",
                "running",
                "running");
    }

    @Test
    void aRuleThatWantsNoCaseGetsNone() throws Exception {
        ObjectNode quiet = fault("F2");
        quiet.putObject("ticket").put("open", false);
        api.tell("fault.raised", "F2", quiet);
        api.tell("fault.raised", "F3", fault("F3"));
        assertThat(opened.poll(20, TimeUnit.SECONDS).get("fault").asText()).isEqualTo("F3");
        assertThat(api.get("/tickets").body().get("items")).hasSize(1);
    }

    @Test
    void whatIsNotAdmittedOpensNoCaseAndCasesShowTheirIncident() throws Exception {
        api.tell("fault.raised", "F1", fault("F1").put("held", true));
        api.tell("fault.raised", "F2", fault("F2"));
        JsonNode link = opened.poll(20, TimeUnit.SECONDS);
        assertThat(link.get("fault").asText()).isEqualTo("F2");
        ObjectNode incident = Json.object().put("incident", "I7").put("title", "Many are hot");
        incident.putArray("faults").add("F1").add("F2");
        api.tell("incident.joined", "I7:1", incident);
        api.tell("incident.joined", "I7:2", incident);
        api.tell("incident.resolved", "I7:3", incident);
        String id = link.get("ticket").asText();
        JsonNode shown = api.await("/tickets/" + id,
                one -> one.toString().contains("no device in it has the fault")
                        && one.get("incident").asText().equals("I7")); // row and timeline are read one after the other
        assertThat(shown.get("timeline").findValuesAsText("kind")).containsExactly("fault", "opened",
                "incident",
                "incident");
        assertThat(api.get("/tickets?incident=I7").body().get("items")).hasSize(1);
    }

    @Test
    void urgencyFollowsAFaultUpwardsAndNotDownAgain() throws Exception {
        ObjectNode quiet = fault("F2").put("severity", "warning");
        quiet.putObject("ticket").put("open", false);
        api.tell("fault.raised", "F2", quiet);
        ObjectNode major = fault("F2").put("severity", "major");
        major.putObject("ticket").put("open", true).put("priority", "P2");
        api.tell("fault.escalated", "F2:2", major);
        String id = ticketOf(opened.poll(20, TimeUnit.SECONDS));
        ObjectNode critical = fault("F2").put("severity", "critical");
        critical.putObject("ticket").put("open", true).put("priority", "P1");
        api.tell("fault.escalated", "F2:3", critical);
        api.await("/tickets/" + id, one -> one.get("priority").asText().equals("P1"));
        api.tell("fault.deescalated", "F2:4", quiet);
        JsonNode calm = api.await("/tickets/" + id,
                one -> one.toString().contains("The fault is warning now, it was critical"));
        assertThat(calm.get("priority").asText()).isEqualTo("P1");
        assertThat(calm.get("timeline").findValuesAsText("kind")).containsExactly("fault", "opened",
                "severity", "edit", "escalation", "severity");
    }

    @Test
    void aSecondFaultOfTheSameCodeJoinsTheOpenCase() throws Exception {
        api.tell("fault.raised", "F1", fault("F1"));
        api.tell("fault.raised", "F9", fault("F9"));
        String first = ticketOf(opened.poll(20, TimeUnit.SECONDS));
        JsonNode second = opened.poll(20, TimeUnit.SECONDS);
        assertThat(ticketOf(second)).isEqualTo(first);
        assertThat(second.get("fault").asText()).isEqualTo("F9");
        assertThat(api.get("/tickets").body().get("items")).hasSize(1);
        assertThat(api.meters.get("aftercare.fault.to.ticket").timer().count()).isEqualTo(1);
    }

    @Test
    void peopleConfirmTheFaultOfAProactiveCaseOrNameAnotherCauseOrCancelIt() throws Exception {
        Causes causes = new Causes(api.database);
        for (String fault : List.of("F1", "F2", "F3")) {
            api.tell("fault.raised", fault, fault(fault).put("code", "CODE_" + fault));
        }
        move(ticketOf(opened.poll(20, TimeUnit.SECONDS)), "{\"to\":\"resolved\",\"rootCause\":\"worn\"}");
        move(ticketOf(opened.poll(20, TimeUnit.SECONDS)),
                "{\"to\":\"resolved\",\"rootCause\":\"dust\",\"cause\":\"FAN_DEAD\"}");
        move(ticketOf(opened.poll(20, TimeUnit.SECONDS)), "{\"to\":\"cancelled\",\"reason\":\"a test\"}");
        assertThat(of(causes, "CODE_F1")).containsExactly(true);
        assertThat(of(causes, "CODE_F2")).containsExactly(false);
        assertThat(of(causes, "FAN_DEAD")).containsExactly(true);
        assertThat(of(causes, "CODE_F3")).containsExactly(false);
    }

    private static List<Boolean> of(Causes causes, String code) {
        return causes
                .of(code, TestApi.START.minus(Duration.ofDays(1)), TestApi.START.plus(Duration.ofDays(1)), 10)
                .stream().map(Causes.Finding::confirmed).toList();
    }

    private void move(String ticket, String body) {
        if (!body.contains("cancelled")) {
            assertThat(api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"in-progress\"}").status())
                    .isEqualTo(200);
        }
        assertThat(api.post("/tickets/" + ticket + "/transitions", body).status()).isEqualTo(200);
    }

    private static String ticketOf(JsonNode link) {
        return link.get("ticket").asText();
    }

    private static ObjectNode fault(String id) {
        ObjectNode fault = Json.object().put("fault", id).put("device", "LP-1").put("code", "FUSER_OVERHEAT")
                .put("severity", "major").put("rule", "fuser-overheat").put("ruleVersion", 3)
                .put("title", "Fuser overheating").put("at", TestApi.START.toString()).put("count", 1);
        fault.putObject("values").put("fuser_temp", 214.5);
        fault.putObject("ticket").put("open", true).put("priority", "P2").put("skill", "thermal");
        fault.putArray("remedies").addObject().putObject("firmware");
        return fault;
    }

    private static ObjectNode fix() {
        ObjectNode fix = Json.object().put("device", "LP-1").put("release", "R9").put("version", "2.4.1")
                .put("campaign", "C3").put("at", TestApi.START.toString()).put("soak", "PT30M");
        fix.putArray("codes").add("FUSER_OVERHEAT");
        return fix;
    }
}
