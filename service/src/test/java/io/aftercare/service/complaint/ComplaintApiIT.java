package io.aftercare.service.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComplaintApiIT {
    private static final String QUINN = "quinn:quality";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        api.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.staff (name, password_hash, roles) VALUES ('cat', 'x', '{coordinator}')"));
    }

    @Test
    @Tag("R52")
    void aComplaintIsLoggedFromEveryChannelClassedAndAssigned() {
        for (String channel : new String[]{"phone", "mail", "web", "app", "social", "marketplace", "walk-in",
                "on-site"}) {
            Answer made = api.post("/complaints",
                    """
                            {"class":"service","severity":"minor","title":"Nobody came","channel":"%s","device":"LP-1"}"""
                            .formatted(channel));
            assertThat(made.status()).as(channel).isEqualTo(201);
            assertThat(made.body().get("state").asText()).isEqualTo("logged");
            assertThat(made.body().get("product").asText()).isEqualTo("LP");
            assertThat(made.body().get("number").asText()).matches("B-\\d{6}");
        }
        String path = log("minor", "LP-1");
        assertThat(patch(path, "{\"class\":\"other\",\"owner\":\"bob\"}", "9").status()).isEqualTo(412);
        JsonNode assigned = patch(path, "{\"class\":\"other\",\"owner\":\"bob\"}", "1").body();
        assertThat(assigned.get("class").asText()).isEqualTo("other");
        assertThat(assigned.get("owner").asText()).isEqualTo("bob");
        assertThat(patch(path, "{\"owner\":\"ghost\"}", "2").status()).isEqualTo(400);
        assertThat(api.get("/complaints?state=open&owner=bob").body().get("items").findValuesAsText("number"))
                .contains(assigned.get("number").asText());
        assertThat(api.post("/complaints", "{\"class\":\"weather\",\"severity\":\"minor\",\"title\":\"x\","
                + "\"channel\":\"web\"}").status()).isEqualTo(400);
    }

    @Test
    @Tag("R53")
    @Tag("R54")
    @Tag("R41")
    void aComplaintGoesAllTheWayAndEachStepSaysWhatIsMissing() {
        String ticket = api.post("/tickets",
                """
                        {"device":"LP-1","title":"Jams","channel":"phone","contact":{"name":"Li","email":"li@example.org"}}""")
                .body().get("id").asText();
        String path = log("moderate", "LP-1\",\"ticket\":\"" + ticket);
        assertThat(move(path, "{\"to\":\"verified\"}").body().get("detail").asText()).contains("finding");
        assertThat(move(path, "{\"to\":\"verified\",\"finding\":\"It is so\"}").status()).isEqualTo(200);
        assertThat(move(path, "{\"to\":\"investigating\"}").body().get("detail").asText()).contains("owner");
        patch(path, "{\"owner\":\"bob\"}", "2");
        assertThat(move(path, "{\"to\":\"investigating\"}").status()).isEqualTo(200);
        assertThat(api.post(path + "/updates", "{\"text\":\"Roller sent to the lab\",\"tellCustomer\":true}")
                .body().get("history").findValuesAsText("kind")).contains("update");
        assertThat(
                move(path, "{\"to\":\"answered\",\"writtenReply\":\"Sorry\"}").body().get("detail").asText())
                .contains("root cause");
        assertThat(cause(path, "worn-roller").status()).isEqualTo(200);
        assertThat(move(path, "{\"to\":\"answered\"}").body().get("detail").asText())
                .contains("writtenReply");
        JsonNode answered = move(path, "{\"to\":\"answered\",\"writtenReply\":\"We are sorry\"}").body();
        assertThat(answered.get("answeredAt").isNull()).isFalse();
        JsonNode again = move(path, "{\"to\":\"followed-up\",\"satisfaction\":2,\"note\":\"No\"}").body();
        assertThat(again.get("state").asText()).isEqualTo("investigating");
        move(path, "{\"to\":\"answered\",\"writtenReply\":\"A new roller is on its way\"}");
        JsonNode content = move(path, "{\"to\":\"followed-up\",\"satisfaction\":5}").body();
        assertThat(content.get("missing").asText()).contains("corrective action");
        assertThat(content.get("missingCode").asText()).isEqualTo("no-action");
        assertThat(move(path, "{\"to\":\"closed\"}").status()).isEqualTo(409);
        finishWithAnAction(path);
        JsonNode told = api.await("/tickets/" + ticket,
                page -> page.get("notices").findValuesAsText("template")
                        .contains("complaint-answered"));
        assertThat(told.get("notices").findValuesAsText("template")).contains("complaint-progress");
        assertThat(told.get("complaints").get(0).get("state").asText()).isEqualTo("closed");
        assertThat(api.get("/customers/" + answered.get("customer").asText()).body().get("complaints"))
                .hasSize(1);
    }

    private void finishWithAnAction(String path) {
        String action = "{\"text\":\"Harder rollers\",\"owner\":\"bob\",\"due\":\"2026-12-01T00:00:00Z\"}";
        JsonNode planned = api.call(QUINN, "POST", path + "/actions", action).body();
        String one = path + "/actions/" + planned.get("actions").get(0).get("id").asText();
        String check = "{\"effective\":%s,\"evidence\":\"no jam in 1,000 pages\"}";
        assertThat(api.call(QUINN, "POST", one + "/check", check.formatted("true")).status()).isEqualTo(409);
        assertThat(api.call("bob:engineer", "POST", one + "/done", "{\"result\":\"fitted\"}").status())
                .isEqualTo(200);
        assertThat(
                api.call("bob:quality", "POST", one + "/check", check.formatted("true")).body().get("detail")
                        .asText())
                .contains("somebody else");
        assertThat(api.call(QUINN, "POST", one + "/check", check.formatted("false")).body().get("missing")
                .asText())
                .contains("no effect");
        JsonNode second = api.call(QUINN, "POST", path + "/actions", action).body();
        String two = path + "/actions/" + second.get("actions").get(1).get("id").asText();
        api.call("kim:engineer", "POST", two + "/done", "{\"result\":\"fitted\"}");
        assertThat(move(path, "{\"to\":\"closed\"}").body().get("detail").asText()).contains("not checked");
        assertThat(
                api.call("kim:quality", "POST", two + "/check", check.formatted("true")).body().get("detail")
                        .asText())
                .contains("kim, who did it");
        api.call(QUINN, "POST", two + "/check", check.formatted("true"));
        assertThat(move(path, "{\"to\":\"closed\"}").body().get("state").asText()).isEqualTo("closed");
        assertThat(move(path, "{\"to\":\"investigating\"}").status()).isEqualTo(409);
    }

    @Test
    @Tag("R53")
    @Tag("R83")
    void aCaseIsNotClosedBeforeTheComplaintsAboutIt() {
        String ticket = api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"phone\"}")
                .body()
                .get("id").asText();
        String path = log("minor", "LP-1\",\"ticket\":\"" + ticket);
        String cases = "/tickets/" + ticket;
        assertThat(move(cases, "{\"to\":\"resolved\",\"rootCause\":\"roller\"}").status()).isEqualTo(200);
        assertThat(move(cases, "{\"to\":\"verified\",\"verification\":\"prints\"}").status()).isEqualTo(200);
        Answer refused = move(cases, "{\"to\":\"closed\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("closed after the complaints");
        move(path, "{\"to\":\"verified\",\"finding\":\"a mistake\",\"justified\":false}");
        patch(path, "{\"owner\":\"bob\"}", "2");
        move(path, "{\"to\":\"investigating\"}");
        move(path, "{\"to\":\"answered\",\"writtenReply\":\"It was not ours\"}");
        move(path, "{\"to\":\"followed-up\",\"satisfaction\":3}");
        assertThat(move(path, "{\"to\":\"closed\"}").status()).isEqualTo(200);
        api.post(cases + "/comments", "{\"text\":\"It prints\",\"contact\":true}");
        Answer closed = move(cases, "{\"to\":\"closed\"}");
        assertThat(closed.status()).as("%s", closed.body()).isEqualTo(200);
    }

    @Test
    @Tag("R55")
    void aMajorComplaintIsToldToTheManager() {
        String path = log("major", "LP-1");
        String id = path.substring(path.lastIndexOf('/') + 1);
        api.await("/complaints/" + id, _ -> staffNotices("staff/complaint/" + id + "/major/cat") == 1);
        String later = log("minor", "LP-1");
        patch(later, "{\"severity\":\"major\"}", "1");
        String other = later.substring(later.lastIndexOf('/') + 1);
        api.await(later, _ -> staffNotices("staff/complaint/" + other + "/major/cat") == 1);
    }

    @Test
    @Tag("R54")
    @Tag("R66")
    void theSameComplaintWithinNinetyDaysSaysThatItCameAgain() {
        api.device("LP-REC", "north");
        String first = log("minor", "LP-REC");
        cause(first, "loose-hinge");
        api.clock.forward(Duration.ofDays(30));
        String second = log("minor", "LP-REC");
        JsonNode again = cause(second, "loose-hinge").body();
        assertThat(again.get("recurrenceOf").asText()).isEqualTo(first.substring(first.lastIndexOf('/') + 1));
        assertThat(again.get("recurrences").asInt()).isEqualTo(1);
        assertThat(cause(log("minor", "LP-REC"), "other-thing").body().get("recurrenceOf").isNull()).isTrue();
        JsonNode spots = api.call(QUINN, "GET", "/complaints/hot-spots", null).body().get("items");
        assertThat(spots).anyMatch(spot -> spot.get("causeCode").asText().equals("loose-hinge")
                && spot.get("count").asInt() == 2);
        api.clock.forward(Duration.ofDays(91));
        assertThat(cause(log("minor", "LP-REC"), "loose-hinge").body().get("recurrenceOf").isNull()).isTrue();
    }

    @Test
    @Tag("R54")
    void whoOwnsALateCorrectiveActionIsRemindedOnce() {
        String path = log("minor", "LP-1");
        JsonNode planned = api
                .call(QUINN, "POST", path + "/actions", "{\"text\":\"Train\",\"owner\":\"ann\",\"due\":\""
                        + api.clock.instant().plus(Duration.ofDays(1)) + "\"}")
                .body();
        String key = "staff/complaint-action/" + planned.get("actions").get(0).get("id").asText()
                + "/late/ann";
        api.clock.forward(Duration.ofDays(2));
        api.await(path, _ -> staffNotices(key) == 1);
    }

    @Test
    @Tag("R69")
    void aPartnerSeesAndLogsComplaintsOfItsOutletAlone() {
        String north = log("minor", "LP-1");
        String partner = "shop:partner:south";
        assertThat(api.call(partner, "GET", north, null).status()).isEqualTo(404);
        String complaint = "{\"class\":\"product\",\"severity\":\"minor\",\"title\":\"x\",\"channel\":\"walk-in\","
                + "\"device\":\"%s\"}";
        assertThat(api.call(partner, "POST", "/complaints", complaint.formatted("LP-1")).status())
                .isEqualTo(400);
        Answer own = api.call(partner, "POST", "/complaints", complaint.formatted("LP-2"));
        assertThat(own.status()).isEqualTo(201);
        assertThat(
                api.call(partner, "GET", "/complaints", null).body().get("items").findValuesAsText("device"))
                .containsOnly("LP-2");
        assertThat(api.call(partner, "POST", "/complaints/" + own.body().get("id").asText() + "/transitions",
                "{\"to\":\"verified\",\"finding\":\"x\"}").status()).isEqualTo(403);
    }

    private String log(String severity, String device) {
        Answer made = api.post("/complaints", "{\"class\":\"product\",\"severity\":\"" + severity
                + "\",\"title\":\"Jams again\",\"channel\":\"phone\",\"device\":\"" + device + "\"}");
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        return "/complaints/" + made.body().get("id").asText();
    }

    private Answer move(String path, String json) {
        return api.post(path + "/transitions", json);
    }

    private Answer cause(String path, String code) {
        return api.call(QUINN, "POST", path + "/cause",
                "{\"rootCause\":\"found in the lab\",\"causeCode\":\"" + code + "\"}");
    }

    private Answer patch(String path, String json, String version) {
        return api.call("ann:agent", "PATCH", path, json, "If-Match", version);
    }

    private int staffNotices(String key) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM service.notice WHERE key = :key").bind("key", key)
                .mapTo(Integer.class).one());
    }
}
