package io.aftercare.service.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who hears of clocks, and the tiers of the organisation.
class EscalationIT {
    private static final String COORDINATOR = "cora:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();

    private String opened() {
        return "/tickets/" + api.post("/tickets", """
                {"device": "LP-1", "title": "No light", "channel": "phone"}""").body().path("id").asText();
    }

    private List<JsonNode> told() {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT payload FROM fleet.outbox WHERE topic = 'notice.staff' ORDER BY id")
                .map((row, _) -> Json.parse(row.getString(1))).list());
    }

    private JsonNode awaitEscalation(String path, String text) {
        return api.await(path, ticket -> ticket.path("timeline").toString().contains(text));
    }

    private void unit(String id, String body) {
        TestApi.Answer answer = api.call(COORDINATOR, "PUT", "/org-units/" + id, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    }

    private void tiers() {
        unit("hq", "{\"kind\": \"headquarters\", \"name\": \"Headquarters\"}");
        unit("east", """
                {"kind": "region", "name": "East", "parent": "hq", "covers": "east", "manager": "bob"}""");
        unit("north", """
                {"kind": "outlet", "name": "North", "parent": "east", "covers": "north"}""");
    }

    private void enforce(String steps) {
        JsonNode handbook = api.get("/sla-policies/handbook").body().path("document");
        String document = Json.text(handbook).replaceFirst("\"escalation\":\\[.*\\]",
                "\"escalation\":" + steps);
        TestApi.Answer answer = api.call(COORDINATOR, "PUT", "/sla-policies/handbook", document, "If-Match",
                "\"1\"");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    @Test
    void theOwnerHearsBeforeAndTheCoordinatorsWhenAClockRunsOutEachOnce() {
        String path = opened();
        api.clock.forward(Duration.ofHours(37)); // 75 % of 48 h, of 24 h long since
        JsonNode ticket = awaitEscalation(path, "resolution: 75 %");
        assertThat(ticket.path("timeline").toString()).contains("handling: 100 %").contains("told ann");
        api.clock.forward(Duration.ofHours(12));
        awaitEscalation(path, "resolution: 100 %");
        List<JsonNode> told = told();
        assertThat(told).filteredOn(one -> one.path("params").path("clock").asText().equals("resolution"))
                .extracting(one -> one.path("template").asText())
                .containsExactly("clock-at-risk", "clock-breached");
        JsonNode first = told.stream().filter(one -> one.path("params").path("clock").asText()
                .equals("resolution")).findFirst().orElseThrow();
        assertThat(first.path("users").get(0).asText()).isEqualTo("ann");
        assertThat(first.path("ticket").asText()).isEqualTo(path.substring("/tickets/".length()));
    }

    @Test
    void aClockThatWasStoppedTellsNobody() {
        String path = opened();
        assertThat(api.post(path + "/transitions",
                "{\"to\": \"resolved\", \"rootCause\": \"dust\", \"reason\": \"cleaned\"}").status())
                .isEqualTo(200);
        api.clock.forward(Duration.ofDays(10));
        String other = opened();
        api.clock.forward(Duration.ofDays(3));
        awaitEscalation(other, "resolution: 100 %");
        assertThat(api.get(path).body().path("timeline").toString()).doesNotContain("clock-escalated");
    }

    @Test
    void peopleAreToldWithinTheirHoursApartFromTheClocks() {
        String office = """
                {"name": "Days", "zone": "UTC", "week": {"monday": ["00:00-24:00"], "tuesday": ["00:00-24:00"],
                 "wednesday": ["00:00-24:00"]}, "telling": {"monday": ["08:00-20:00"], "wednesday": ["12:00-18:00"]}}""";
        assertThat(api.call(COORDINATOR, "PUT", "/calendars/weekdays", office, "If-Match", "\"1\"").status())
                .isEqualTo(200);
        String path = opened();
        api.clock.forward(Duration.ofHours(37)); // Tuesday 22:00: the clocks have passed 75 %, nobody is told on a Tuesday
        api.await(path, ticket -> ticket.path("timeline").toString().contains("handling was due"));
        assertThat(told()).isEmpty();
        api.clock.forward(Duration.ofHours(14)); // Wednesday 12:00
        awaitEscalation(path, "handling: 100 %");
        assertThat(told()).isNotEmpty();
    }

    @Test
    @Tag("R68")
    void aCaseGoesUpTheTiersOfItsDevice() {
        tiers();
        enforce("""
                [{"percent": 50, "to": "outlet-manager"}, {"percent": 100, "to": "region-manager"}]""");
        String path = opened();
        api.clock.forward(Duration.ofHours(25));
        JsonNode ticket = awaitEscalation(path, "handling: 100 %");
        // the outlet names no manager, so the coordinators hear; the region names bob
        assertThat(ticket.path("timeline").toString())
                .contains("handling: 50 % of its time is used; told coordinator")
                .contains("handling: 100 % of its time is used; told bob");
    }

    @Test
    @Tag("R68")
    void theTiersStandInOrderAndSeeTheirOwnWork() {
        tiers();
        opened();
        assertThat(api.get("/org-units/north").body().path("open").asInt()).isEqualTo(1);
        assertThat(api.get("/org-units/east").body().path("open").asInt()).isEqualTo(1);
        unit("south",
                "{\"kind\": \"outlet\", \"name\": \"South\", \"parent\": \"hq\", \"covers\": \"south\"}");
        assertThat(api.get("/org-units/south").body().path("open").asInt()).isZero();
        assertThat(api.get("/org-units/hq").body().path("open").asInt()).isEqualTo(1);
        refused("odd", "{\"kind\": \"region\", \"name\": \"Odd\", \"parent\": \"north\", \"covers\": \"x\"}",
                400,
                "below headquarters");
        refused("odd", "{\"kind\": \"headquarters\", \"name\": \"Second\"}", 409, "hq is that already");
        refused("odd", "{\"kind\": \"outlet\", \"name\": \"N\", \"parent\": \"hq\", \"covers\": \"north\"}",
                409, "north");
        refused("odd", """
                {"kind": "outlet", "name": "N", "parent": "hq", "covers": "x", "manager": "nobody"}""", 400,
                "no active user nobody");
        assertThat(api.call(COORDINATOR, "PUT", "/org-units/north", """
                {"kind": "outlet", "name": "North", "parent": "hq", "covers": "north"}""", "If-Match",
                "\"9\"").status())
                .isEqualTo(412);
    }

    private void refused(String id, String body, int status, String why) {
        TestApi.Answer answer = api.call(COORDINATOR, "PUT", "/org-units/" + id, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().toString()).contains(why);
    }
}
