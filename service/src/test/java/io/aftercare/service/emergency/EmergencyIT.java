package io.aftercare.service.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Emergencies and drills over HTTP.
class EmergencyIT {
    private static final String CORA = "cora:coordinator";
    private static final String DRILL = """
            {"title": "Fuser fire", "kind": "KIND", "level": 2, "content": "Two printers smoke", "full": true,
             "scheduledAt": "2026-11-05T09:00:00Z", "people": ["ann", "bob"], "criteria": ["First call", "Right team"],
             "devices": ["LP-1", "LP-2"]}""";
    @AutoClose
    private final TestApi api = new TestApi();

    private TestApi.Answer call(String user, String method, String path, String body, int status,
            String... headers) {
        TestApi.Answer answer = api.call(user, method, path, body.isEmpty() ? null : body, headers);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        return answer;
    }

    private List<JsonNode> told(String template) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT payload FROM fleet.outbox WHERE topic = 'notice.staff' ORDER BY id")
                .map((row, _) -> Json.parse(row.getString(1))).list()).stream()
                .filter(one -> one.path("template").asText().equals(template)).toList();
    }

    @Test
    @Tag("R79")
    void eachLevelHasItsResourcesAndItsPeopleHear() {
        JsonNode levels = api.get("/emergency-levels").body().path("items");
        assertThat(levels).extracting(level -> level.path("level").asInt()).containsExactly(1, 2, 3, 4);
        call(CORA, "PUT", "/emergency-levels/1",
                """
                        {"name": "Major", "teams": [{"name": "Field", "members": ["bob"]}], "contacts": [{"name": "Fire brigade",
                         "reach": "119"}], "budget": 50000.00, "tell": ["admin"]}""",
                200, "If-Match", "\"1\"");
        call(CORA, "PUT", "/emergency-levels/1", """
                {"name": "Major", "teams": [], "contacts": [], "budget": 1, "tell": []}""", 412, "If-Match",
                "\"1\"");
        JsonNode opened = call("ann:agent", "POST", "/emergencies",
                """
                        {"level": 1, "title": "Printers on fire", "devices": ["LP-1"], "incident": "7", "commander": "ann"}""",
                201)
                .body();
        assertThat(opened.path("resources").path("budget").asInt()).isEqualTo(50000);
        assertThat(opened.path("resources").path("contacts").get(0).path("reach").asText()).isEqualTo("119");
        List<JsonNode> told = told("emergency-declared");
        assertThat(told).hasSize(2);
        assertThat(told.get(0).path("users").toString()).isEqualTo("[\"ann\",\"bob\"]");
        assertThat(told.get(1).path("role").asText()).isEqualTo("admin");
    }

    @Test
    @Tag("R80")
    @Tag("R81")
    void anEmergencyIsWarnedOfLedHandledReviewedAndClosed() {
        JsonNode opened = call("ann:agent", "POST", "/emergencies", "{\"level\": 2, \"title\": \"Flood\"}",
                201).body();
        String path = "/emergencies/" + opened.path("id").asText();
        String moves = path + "/transitions";
        assertThat(call(CORA, "POST", moves, "{\"to\": \"responding\", \"reason\": \"go\"}", 409).body()
                .path("detail")
                .asText()).contains("set the commander first");
        call("ann:agent", "PATCH", path, "{\"commander\": \"bob\"}", 403, "If-Match", "\"1\"");
        call(CORA, "PATCH", path, "{\"commander\": \"zoe\"}", 400, "If-Match", "\"1\"");
        call(CORA, "PATCH", path, "{\"commander\": \"bob\", \"level\": 1, \"devices\": [\"LP-2\"]}", 200,
                "If-Match", "\"1\"");
        call(CORA, "PATCH", path, "{\"commander\": \"ann\"}", 412, "If-Match", "\"1\"");
        call("bob:agent", "POST", moves, "{\"to\": \"responding\", \"reason\": \"go\"}", 200);
        call("ann:agent", "POST", path + "/log", "{\"kind\": \"call\", \"text\": \"The plant answers\"}",
                201);
        JsonNode acted = call("bob:agent", "POST", path + "/actions",
                "{\"text\": \"Buy pumps\", \"owner\": \"ann\"}", 201)
                .body();
        call("bob:agent", "POST", moves, "{\"to\": \"handling\", \"reason\": \"pumps run\"}", 200);
        call("bob:agent", "POST", moves,
                "{\"to\": \"review\", \"reason\": \"dry\", \"outcome\": \"Two devices lost\"}", 200);
        String close = "{\"to\": \"closed\", \"reason\": \"done\", \"review\": \"Pumps belong on site\"}";
        assertThat(call(CORA, "POST", moves, close, 409).body().path("detail").asText())
                .contains("1 are open");
        String action = acted.path("actions").get(0).path("id").asText();
        assertThat(api.get("/improvements").body().path("items")).hasSize(1);
        call("ann:agent", "POST", "/improvements/" + action + "/done", "{\"result\": \"Bought\"}", 200,
                "If-Match", "\"1\"");
        JsonNode closed = call(CORA, "POST", moves, close, 200).body();
        assertThat(closed.path("state").asText()).isEqualTo("closed");
        assertThat(closed.path("log")).extracting(one -> one.path("kind").asText()).containsExactly("warning",
                "change",
                "transition", "call", "transition", "transition", "transition");
        assertThat(api.get("/emergencies?state=open").body().path("items")).isEmpty();
        assertThatThrownBy(() -> api.database.useTransaction(
                handle -> handle.execute("DELETE FROM service.emergency_log")))
                .hasMessageContaining("append-only");
    }

    @Test
    @Tag("R82")
    void aDrillRunsOnSimulatedFaultsThatAreMarkedAndItsFindingsAreTracked() {
        JsonNode planned = call(CORA, "POST", "/drills", DRILL.replace("KIND", "device-failure"), 201).body();
        String path = "/drills/" + planned.path("id").asText();
        assertThat(duty()).isEqualTo("planned");
        call(CORA, "POST", path + "/evaluate",
                "{\"scores\": [{\"criterion\": \"First call\", \"score\": 1}]}", 409);
        api.clock.forward(Duration.ofDays(3));
        JsonNode run = call(CORA, "POST", path + "/run", "", 200).body();
        assertThat(duty()).isEqualTo("done");
        assertThat(run.path("cases")).hasSize(2);
        JsonNode made = api.get("/tickets/" + run.path("cases").get(0).asText()).body();
        assertThat(made.path("drill").asText()).isEqualTo(planned.path("id").asText());
        assertThat(made.path("origin").asText()).isEqualTo("proactive");
        assertThat(made.path("title").asText()).startsWith("[drill]");
        assertThat(api.get("/emergencies").body().path("items")).isEmpty();
        assertThat(api.get("/emergencies?drills=true").body().path("items").get(0).path("drill").asText())
                .isEqualTo(planned.path("id").asText());
        call(CORA, "POST", path + "/run", "", 409);
        assertThat(call(CORA, "POST", path + "/evaluate", """
                {"scores": [{"criterion": "First call", "score": 80}]}""", 409).body().path("detail")
                .asText())
                .contains("Right team");
        JsonNode judged = call(CORA, "POST", path + "/evaluate",
                """
                        {"scores": [{"criterion": "First call", "score": 80}, {"criterion": "Right team", "score": 65}],
                         "findings": [{"text": "Print the list of numbers", "owner": "ann", "due": "2026-12-01"}]}""",
                200).body();
        assertThat(judged.path("score").asDouble()).isEqualTo(72.5);
        assertThat(judged.path("actions").get(0).path("text").asText()).contains("list of numbers");
        assertThat(api.get("/improvements").body().path("items")).hasSize(1);
    }

    private String duty() {
        return api.get("/drills/plan?year=2026").body().path("quarters").get(3).path("duty").asText();
    }

    @Test
    @Tag("R82")
    void complaintsAndOutagesAreDrilledTooAndTheYearIsEvaluated() {
        for (String kind : List.of("complaint", "outage")) {
            JsonNode planned = call(CORA, "POST", "/drills", DRILL.replace("KIND", kind), 201).body();
            JsonNode run = call(CORA, "POST", "/drills/" + planned.path("id").asText() + "/run", "", 200)
                    .body();
            JsonNode made = api.get("/tickets/" + run.path("cases").get(1).asText()).body();
            assertThat(made.path("origin").asText())
                    .isEqualTo(kind.equals("complaint") ? "phone" : "proactive");
            assertThat(made.path("drill").asText()).isEqualTo(planned.path("id").asText());
        }
        call(CORA, "POST", "/drills", DRILL.replace("KIND", "outage").replace("LP-2", "LP-9"), 400);
        assertThat(api.get("/drills/plan?year=2025").body().path("evaluation").asText()).isEqualTo("overdue");
        JsonNode year = call(CORA, "PUT", "/drills/plan/2025/evaluation", "{\"text\": \"None was held\"}",
                200).body();
        assertThat(year.path("evaluation").asText()).isEqualTo("done");
        call(CORA, "PUT", "/drills/plan/2025/evaluation", "{\"text\": \"Two\"}", 412, "If-Match", "\"7\"");
    }

    @Test
    @Tag("R82")
    void aQuarterWithoutADrillIsBroughtToMindOnce() {
        api.clock.forward(Duration.ofDays(40)); // 12 December
        String ticket = "/notices";
        api.await(ticket, _ -> !told("drill-due").isEmpty());
        assertThat(told("drill-due")).hasSize(1);
        assertThat(told("drill-due").get(0).path("params").path("what").asText()).isEqualTo("2026-Q4");
    }

    @Test
    void aRealCaseIsNoDrill() {
        JsonNode ticket = api.post("/tickets", """
                {"device": "LP-1", "title": "No light", "channel": "phone"}""").body();
        assertThat(ticket.path("id").asText()).isNotEmpty();
        assertThat(ticket.hasNonNull("drill")).isFalse();
    }
}
