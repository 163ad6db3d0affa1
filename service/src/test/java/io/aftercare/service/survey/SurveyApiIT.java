package io.aftercare.service.survey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.portal.PortalLinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurveyApiIT {
    private static final String GOOD = """
            {"speed":5,"attitude":4,"effect":5,"resolution":4,"parts":5,"professionalism":4,"comment":"很好"}""";
    private static final String BAD = """
            {"speed":1,"attitude":2,"effect":3,"resolution":3,"professionalism":3,"comment":"Too slow"}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        api.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.staff (name, password_hash, roles) VALUES ('cat', 'x', '{coordinator}')"));
    }

    @Test
    @Tag("R64")
    @Tag("R40")
    void aSolvedCaseAsksItsCustomerWhoAnswersOnceByTheLink() {
        String ticket = solved("LP-1", "ann:agent");
        JsonNode page = api.await("/tickets/" + ticket,
                shown -> shown.get("notices").findValuesAsText("template").contains("survey"));
        assertThat(page.get("survey").get("state").asText()).isEqualTo("sent");
        String link = "/customer/" + token(ticket) + "/survey";
        assertThat(publicly("GET", link, null).body().get("state").asText()).isEqualTo("sent");
        assertThat(publicly("POST", link, GOOD.replace("\"speed\":5", "\"speed\":6")).status())
                .isEqualTo(400);
        Answer answered = publicly("POST", link, GOOD);
        assertThat(answered.body().get("scores").get("speed").asInt()).isEqualTo(5);
        assertThat(publicly("POST", link, BAD).status()).isEqualTo(409);
        assertThat(publicly("GET", "/customer/" + "x".repeat(43) + "/survey", null).status()).isEqualTo(404);
        JsonNode kept = api.get("/tickets/" + ticket + "/survey").body();
        assertThat(kept.get("way").asText()).isEqualTo("web");
        assertThat(kept.get("comment").asText()).isEqualTo("很好");
        assertThat(kept.has("recordedBy") && !kept.get("recordedBy").isNull()).isFalse();
    }

    @Test
    @Tag("R64")
    void aCaseIsAskedAboutOnceAlsoWhenItIsSolvedAgain() {
        String ticket = solved("LP-1", "ann:agent");
        api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"reopened\",\"reason\":\"again\"}");
        api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"belt\"}");
        int asked = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM fleet.outbox WHERE topic = 'notice.customer' AND payload->>'ticket' = :ticket"
                        + " AND payload->>'template' = 'survey'")
                .bind("ticket", ticket).mapTo(Integer.class).one());
        assertThat(asked).isEqualTo(1);
    }

    @Test
    @Tag("R64")
    void aLinkEndsAfterFourteenDaysAndAnAnswerByPhoneIsStillTaken() {
        String ticket = solved("LP-1", "ann:agent");
        String link = "/customer/" + token(ticket) + "/survey";
        api.clock.forward(Duration.ofDays(14));
        assertThat(publicly("POST", link, GOOD).status()).isEqualTo(409);
        api.await("/tickets/" + ticket + "/survey", survey -> survey.get("state").asText().equals("expired"));
        Answer phoned = api.post("/tickets/" + ticket + "/survey", GOOD.replace("}", ",\"way\":\"phone\"}"));
        assertThat(phoned.status()).isEqualTo(201);
        assertThat(phoned.body().get("recordedBy").asText()).isEqualTo("ann");
        String open = api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"x\",\"channel\":\"phone\"}")
                .body()
                .get("id").asText();
        assertThat(api.post("/tickets/" + open + "/survey", GOOD).status()).isEqualTo(409);
    }

    @Test
    @Tag("R38")
    @Tag("R65")
    @Tag("R93")
    void aLowScoreIsCalledAboutToldAndMadeBetter() {
        String ticket = solved("LP-1", "ann:agent");
        publicly("POST", "/customer/" + token(ticket) + "/survey", BAD);
        JsonNode page = api.get("/tickets/" + ticket).body();
        assertThat(page.get("followUps").findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains("low score") && reason.contains("attitude 2"));
        api.await("/tickets/" + ticket,
                _ -> api.call("cat:coordinator", "GET", "/surveys?low=true", null).body()
                        .get("items").findValuesAsText("ticket").contains(ticket) && told(ticket) == 1);
        JsonNode raised = api.get("/service-improvements?ticket=" + ticket).body().get("items").get(0);
        String path = "/service-improvements/" + raised.get("id").asText() + "/transitions";
        assertThat(improve(path, "{\"to\":\"improving\"}", 1).status()).isEqualTo(409);
        assertThat(improve(path, "{\"to\":\"analysed\"}", 1).body().get("detail").asText())
                .contains("analysis");
        assertThat(
                improve(path, "{\"to\":\"analysed\",\"analysis\":\"one rota for two outlets\"}", 1).status())
                .isEqualTo(200);
        assertThat(improve(path, "{\"to\":\"analysed\",\"analysis\":\"x\"}", 1).status()).isEqualTo(412);
        String measure = "{\"to\":\"improving\",\"measure\":\"two rotas\",\"owner\":\"cat\",\"due\":\"2026-12-24T00:00:00Z\"}";
        assertThat(improve(path, measure, 2).status()).isEqualTo(200);
        assertThat(improve(path, "{\"to\":\"analysed\",\"analysis\":\"did not help\"}", 3).status())
                .isEqualTo(200);
        assertThat(improve(path, measure, 4).status()).isEqualTo(200);
        JsonNode done = improve(path, "{\"to\":\"verified\",\"verification\":\"speed 4.5 since\"}", 5).body();
        assertThat(done.get("verifiedAt").isNull()).isFalse();
    }

    @Test
    @Tag("R64")
    @Tag("R60")
    void theReportHasOverallAndStageScoresAndARanking() {
        api.clock.forward(Duration.ofDays(100));
        List<String> tickets = new ArrayList<>();
        for (String who : List.of("ann:agent", "ann:agent", "bob:agent")) {
            tickets.add(solved("LP-2", who));
        }
        publicly("POST", "/customer/" + token(tickets.get(0)) + "/survey", GOOD);
        publicly("POST", "/customer/" + token(tickets.get(2)) + "/survey", BAD);
        api.clock.forward(Duration.ofMinutes(1));
        JsonNode report = api.call("cat:coordinator", "GET", "/survey-report", null).body();
        assertThat(report.get("sent").asInt()).isEqualTo(3);
        assertThat(report.get("answered").asInt()).isEqualTo(2);
        assertThat(report.get("responseRate").asDouble()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(report.get("scores").get("speed").asDouble()).isEqualTo(3);
        assertThat(report.get("scores").get("parts").asDouble()).isEqualTo(5);
        assertThat(report.get("overall").asDouble()).isCloseTo((27 / 6.0 + 12 / 5.0) / 2, within(1e-9));
        assertThat(report.get("stages").get("accept").asDouble()).isEqualTo(3);
        assertThat(report.get("ranking").findValuesAsText("name")).containsExactly("ann", "bob");
        JsonNode outlets = api.call("cat:coordinator", "GET", "/survey-report?by=outlet", null).body();
        assertThat(outlets.get("ranking").findValuesAsText("name")).containsExactly("south");
        assertThat(api.call("cat:coordinator", "GET", "/survey-report?from=tomorrow", null).status())
                .isEqualTo(400);
        JsonNode none = api.call("cat:coordinator", "GET",
                "/survey-report?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z", null).body();
        assertThat(none.get("overall").isNull()).isTrue();
    }

    private static Offset<Double> within(double value) {
        return Offset.offset(value);
    }

    private String solved(String device, String who) {
        String id = api.call(who, "POST", "/tickets", "{\"device\":\"" + device
                + "\",\"title\":\"Jams\",\"channel\":\"phone\",\"contact\":{\"name\":\"Li\",\"email\":\"li@example.org\"}}")
                .body().get("id").asText();
        Answer moved = api.call(who, "POST", "/tickets/" + id + "/transitions",
                "{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}");
        assertThat(moved.status()).as("%s", moved.body()).isEqualTo(200);
        return id;
    }

    private String token(String ticket) {
        return api.database.inTransaction(
                handle -> PortalLinks.issue(handle, Long.parseLong(ticket), api.clock.instant()));
    }

    private Answer publicly(String method, String path, @Nullable String body) {
        return api.call("nobody:auditor", method, path, body);
    }

    private Answer improve(String path, String json, int version) {
        return api.call("quinn:quality", "POST", path, json, "If-Match", Integer.toString(version));
    }

    private int told(String ticket) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM service.notice WHERE template = 'survey-low' AND addressee = 'cat'"
                        + " AND ticket = :ticket")
                .bind("ticket", Long.parseLong(ticket)).mapTo(Integer.class).one());
    }
}
