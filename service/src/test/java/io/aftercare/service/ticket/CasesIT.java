package io.aftercare.service.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Cases as people take them in, judge them and bring them to their end, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasesIT {
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void anUnknownAMisspeltAndAMissingSerialOpenCasesToBeMatched() {
        for (String serial : List.of("LP-404", "S/N 12 34 (后面)", "")) {
            Answer made = api.post("/tickets",
                    "{\"device\":\"" + serial + "\",\"title\":\"No power\",\"channel\":\"mail\"}");
            assertThat(made.status()).as(serial).isEqualTo(201);
            assertThat(made.body().get("matched").asBoolean()).isFalse();
            assertThat(made.body().get("device").asText()).isEqualTo(serial);
            assertThat(made.body().get("serial").asText()).isEqualTo(serial);
            JsonNode unmatched = api.get("/tickets?matched=false&limit=500").body().get("items");
            assertThat(unmatched.findValuesAsText("id")).contains(made.body().get("id").asText());
        }
        Answer none = api.post("/tickets", "{\"title\":\"No power\",\"channel\":\"walk-in\"}");
        assertThat(none.status()).isEqualTo(201);
        String path = "/tickets/" + none.body().get("id").asText();
        assertThat(api.post(path + "/match", "{\"device\":\"LP-404\"}").status()).isEqualTo(400);
        Answer matched = api.post(path + "/match", "{\"device\":\"LP-1\"}");
        assertThat(matched.status()).isEqualTo(200);
        assertThat(matched.body().get("device").asText()).isEqualTo("LP-1");
        assertThat(matched.body().get("matched").asBoolean()).isTrue();
        assertThat(matched.body().get("timeline").findValuesAsText("kind")).contains("matched");
        assertThat(audited(none.body())).containsExactly("ticket.open", "ticket.match");
        assertThat(api.call("ann:agent", "POST", path + "/match", "{\"device\":\"LP-2\"}", "If-Match",
                "\"1\"").status()).isEqualTo(412);
    }

    @Test
    void anUnmatchedCaseIsThePartnersWhoOpenedItAndNoOtherPartners() {
        String opening = "{\"device\":\"XX-1\",\"title\":\"Strange\",\"channel\":\"walk-in\"}";
        Answer made = api.call("shop:partner:north", "POST", "/tickets", opening);
        assertThat(made.status()).isEqualTo(201);
        String id = made.body().get("id").asText();
        assertThat(api.call("shop:partner:north", "GET", "/tickets/" + id, null).status()).isEqualTo(200);
        assertThat(api.call("other:partner:south", "GET", "/tickets/" + id, null).status()).isEqualTo(404);
        assertThat(api.call("shop:partner:north", "GET", "/tickets?matched=false", null).body().get("items")
                .findValuesAsText("id")).contains(id);
        assertThat(api.call("other:partner:south", "GET", "/tickets?matched=false", null).body().get("items")
                .findValuesAsText("id")).doesNotContain(id);
        assertThat(api.call("shop:partner:north", "POST", "/tickets/" + id + "/match",
                "{\"device\":\"LP-1\"}").status()).isEqualTo(403);
        JsonNode found = api.get("/tickets?device=XX-1").body().get("items");
        assertThat(found.findValuesAsText("id")).containsExactly(id);
        assertThat(api.get("/tickets?q=XX-1").body().get("items").findValuesAsText("id")).contains(id);
    }

    @Test
    @Tag("R13")
    void theIntakeKeepsEverythingThatIsAskedAndMoreCanBeToldLater() {
        Answer made = api.post("/tickets",
                """
                        {"device":"LP-1","model":"LP 4000","title":"Smells burnt","symptom":"冒烟","channel":"phone",
                         "purchased":"2026-01-15","proof":"invoice 4711","damage":"none","occurredAt":"2026-11-01T08:00:00Z",
                         "contact":{"name":"Li Wei","phone":"+86 10 1234","email":"li@example.org"}}""");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        String path = "/tickets/" + made.body().get("id").asText();
        JsonNode ticket = api.get(path).body();
        assertThat(ticket.get("model").asText()).isEqualTo("LP 4000");
        assertThat(ticket.get("serial").asText()).isEqualTo("LP-1");
        assertThat(ticket.get("purchased").asText()).isEqualTo("2026-01-15");
        assertThat(ticket.get("proof").asText()).isEqualTo("invoice 4711");
        assertThat(ticket.get("damage").asText()).isEqualTo("none");
        assertThat(ticket.get("symptom").asText()).isEqualTo("冒烟");
        assertThat(ticket.get("occurredAt").asText()).isEqualTo("2026-11-01T08:00:00Z");
        assertThat(ticket.at("/contact/name").asText()).isEqualTo("Li Wei");
        Answer more = api.call("ann:agent", "PATCH", path, "{\"damage\":\"cracked lid\"}", "If-Match",
                String.valueOf(made.etag()));
        assertThat(more.body().get("damage").asText()).isEqualTo("cracked lid");
        assertThat(more.body().get("proof").asText()).isEqualTo("invoice 4711");
        assertThat(api.post("/tickets", "{\"title\":\"x\",\"channel\":\"mail\",\"purchased\":\"soon\"}")
                .status()).isEqualTo(400);
    }

    @Test
    @Tag("R17")
    @Tag("R18")
    void aCaseIsAssessedByItsTypeAndImpactAndReclassifiedWithAReasonAlone() {
        Answer made = api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"web\"}");
        String path = "/tickets/" + made.body().get("id").asText();
        assertThat(made.body().get("clocks").findValuesAsText("type")).contains("assessment");
        Answer missing = move(path, "{\"to\":\"assessed\"}");
        assertThat(missing.status()).isEqualTo(409);
        assertThat(missing.body().get("detail").asText()).contains("type").contains("impact");
        Answer assessed = move(path,
                "{\"to\":\"assessed\",\"type\":\"fault\",\"impact\":\"high\",\"urgency\":\"medium\","
                        + "\"followUp\":\"2026-11-05\"}");
        assertThat(assessed.status()).as(assessed.body().toString()).isEqualTo(200);
        assertThat(assessed.body().get("priority").asText()).isEqualTo("P2");
        assertThat(assessed.body().get("owner").asText()).isEqualTo("ann");
        assertThat(assessed.body().get("followUp").asText()).isEqualTo("2026-11-05");
        assertThat(api.get("/tickets?followUpBy=2026-11-05").body().get("items").findValuesAsText("id"))
                .contains(made.body().get("id").asText());
        assertThat(api.get("/tickets?followUpBy=2026-11-04").body().get("items").findValuesAsText("id"))
                .doesNotContain(made.body().get("id").asText());
        Answer unsaid = api.call("ann:agent", "PATCH", path, "{\"impact\":\"low\"}", "If-Match",
                String.valueOf(assessed.etag()));
        assertThat(unsaid.status()).isEqualTo(409);
        assertThat(unsaid.body().get("detail").asText()).contains("reason");
        Answer revised = api.call("ann:agent", "PATCH", path,
                "{\"impact\":\"low\",\"type\":\"complaint\",\"reason\":\"one desk only\"}", "If-Match",
                String.valueOf(assessed.etag()));
        assertThat(revised.status()).isEqualTo(200);
        assertThat(revised.body().get("type").asText()).isEqualTo("complaint");
        assertThat(revised.body().get("priority").asText()).isEqualTo("P4");
        assertThat(revised.body().get("timeline").toString()).contains("one desk only");
    }

    @Test
    @Tag("R32")
    @Tag("R55")
    void aCaseIsEscalatedByPeopleAndAMajorOneByItself() {
        Answer made = api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Hard\",\"channel\":\"web\"}");
        String path = "/tickets/" + made.body().get("id").asText();
        assertThat(made.body().get("escalation").isNull()).isTrue();
        assertThat(api.call("bob:engineer", "POST", path + "/escalate", "{\"reason\":\" \"}").status())
                .isEqualTo(400);
        JsonNode told = api.call("bob:engineer", "POST", path + "/escalate",
                "{\"reason\":\"cannot be repaired here\"}").body();
        assertThat(told.at("/escalation/to").asText()).isEqualTo("coordinator");
        assertThat(told.at("/escalation/by").asText()).isEqualTo("bob");
        assertThat(notices("notice.staff", "ticket/" + told.get("id").asText() + "/escalated/1").toString())
                .contains("case-escalated").contains("cannot be repaired here").contains("coordinator");
        assertThat(api.get("/tickets?escalated=true").body().get("items").findValuesAsText("id"))
                .contains(told.get("id").asText());
        assertThat(api.call("ann:agent", "POST", path + "/escalation/acknowledge", null).status())
                .isEqualTo(403);
        JsonNode known = api.call("cat:coordinator", "POST", path + "/escalation/acknowledge", null).body();
        assertThat(known.at("/escalation/acknowledgedBy").asText()).isEqualTo("cat");
        assertThat(api.call("cat:coordinator", "POST", path + "/escalation/acknowledge", null).status())
                .isEqualTo(409);
        JsonNode again = api.post(path + "/escalate", "{\"reason\":\"still stuck\"}").body();
        assertThat(again.at("/escalation/times").asInt()).isEqualTo(2);
        assertThat(again.at("/escalation/acknowledgedBy").isNull()).isTrue();

        JsonNode major = api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Fire\",\"channel\":\"phone\","
                + "\"impact\":\"high\",\"urgency\":\"high\"}").body();
        assertThat(major.get("priority").asText()).isEqualTo("P1");
        assertThat(major.at("/escalation/by").asText()).isEqualTo("system");
        assertThat(notices("notice.staff", "ticket/" + major.get("id").asText() + "/escalated/1"))
                .isNotEmpty();
    }

    @Test
    @Tag("R38")
    void aCaseThatWasNotSolvedIsReopenedWithWhatIsOfferedAndCounted() {
        String path = path(
                api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Hum\",\"channel\":\"web\"}"));
        for (int i = 1; i <= 2; i++) {
            assertThat(move(path, "{\"to\":\"resolved\",\"rootCause\":\"loose screw\"}").status())
                    .isEqualTo(200);
            assertThat(move(path, "{\"to\":\"reopened\"}").status()).isEqualTo(409);
            JsonNode back = move(path, "{\"to\":\"reopened\",\"reason\":\"hums again\",\"recourse\":\""
                    + (i == 1 ? "revisit" : "alternative") + "\"}").body();
            assertThat(back.get("reopened").asInt()).isEqualTo(i);
            assertThat(back.get("recourse").asText()).isEqualTo(i == 1 ? "revisit" : "alternative");
            assertThat(back.get("rootCause").isNull()).isTrue();
        }
    }

    @Test
    @Tag("R27")
    @Tag("R33")
    void theStagesFollowTheWorkAndTheRootCauseSaysHowItWasFound() {
        Answer made = api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"Streaks\",\"channel\":\"web\",\"type\":\"fault\",\"impact\":\"low\"}");
        String path = path(made);
        assertThat(made.body().get("stage").asText()).isEqualTo("accept");
        assertThat(move(path, "{\"to\":\"assessed\"}").body().get("stage").asText()).isEqualTo("analyse");
        assertThat(move(path, "{\"to\":\"in-progress\"}").body().get("stage").asText()).isEqualTo("solve");
        JsonNode solved = move(path, """
                {"to":"resolved","rootCause":"worn drum","rootCauseMethod":"5-whys",
                 "causes":[{"why":"streaks","because":[{"why":"drum worn"}]}]}""").body();
        assertThat(solved.get("stage").asText()).isEqualTo("verify");
        assertThat(solved.get("rootCauseMethod").asText()).isEqualTo("5-whys");
        assertThat(solved.at("/causes/0/because/0/why").asText()).isEqualTo("drum worn");
        assertThat(move(path, "{\"to\":\"verified\",\"verification\":\"test page\"}").body().get("stage")
                .asText()).isEqualTo("feedback");
        assertThat(move(path, "{\"to\":\"closed\"}").body().get("stage").asText()).isEqualTo("done");
        assertThat(move(path, "{\"to\":\"resolved\",\"rootCauseMethod\":\"guess\"}").status()).isEqualTo(400);
    }

    @Test
    @Tag("R42")
    @Tag("R90")
    void installationsUpdatesAndEnquiriesGoTheirOwnWay() {
        String install = path(api.post("/tickets",
                "{\"title\":\"Set it up\",\"channel\":\"on-site\",\"type\":\"installation\"}"));
        assertThat(move(install, "{\"to\":\"resolved\"}").body().get("detail").asText())
                .contains("which device");
        api.post(install + "/match", "{\"device\":\"LP-1\"}");
        assertThat(move(install, "{\"to\":\"resolved\"}").body().get("detail").asText())
                .contains("verification");
        JsonNode done = move(install, "{\"to\":\"resolved\",\"verification\":\"test page printed\"}").body();
        assertThat(done.get("state").asText()).isEqualTo("resolved");
        assertThat(done.get("rootCause").asText()).isEqualTo("Asked for: installation");
        String update = path(api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"New firmware\",\"channel\":\"app\",\"type\":\"software-update\"}"));
        assertThat(move(update, "{\"to\":\"resolved\"}").status()).isEqualTo(409);
        assertThat(move(update, "{\"to\":\"resolved\",\"verification\":\"runs 2.5\"}").status())
                .isEqualTo(200);
        String question = path(api.post("/tickets",
                "{\"title\":\"Which paper?\",\"channel\":\"social\",\"type\":\"enquiry\"}"));
        assertThat(move(question, "{\"to\":\"resolved\"}").body().get("detail").asText()).contains("reason");
        assertThat(move(question, "{\"to\":\"resolved\",\"reason\":\"80 g\"}").status()).isEqualTo(200);
        for (String type : List.of("fault", "enquiry", "complaint", "return")) {
            String id = api
                    .post("/tickets", "{\"title\":\"One of each\",\"channel\":\"marketplace\",\"type\":\""
                            + type + "\"}")
                    .body().get("id").asText();
            JsonNode listed = api.get("/tickets?type=" + type).body().get("items").get(0);
            assertThat(listed.get("id").asText()).as("seen at once").isEqualTo(id);
            assertThat(listed.get("type").asText()).isEqualTo(type);
        }
    }

    private Answer move(String path, String json) {
        return api.post(path + "/transitions", json);
    }

    private static String path(Answer made) {
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return "/tickets/" + made.body().get("id").asText();
    }

    private List<String> audited(JsonNode ticket) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT action FROM fleet.audit WHERE object = :object ORDER BY id")
                .bind("object", "ticket/" + ticket.get("id").asText()).mapTo(String.class).list());
    }

    private List<JsonNode> notices(String topic, String key) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT payload FROM fleet.outbox WHERE topic = :topic AND key = :key")
                .bind("topic", topic).bind("key", key).map((row, _) -> Json.parse(row.getString(1))).list());
    }
}
