package io.aftercare.service.ticket;

import io.aftercare.service.TestApi;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketApiIT {
    private static final String OPENING = """
            {"device":"LP-1","title":"Paper jams","symptom":"打印机卡纸，每天三次","channel":"mail",
             "contact":{"name":"Li Wei","phone":"+86 10 1234","email":"li@example.org"}}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void aReportedCaseHasANumberAStateAndItsFirstClock() {
        Answer made = api.post("/tickets", OPENING);
        assertThat(made.status()).isEqualTo(201);
        JsonNode ticket = api.get("/tickets/" + made.body().get("number").asText()).body();
        assertThat(ticket.get("id")).isEqualTo(made.body().get("id"));
        assertThat(ticket.get("number").asText()).matches("T-\\d{6}");
        assertThat(ticket.get("state").asText()).isEqualTo("new");
        assertThat(ticket.get("origin").asText()).isEqualTo("mail");
        assertThat(ticket.get("priority").asText()).isEqualTo("P3");
        assertThat(ticket.get("owner").isNull()).isTrue();
        assertThat(ticket.get("nextClock").get("type").asText()).isEqualTo("first-response");
        assertThat(ticket.get("contact").get("name").asText()).isEqualTo("Li Wei");
        assertThat(texts(ticket.get("transitions"))).contains("assessed", "in-progress", "cancelled");
        assertThat(ticket.get("timeline").get(0).get("kind").asText()).isEqualTo("opened");
    }

    @Test
    @Tag("R11")
    void r11EveryChannelOpensACaseAndAnUnknownOneIsTold() {
        for (String channel : List.of("phone", "mail", "web", "app", "social", "marketplace", "walk-in",
                "on-site")) {
            Answer made = api.post("/tickets", OPENING.replace("\"mail\"", '"' + channel + '"'));
            assertThat(made.status()).as(channel).isEqualTo(201);
            assertThat(made.body().get("origin").asText()).isEqualTo(channel);
        }
        Answer refused = api.post("/tickets", OPENING.replace("\"mail\"", "\"pigeon\""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("errors").get(0).get("field").asText()).contains("channel");
    }

    @Test
    void aMissingTitleIsTold() {
        assertThat(api.post("/tickets", "{\"device\":\"LP-1\",\"channel\":\"mail\"}").status())
                .isEqualTo(400);
        assertThat(api.post("/tickets", "{not json").status()).isEqualTo(400);
        assertThat(api.get("/tickets/T-999999").status()).isEqualTo(404);
        assertThat(api.get("/tickets/nonsense").status()).isEqualTo(404);
    }

    @Test
    void aCaseIsWorkedAlongTheTableWithItsGuards() {
        String path = "/tickets/" + api.post("/tickets", OPENING).body().get("id").asText();
        assertThat(move(path, "{\"to\":\"verified\"}").status()).isEqualTo(409);
        assertThat(move(path, "{\"to\":\"in-progress\"}").body().get("owner").asText()).isEqualTo("ann");
        Answer noCause = move(path, "{\"to\":\"resolved\",\"reason\":\"works\"}");
        assertThat(noCause.status()).isEqualTo(409);
        assertThat(noCause.body().get("detail").asText()).contains("rootCause");
        assertThat(move(path, "{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}").status()).isEqualTo(200);
        assertThat(move(path, "{\"to\":\"closed\"}").body().get("detail").asText()).contains("verification");
        assertThat(move(path, "{\"to\":\"verified\",\"verification\":\"test page\"}").status())
                .isEqualTo(200);
        JsonNode closed = move(path, "{\"to\":\"closed\"}").body();
        assertThat(closed.get("state").asText()).isEqualTo("closed");
        assertThat(closed.get("nextClock").isNull()).isTrue();
        assertThat(texts(closed.get("transitions"))).containsExactly("reopened");
        assertThat(closed.get("timeline").findValuesAsText("kind"))
                .containsExactly("opened", "assignment", "transition", "transition", "transition",
                        "transition");
    }

    @Test
    void aLostRaceIsToldAndAPatchNeedsItsVersion() {
        Answer made = api.post("/tickets", OPENING);
        String path = "/tickets/" + made.body().get("id").asText();
        assertThat(api.call("ann:agent", "PATCH", path, "{\"priority\":\"P1\"}").status()).isEqualTo(428);
        Answer first = api.call("ann:agent", "PATCH", path, "{\"priority\":\"P1\",\"owner\":\"bob\"}",
                "If-Match",
                String.valueOf(made.etag()));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().get("owner").asText()).isEqualTo("bob");
        Answer late = api.call("bob:agent", "PATCH", path, "{\"title\":\"Other\"}", "If-Match",
                String.valueOf(made.etag()));
        assertThat(late.status()).isEqualTo(412);
        assertThat(api.call("ann:agent", "PATCH", path, "{\"owner\":\"nobody\"}", "If-Match",
                String.valueOf(first.etag())).body().get("detail").asText()).contains("nobody");
        Answer given = api.call("ann:agent", "PATCH", path, "{\"owner\":null}", "If-Match",
                String.valueOf(first.etag()));
        assertThat(given.body().get("owner").isNull()).isTrue();
        assertThat(api.call("ann:agent", "POST", path + "/transitions", "{\"to\":\"assessed\"}", "If-Match",
                String.valueOf(made.etag())).status()).isEqualTo(412);
    }

    @Test
    @Tag("R16")
    void r16WhoeverTouchesACaseFirstOwnsItAndACommentIsKept() {
        String path = "/tickets/" + api.post("/tickets", OPENING).body().get("id").asText();
        Answer said = api.call("bob:engineer", "POST", path + "/comments", "{\"text\":\"On it\"}");
        assertThat(said.status()).isEqualTo(201);
        assertThat(said.body().get("owner").asText()).isEqualTo("bob");
        JsonNode entry = said.body().get("timeline").get(2);
        assertThat(entry.get("kind").asText()).isEqualTo("comment");
        assertThat(entry.get("text").asText()).isEqualTo("On it");
        assertThat(entry.get("actor").asText()).isEqualTo("bob");
        assertThat(api.call("ann:agent", "POST", path + "/comments", "{\"text\":\"Me too\"}").body()
                .get("owner").asText()).isEqualTo("bob");
        assertThat(api.call("ann:agent", "POST", path + "/comments", "{\"text\":\"  \"}").status())
                .isEqualTo(400);
    }

    @Test
    void searchFindsTwoChineseCharactersAndPartsOfWords() {
        String id = api.post("/tickets", OPENING.replace("Paper jams", "Fuser is glowing")
                .replace("打印机卡纸", "定影过热")).body().get("id").asText();
        for (String q : List.of("定影", "过热", "glow", "FUSER", "影过", "is%20glowing")) {
            JsonNode items = api.get("/tickets?q=" + java.net.URLEncoder.encode(q,
                    java.nio.charset.StandardCharsets.UTF_8).replace("%2520", "%20")).body().get("items");
            assertThat(items.findValuesAsText("id")).as(q).containsExactly(id);
        }
        assertThat(api.get("/tickets?q=%E5%BD%B1%E5%AE%9A").body().get("items")).isEmpty();
        assertThat(api.get("/tickets?q=%25%25").body().get("items")).isEmpty();
    }

    @Test
    void listsAreFilteredAndPagedWithoutLossOrRepetition() {
        api.device("LP-PAGE", "north");
        for (int i = 0; i < 7; i++) {
            api.clock.forward(java.time.Duration.ofMinutes(1));
            api.post("/tickets", OPENING.replace("LP-1", "LP-PAGE"));
        }
        for (String sort : List.of("", "&sort=due")) {
            List<String> seen = new java.util.ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = api.get("/tickets?device=LP-PAGE&state=open&limit=3" + sort + cursor).body();
                seen.addAll(page.get("items").findValuesAsText("id"));
                cursor = page.hasNonNull("next") ? "&cursor=" + page.get("next").asText() : "";
            } while (!cursor.isEmpty());
            assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        }
        assertThat(api.get("/tickets?device=LP-PAGE&state=closed,resolved").body().get("items")).isEmpty();
        assertThat(api.get("/tickets?device=LP-PAGE&unassigned=true").body().get("items")).hasSize(7);
        assertThat(api.get("/tickets?device=LP-PAGE&origin=phone").body().get("items")).isEmpty();
        JsonNode line = api.get("/tickets?device=LP-PAGE&limit=1").body().get("items").get(0);
        String like = "/tickets?device=LP-PAGE&priority=" + line.get("priority").asText() + ",P1&model="
                + line.get("about").get("model").asText();
        assertThat(api.get(like).body().get("items")).hasSize(7);
        assertThat(api.get(like + "&region=elsewhere").body().get("items")).isEmpty();
        String due = line.get("nextClock").get("due").asText();
        assertThat(api.get(like + "&dueBefore=2000-01-01T00:00:00Z").body().get("items")).isEmpty();
        assertThat(api.get(like + "&dueBefore=" + due).body().get("items"))
                .as("all but the newest, which is due at that very moment").hasSize(6);
        assertThat(api
                .post("/tickets/counts",
                        "{\"of\":[{\"region\":\"elsewhere\"},{\"state\":\"open\",\"q\":\"LP-PAGE\"}]}")
                .body().get("counts").findValuesAsText("count")).containsExactly("0", "7");
        assertThat(api.get("/tickets?priority=P9").status()).isEqualTo(400);
        assertThat(api.get("/tickets?state=lost").status()).isEqualTo(400);
        assertThat(api.get("/tickets?cursor=zzz").status()).isEqualTo(400);
    }

    @Test
    @Tag("R70")
    void r70APartnerSeesItsOutletAlone() {
        String north = api.post("/tickets", OPENING).body().get("id").asText();
        String south = api.post("/tickets", OPENING.replace("LP-1", "LP-2")).body().get("id").asText();
        String partner = "shop:partner:south";
        assertThat(api.call(partner, "GET", "/tickets/" + north, null).status()).isEqualTo(404);
        assertThat(api.call(partner, "GET", "/tickets/" + south, null).status()).isEqualTo(200);
        assertThat(api.call(partner, "POST", "/tickets/" + north + "/comments", "{\"text\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(api.call(partner, "GET", "/tickets?limit=1000", null).body().get("items")
                .findValuesAsText("device")).isNotEmpty().containsOnly("LP-2");
        assertThat(api.call(partner, "POST", "/tickets", OPENING).body().get("matched").asBoolean())
                .as("another outlet's device does not exist for it").isFalse();
        assertThat(api.call("lost:partner:", "GET", "/tickets", null).body().get("items")).isEmpty();
    }

    @Test
    void theContactNeedsARoleIsAuditedOnceALookAndCanBeErased() {
        JsonNode ticket = api.post("/tickets", OPENING).body();
        String path = "/tickets/" + ticket.get("id").asText();
        assertThat(api.call("eve:firmware", "GET", path, null).body().get("contact").isNull()).isTrue();
        assertThat(api.call("bob:agent", "GET", path, null).body().get("contact").get("email").asText())
                .isEqualTo("li@example.org");
        api.call("bob:agent", "GET", path, null);
        assertThat(audited("contact.read", "bob", ticket)).isEqualTo(1);
        assertThat(api.call("ann:agent", "DELETE", path + "/contact", null).status()).isEqualTo(403);
        assertThat(api.call("cat:coordinator", "DELETE", path + "/contact", null).status()).isEqualTo(204);
        assertThat(api.get(path).body().get("contact").isNull()).isTrue();
        assertThat(api.get(path).body().get("symptom").asText()).contains("卡纸");
        assertThat(audited("contact.erase", "cat", ticket)).isEqualTo(1);
        int leaks = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM fleet.audit WHERE detail LIKE '%li@example%'").mapTo(Integer.class)
                .one());
        assertThat(leaks).isZero();
    }

    @Test
    @Tag("R71")
    void everyWriteIsAudited() {
        Answer made = api.post("/tickets", OPENING);
        String path = "/tickets/" + made.body().get("id").asText();
        api.post(path + "/comments", "{\"text\":\"x\"}");
        move(path, "{\"to\":\"in-progress\"}");
        api.call("ann:agent", "PATCH", path, "{\"priority\":\"P1\"}", "If-Match", "\"3\"");
        List<String> actions = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT action FROM fleet.audit WHERE object = :object ORDER BY id")
                .bind("object", "ticket/" + made.body().get("id").asText()).mapTo(String.class).list());
        assertThat(actions).containsExactly("ticket.open", "ticket.comment", "ticket.transition",
                "ticket.edit");
    }

    @Test
    void aRepeatedIdempotencyKeyOpensOneCase() {
        Answer first = api.call("ann:agent", "POST", "/tickets", OPENING, "Idempotency-Key", "k-1");
        Answer again = api.call("ann:agent", "POST", "/tickets", OPENING, "Idempotency-Key", "k-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().get("number")).isEqualTo(first.body().get("number"));
    }

    private Answer move(String path, String json) {
        return api.post(path + "/transitions", json);
    }

    private int audited(String action, String actor, JsonNode ticket) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM fleet.audit WHERE action = :action AND actor = :actor AND detail LIKE :like")
                .bind("action", action).bind("actor", actor)
                .bind("like", "%" + ticket.get("number").asText() + "%").mapTo(Integer.class).one());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
