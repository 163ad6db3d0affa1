package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// A complaint about a case, from the call to the proof that its cause is gone.
final class ComplaintStory {
    private static final String CAUSE = "worn-roller";
    private final Desk desk;
    private final Steps steps;
    private String ticket = "";
    private String complaint = "";
    private String number = "";

    ComplaintStory(Desk desk) {
        this.desk = desk;
        this.steps = new Steps(desk);
    }

    /// Its case is there already, and being worked on.
    void customerCalls(String serial, String severity, String title)
            throws IOException, InterruptedException {
        ticket = "/tickets/" + Steps.text(desk.report(serial, title, "It jams again and again"), "id");
        steps.move(desk.engineer, ticket, "in-progress", Map.of());
        JsonNode logged = steps.does(desk.agent, "/complaints",
                Map.of("class", "other", "severity", severity, "title", title, "channel", "phone", "ticket",
                        ticket.substring("/tickets/".length())));
        complaint = "/complaints/" + Steps.text(logged, "id");
        number = Steps.text(logged, "number");
        assertThat(Steps.text(logged, "state")).isEqualTo("logged");
        assertThat(Steps.text(logged, "device")).isEqualTo(serial);
        assertThat(Steps.text(logged, "customer")).startsWith("K-");
    }

    /// A major one reaches the manager, who finds it among those that are open.
    void theManagerKnows() throws IOException, InterruptedException {
        steps.told(desk.coordinator, "complaint-major", number);
        JsonNode open = steps.get(desk.coordinator, "/complaints?state=open&severity=major").path("items");
        assertThat(open.findValuesAsText("number")).contains(number);
    }

    void isVerifiedClassedAndAssigned() throws IOException, InterruptedException {
        isRefused(desk.agent, Map.of("to", "verified", "justified", true), "finding");
        steps.move(desk.agent, complaint, "verified",
                Map.of("finding", "Four jams in a week", "justified", true));
        isRefused(desk.agent, Map.of("to", "investigating"), "name an owner");
        JsonNode assigned = desk.change(desk.coordinator, "PATCH", Steps.API + complaint,
                now().path("version").asInt(), "{\"class\": \"product\", \"owner\": \"erik\"}").expect(200);
        assertThat(Steps.text(assigned, "class")).isEqualTo("product");
        steps.move(desk.agent, complaint, "investigating", Map.of());
    }

    void isInvestigatedWithNews() throws IOException, InterruptedException {
        steps.does(desk.engineer, complaint + "/updates",
                Map.of("text", "We have the roller in the lab", "tellCustomer", true));
        steps.customerTold(ticket, "complaint-progress");
        isRefused(desk.agent, Map.of("to", "answered", "writtenReply", "A new roller comes"), "root cause");
    }

    JsonNode hasItsRootCause() throws IOException, InterruptedException {
        steps.forbidden(desk.agent, complaint + "/cause", Map.of("rootCause", "A guess", "causeCode", CAUSE));
        return steps.does(desk.quality, complaint + "/cause",
                Map.of("rootCause", "The rubber hardens", "causeCode", CAUSE));
    }

    void isAnsweredInWriting() throws IOException, InterruptedException {
        isRefused(desk.agent, Map.of("to", "answered"), "written reply");
        steps.move(desk.agent, complaint, "answered", Map.of("writtenReply", "A new roller is fitted, free"));
        steps.customerTold(ticket, "complaint-answered");
    }

    /// The first answer does not content them: it is looked into again.
    void theCustomerIsAskedUntilContent() throws IOException, InterruptedException {
        assertThat(Steps.text(steps.move(desk.agent, complaint, "followed-up",
                Map.of("satisfaction", 2, "note", "Still jams")), "state")).isEqualTo("investigating");
        isAnsweredInWriting();
        assertThat(Steps.text(steps.move(desk.agent, complaint, "followed-up", Map.of("satisfaction", 5)),
                "state")).isEqualTo("followed-up");
    }

    void hasACorrectiveActionThatWorked() throws IOException, InterruptedException {
        isRefused(desk.agent, Map.of("to", "closed"), "corrective action");
        JsonNode agreed = steps.does(desk.quality, complaint + "/actions", Map.of("text", "Softer rollers",
                "owner", "erik", "due", Instant.now().plus(14, ChronoUnit.DAYS).toString()));
        String action = complaint + "/actions/" + agreed.at("/actions/0/id").asText();
        Map<String, Object> proof = Map.of("effective", true, "evidence", "No jam in 10,000 pages");
        steps.refused(desk.quality, action + "/check", proof, "not done");
        steps.does(desk.engineer, action + "/done", Map.of("result", "Fitted in all of the batch"));
        isRefused(desk.agent, Map.of("to", "closed"), "not checked");
        steps.forbidden(desk.engineer, action + "/check", proof);
        JsonNode checked = steps.does(desk.quality, action + "/check", proof);
        assertThat(checked.at("/actions/0/checkedBy").asText()).isEqualTo("quinn");
    }

    void isClosedAndThenItsCase() throws IOException, InterruptedException {
        steps.move(desk.engineer, ticket, "resolved", Map.of("rootCause", "Hard roller"));
        steps.move(desk.coordinator, ticket, "verified", Map.of("verification", "It prints"));
        steps.does(desk.agent, ticket + "/comments", Map.of("text", "It prints", "contact", true));
        steps.refused(desk.coordinator, ticket + "/transitions", Map.of("to", "closed"), number);
        steps.move(desk.agent, complaint, "closed", Map.of());
        steps.move(desk.coordinator, ticket, "closed", Map.of());
        JsonNode file = steps.get(desk.quality, ticket + "/case-file");
        assertThat(file.path("documents").findValuesAsText("kind")).contains("complaint");
    }

    void itsHistoryTellsAllOfIt() throws IOException, InterruptedException {
        assertThat(now().path("history").findValuesAsText("kind")).containsSubsequence("logged", "verified",
                "edit",
                "investigating", "update", "cause", "answered", "investigating", "answered", "followed-up",
                "action",
                "action-done", "action-checked", "closed");
    }

    /// Whether it is seen that this came before.
    void isKnownToComeAgainAfter(ComplaintStory first, JsonNode caused)
            throws IOException, InterruptedException {
        assertThat("/complaints/" + Steps.text(caused, "recurrenceOf")).isEqualTo(first.complaint);
        assertThat(caused.path("recurrences").asInt()).isEqualTo(1);
        List<JsonNode> spots = Steps.items(steps.get(desk.quality, "/complaints/hot-spots").path("items"));
        assertThat(spots).anySatisfy(spot -> {
            assertThat(Steps.text(spot, "causeCode")).isEqualTo(CAUSE);
            assertThat(spot.path("count").asInt()).isEqualTo(2);
        });
    }

    private void isRefused(StaffClient who, Map<String, ?> move, String why)
            throws IOException, InterruptedException {
        steps.refused(who, complaint + "/transitions", move, why);
    }

    private JsonNode now() throws IOException, InterruptedException {
        return steps.get(desk.agent, complaint);
    }
}
