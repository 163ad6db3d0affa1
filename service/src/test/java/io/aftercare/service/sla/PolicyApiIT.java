package io.aftercare.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Policies and calendars over HTTP, and what they do to the clocks of cases.
class PolicyApiIT {
    private static final String COORDINATOR = "cora:coordinator";
    private static final String WEEK = """
            {"name": "Office", "zone": "UTC", "week": {"monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"],
             "wednesday": ["09:00-17:00"], "thursday": ["09:00-17:00"], "friday": ["09:00-17:00"]}}""";

    @AutoClose
    private final TestApi api = new TestApi();

    private JsonNode opened(String device, String urgency) {
        TestApi.Answer answer = api.post("/tickets", Json.text(Json.object().put("device", device)
                .put("title", "No light").put("channel", "web").put("impact", "high")
                .put("urgency", urgency)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private static JsonNode clock(JsonNode ticket, String type) {
        for (JsonNode clock : ticket.path("clocks")) {
            if (clock.path("type").asText().equals(type)) {
                return clock;
            }
        }
        throw new AssertionError("No clock " + type + " in " + ticket.path("clocks"));
    }

    private static Instant due(JsonNode ticket, String type) {
        return Instant.parse(clock(ticket, type).path("due").asText());
    }

    private static String policy(String rules) {
        return """
                {"name": "Grades", "calendars": {"*": "always"}, "rules": [%s]}""".formatted(rules);
    }

    private static String all(String target) {
        return """
                {"clocks": {"first-response": {"target": "%1$s"}, "contact": {"target": "%1$s"},
                 "handling": {"target": "%1$s"}, "assessment": {"target": "%1$s"}, "on-site": {"target": "%1$s"},
                 "inspection": {"target": "%1$s"}, "resolution": {"target": "%1$s"}}}"""
                .formatted(target);
    }

    @Test
    @Tag("R17")
    @Tag("R20")
    @Tag("R21")
    @Tag("R23")
    void theHandbookIsBuiltInAndInForce() {
        JsonNode policies = api.get("/sla-policies").body().path("items");
        assertThat(policies.get(0).path("id").asText()).isEqualTo("handbook");
        assertThat(policies.get(0).path("inForce").asBoolean()).isTrue();
        api.clock.forward(Duration.ofDays(4)); // Friday 09:00
        Instant friday = TestApi.START.plus(Duration.ofDays(4));
        JsonNode ticket = opened("LP-1", "high");
        assertThat(due(ticket, "first-response")).isEqualTo(friday.plus(Duration.ofHours(24)));
        assertThat(due(ticket, "handling")).isEqualTo(friday.plus(Duration.ofHours(24)));
        assertThat(due(ticket, "assessment")).isEqualTo(friday.plus(Duration.ofDays(2)));
        assertThat(due(ticket, "resolution")).isEqualTo(friday.plus(Duration.ofDays(2)));
        // one working day: the weekend lies between
        assertThat(due(ticket, "contact")).isEqualTo(friday.plus(Duration.ofDays(3)));
    }

    @Test
    @Tag("R92")
    void aPolicyThatLeavesSomebodyOutIsRefusedWhenItIsSaved() {
        TestApi.Answer refused = api.call(COORDINATOR, "PUT", "/sla-policies/grades",
                policy("""
                        {"when": {"grade": ["gold"], "priority": ["P1", "P2"]}, "clocks": {"first-response": {"target": "PT1H"}}},
                        {"when": {"grade": ["standard"]}, "clocks": {"first-response": {"target": "PT24H"}}}"""));
        assertThat(refused.status()).isEqualTo(400);
        String errors = refused.body().path("errors").toString();
        assertThat(errors).contains("no rule says how long contact may take for grade gold");
        assertThat(errors).contains("any other region").contains("rules");
        TestApi.Answer whole = api.call(COORDINATOR, "PUT", "/sla-policies/grades",
                policy("""
                        {"when": {"grade": ["gold"], "priority": ["P1", "P2"]}, "clocks": {"first-response": {"target": "PT1H"}}},
                        """
                        + all("PT24H")));
        assertThat(whole.status()).as(whole.body().toString()).isEqualTo(201);
    }

    @Test
    @Tag("R92")
    void aCustomersGradeRegionAndPriorityChooseThePromise() {
        String rules = """
                {"when": {"grade": ["gold"], "priority": ["P1", "P2"]}, "clocks": {"first-response": {"target": "PT1H"}}},
                {"when": {"region": ["east"], "origin": ["web"]}, "clocks": {"first-response": {"target": "PT3H"}}},
                """
                + all("PT24H");
        assertThat(api.call(COORDINATOR, "PUT", "/sla-policies/grades", policy(rules)).status())
                .isEqualTo(201);
        assertThat(api.call(COORDINATOR, "POST", "/sla-policies/grades/enforce", null).status())
                .isEqualTo(200);
        assertThat(api
                .post("/customers", "{\"name\": \"Zhao\", \"phone\": \"13800000002\", \"grade\": \"gold\"}")
                .status()).isEqualTo(201);
        api.database.useTransaction(
                handle -> handle.execute("UPDATE fleet.device SET region = 'east' WHERE id = 'LP-2'"));
        assertThat(response("LP-1", "high", "13800000002")).isEqualTo(Duration.ofHours(1));
        assertThat(response("LP-1", "low", "13800000002")).isEqualTo(Duration.ofDays(1)); // gold, but P3
        assertThat(response("LP-1", "high", "13800000009")).isEqualTo(Duration.ofDays(1));
        assertThat(response("LP-2", "high", "13800000009")).isEqualTo(Duration.ofHours(3));
    }

    private Duration response(String device, String urgency, String phone) {
        JsonNode ticket = api.post("/tickets", """
                {"device": "%s", "title": "No light", "channel": "web", "impact": "high", "urgency": "%s",
                 "contact": {"phone": "%s"}}""".formatted(device, urgency, phone)).body();
        return Duration.between(api.clock.instant(), due(ticket, "first-response"));
    }

    @Test
    void whatAPolicyCannotMeanIsRefusedWithItsField() {
        refused(policy(all("PT0S")), "needs a positive time");
        refused(policy(all("PT1H")).replace("\"always\"", "\"nowhere\""), "there is no calendar nowhere");
        refused(policy("{\"clocks\": {\"coffee\": {\"target\": \"PT1H\"}}}," + all("PT1H")),
                "there is no clock coffee");
        refused(policy(
                "{\"clocks\": {\"contact\": {\"target\": \"PT1H\", \"workingDays\": 1}}}," + all("PT1H")),
                "exactly one of");
    }

    private void refused(String policy, String why) {
        TestApi.Answer answer = api.call(COORDINATOR, "PUT", "/sla-policies/odd", policy);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().toString()).contains(why);
    }

    @Test
    void aClockKeepsThePolicyAndTheCalendarItStartedWithUntilAPersonRecalculates() {
        assertThat(api.call(COORDINATOR, "PUT", "/calendars/office", WEEK).status()).isEqualTo(201);
        String office = policy(all("PT8H").replace("\"PT8H\"", "\"PT8H\", \"count\": \"business\""))
                .replace("\"always\"", "\"office\"");
        assertThat(api.call(COORDINATOR, "PUT", "/sla-policies/office", office).status()).isEqualTo(201);
        assertThat(api.call(COORDINATOR, "POST", "/sla-policies/office/enforce", null).status())
                .isEqualTo(200);
        JsonNode ticket = opened("LP-1", "high");
        Instant monday = TestApi.START; // 09:00
        assertThat(due(ticket, "resolution")).isEqualTo(monday.plus(Duration.ofHours(8)));

        TestApi.Answer days = api.call(COORDINATOR, "GET", "/calendars/office/days?month=2026-02", null);
        assertThat(days.body().get("items")).hasSize(28);
        assertThat(api.call(COORDINATOR, "GET", "/calendars/office/days?month=someday", null).status())
                .isEqualTo(400);
        assertThat(api.call(COORDINATOR, "GET", "/calendars/office/days?year=2026", null).body().get("items"))
                .as("its days are those of its week").isEmpty();
        assertThat(api.call(COORDINATOR, "GET", "/calendars/cn/days?year=2026", null).body().get("items"))
                .filteredOn(day -> day.get("kind").asText().equals("make-up")).hasSize(6);
        assertThat(api.call(COORDINATOR, "GET", "/calendars/cn/days?year=1999", null).status())
                .isEqualTo(400);
        TestApi.Answer lost = api.call(COORDINATOR, "PUT", "/calendars/office", WEEK, "If-Match", "\"7\"");
        assertThat(lost.status()).isEqualTo(412);
        String half = WEEK.replace("09:00-17:00", "09:00-13:00");
        assertThat(api.call(COORDINATOR, "PUT", "/calendars/office", half, "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(api
                .call(COORDINATOR, "PUT", "/sla-policies/office", office.replace("PT8H", "PT12H"), "If-Match",
                        "\"1\"")
                .status()).isEqualTo(200);
        String path = "/tickets/" + ticket.path("id").asText();
        assertThat(due(api.get(path).body(), "resolution")).isEqualTo(monday.plus(Duration.ofHours(8)));
        assertThat(due(opened("LP-2", "high"), "resolution"))
                .isEqualTo(monday.plus(Duration.ofHours(2 * 24 + 4)));

        TestApi.Answer again = api.call(COORDINATOR, "POST", path + "/clocks/recalculate",
                "{\"reason\": \"New contract\"}");
        assertThat(again.body().path("changed").toString()).contains("resolution");
        assertThat(due(api.get(path).body(), "resolution"))
                .isEqualTo(monday.plus(Duration.ofHours(2 * 24 + 4)));
        assertThat(api.get(path).body().path("nextClock").path("due").asText())
                .isEqualTo("2026-11-04T13:00:00Z");
    }

    @Test
    void aCalendarCanBeTriedAndWhatCannotBeKeptIsRefused() {
        JsonNode due = api.get("/calendars/cn/due?from=2026-02-13T09:00:00Z&open=PT9H").body();
        assertThat(due.path("due").asText()).isEqualTo("2026-02-14T10:00:00Z"); // the make-up Saturday, 18:00
        assertThat(due.path("calendar").asText()).isEqualTo("cn@1");
        TestApi.Answer odd = api.call(COORDINATOR, "PUT", "/calendars/odd",
                WEEK.replace("UTC", "Mars/Phobos"));
        assertThat(odd.status()).isEqualTo(400);
        assertThat(odd.body().path("errors").get(0).path("field").asText()).isEqualTo("zone");
        TestApi.Answer overlap = api.call(COORDINATOR, "PUT", "/calendars/odd",
                WEEK.replace("\"monday\": [\"09:00-17:00\"]",
                        "\"monday\": [\"09:00-17:00\", \"16:00-18:00\"]"));
        assertThat(overlap.status()).isEqualTo(400);
        assertThat(overlap.body().toString()).contains("overlap");
        assertThat(api.get("/calendars/odd").status()).isEqualTo(404);
    }
}
