package io.aftercare.service.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnowledgeApiIT {
    private static final String ENA = "ena:engineer";
    private static final String QUINN = "quinn:quality";
    private static final String FUSER = """
            {"zh":{"title":"定影器过热","body":"清洁风扇，检查温度传感器"},
             "en":{"title":"Fuser overheats","body":"Clean the fan, check the sensor"},
             "codes":["%s"],"models":["LP"]}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        api.database.jdbi()
                .useHandle(handle -> handle.execute("INSERT INTO fleet.staff (name, password_hash, roles)"
                        + " VALUES ('quinn', 'x', '{quality}'), ('ena', 'x', '{engineer}')"));
    }

    @Test
    @Tag("R78")
    @Tag("R91")
    void anArticleIsWrittenReviewedByAnotherPublishedAndReadAtOutlets() {
        Answer made = api.call(ENA, "POST", "/articles", FUSER.formatted("FUSER_A"));
        assertThat(made.status()).isEqualTo(201);
        String path = "/articles/" + made.body().get("id").asText();
        String partner = "shop:partner:south";
        assertThat(api.call(partner, "GET", path, null).status()).isEqualTo(404);
        assertThat(api.call(partner, "GET", "/articles?state=draft", null).status()).isEqualTo(403);
        assertThat(move(ENA, path, "published", 1).status()).isEqualTo(409);
        assertThat(move(ENA, path, "reviewed", 1).body().get("detail").asText())
                .contains("ena, who wrote it");
        assertThat(move(QUINN, path, "reviewed", 7).status()).isEqualTo(412);
        assertThat(move(QUINN, path, "reviewed", 1).status()).isEqualTo(200);
        assertThat(move(QUINN, path, "published", 2).status()).isEqualTo(200);
        assertThat(api.call(partner, "GET", path, null).body().get("zh").get("title").asText())
                .isEqualTo("定影器过热");
        for (String q : List.of("过热", "overheat", "FUSER_A", "传感")) {
            assertThat(api
                    .call(partner, "GET", "/articles?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8), null)
                    .body().get("items").findValuesAsText("id")).as(q)
                    .contains(made.body().get("id").asText());
        }
        assertThat(api.get("/articles?q=%25%25").body().get("items")).isEmpty();
        assertThat(api.get("/articles?code=FUSER_A&model=XX").body().get("items")).isEmpty();
    }

    @Test
    @Tag("R91")
    void aPublishedArticleStaysUntilItsNextEditionIsPublished() {
        String path = published("FUSER_B");
        Answer next = api.call(ENA, "PUT", path, FUSER.formatted("FUSER_B").replace("Clean", "Replace"),
                "If-Match", "3");
        assertThat(next.body().get("edition").asInt()).isEqualTo(2);
        assertThat(next.body().get("state").asText()).isEqualTo("draft");
        assertThat(api.get(path).body().get("en").get("body").asText()).startsWith("Clean");
        move(QUINN, path, "reviewed", 4);
        Answer again = api.call(ENA, "PUT", path, FUSER.formatted("FUSER_B").replace("Clean", "Dust"),
                "If-Match", "5");
        assertThat(again.body().get("state").asText()).isEqualTo("draft");
        assertThat(again.body().get("edition").asInt()).isEqualTo(2);
        move(QUINN, path, "reviewed", 6);
        move(QUINN, path, "published", 7);
        assertThat(api.get(path).body().get("en").get("body").asText()).startsWith("Dust");
        JsonNode editions = api.call(QUINN, "GET", path + "/editions", null).body().get("items");
        assertThat(editions.findValuesAsText("state")).containsExactly("published", "retired");
        assertThat(move(QUINN, path, "retired", 8).status()).isEqualTo(200);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    @Tag("R78")
    void anArticleInOneLanguageIsNotReviewed() {
        Answer made = api.call(ENA, "POST", "/articles", "{\"zh\":{\"title\":\"卡纸\",\"body\":\"清洁\"}}");
        Answer refused = move(QUINN, "/articles/" + made.body().get("id").asText(), "reviewed", 1);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("English is not complete");
    }

    @Test
    @Tag("R78")
    void aCaseSuggestsWhatSolvedItsFaultForOthers() {
        String poor = id(published("FUSER_HOT"));
        String good = id(published("FUSER_HOT"));
        String first = ticket();
        String second = ticket();
        use(first, poor);
        use(second, good);
        resolve(first);
        resolve(second);
        api.post("/tickets/" + first + "/transitions", "{\"to\":\"reopened\",\"reason\":\"again\"}");
        assertThat(api.get("/articles/" + good).body().get("solveRate").asDouble()).isEqualTo(1);
        assertThat(api.get("/articles/" + poor).body().get("solveRate").asDouble()).isZero();
        resolve(first);
        assertThat(api.get("/articles/" + poor).body().get("solveRate").asDouble()).isZero();
        api.tell("fault.raised", "K-1", Json
                .parse("""
                        {"fault":"K-1","device":"LP-2","code":"FUSER_HOT","severity":"major","rule":"fuser","ruleVersion":1,
                         "title":"Fuser hot","at":"2026-11-02T09:00:00Z","count":1,"values":{"fuser_temp":214},
                         "ticket":{"open":true,"priority":"P2","skill":"thermal"},"remedies":[]}"""));
        JsonNode cases = api.await("/tickets?fault=K-1", page -> !page.get("items").isEmpty());
        JsonNode page = api.get("/tickets/" + cases.get("items").get(0).get("id").asText()).body();
        assertThat(page.get("articles").findValuesAsText("id")).containsExactly(good, poor);
        assertThat(api.get("/tickets/" + first).body().get("articles").get(0).get("used").asBoolean())
                .isTrue();
    }

    @Test
    @Tag("R91")
    void aCannedAnswerIsFilledFromTheCaseInBothLanguages() {
        String body = "{\"key\":\"%s\",\"zh\":\"%s\",\"en\":\"Dear {customer}, {number} is {state}. {agent}\"}";
        Answer unknown = api.call(QUINN, "POST", "/canned-answers", body.formatted("bad", "{price}"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().get("detail").asText()).contains("price");
        Answer made = api.call(QUINN, "POST", "/canned-answers",
                body.formatted("greeting", "{customer}您好，{number}"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(api.call(QUINN, "POST", "/canned-answers", body.formatted("greeting", "x")).status())
                .isEqualTo(409);
        String path = "/canned-answers/" + made.body().get("id").asText();
        String ticket = api.post("/tickets", """
                {"device":"LP-1","title":"x","channel":"mail","contact":{"name":"{agent} $1"}}""").body()
                .get("id").asText();
        String number = api.get("/tickets/" + ticket).body().get("number").asText();
        assertThat(fill(path, ticket, "en")).isEqualTo("Dear {agent} $1, " + number + " is new. ann");
        assertThat(fill(path, ticket, "zh")).isEqualTo("{agent} $1您好，" + number);
        Answer second = api.call(QUINN, "PUT", path, "{\"zh\":\"好\",\"en\":\"Hi\",\"retired\":true}",
                "If-Match", "1");
        assertThat(second.body().get("edition").asInt()).isEqualTo(2);
        assertThat(api.get("/canned-answers").body().get("items").findValuesAsText("key"))
                .doesNotContain("greeting");
    }

    @Test
    @Tag("R91")
    void aRunbookIsApprovedByAnotherAndGoneThroughInItsOrder() {
        String steps = "{\"name\":\"Fuser\",\"steps\":[{\"zh\":\"关机\",\"en\":\"Switch off\"},{\"zh\":\"清洁\",\"en\":\"Clean\"}]}";
        JsonNode made = api.call(ENA, "POST", "/runbooks", steps).body();
        String path = "/runbooks/" + made.get("id").asText();
        String ticket = ticket();
        String start = "{\"runbook\":\"" + made.get("id").asText() + "\"}";
        assertThat(api.call(ENA, "POST", "/tickets/" + ticket + "/runbooks", start).status()).isEqualTo(409);
        assertThat(api.call("ena:quality", "POST", path + "/approve", null, "If-Match", "1").status())
                .isEqualTo(409);
        assertThat(api.call(QUINN, "POST", path + "/approve", null, "If-Match", "1").status()).isEqualTo(200);
        JsonNode run = api.call(ENA, "POST", "/tickets/" + ticket + "/runbooks", start).body();
        Answer next = api.call(ENA, "PUT", path, "{\"steps\":[{\"zh\":\"换\",\"en\":\"Replace\"}]}",
                "If-Match", "2");
        assertThat(next.body().get("edition").asInt()).isEqualTo(2);
        String at = "/tickets/" + ticket + "/runbooks/" + run.get("id").asText() + "/steps/";
        assertThat(api.call(ENA, "POST", at + "2", "{\"result\":\"done\"}").body().get("detail").asText())
                .contains("Switch off");
        assertThat(api.call(ENA, "POST", at + "1", "{\"result\":\"done\",\"note\":\"ok\"}").status())
                .isEqualTo(200);
        assertThat(api.call(ENA, "POST", at + "1", "{\"result\":\"failed\"}").status()).isEqualTo(409);
        assertThat(api.call(ENA, "POST", at + "3", "{\"result\":\"done\"}").status()).isEqualTo(404);
        api.call(ENA, "POST", at + "2", "{\"result\":\"skipped\"}");
        JsonNode shown = api.get("/tickets/" + ticket).body().get("runbooks").get(0);
        assertThat(shown.get("isFinished").asBoolean()).isTrue();
        assertThat(shown.get("steps").findValuesAsText("result")).containsExactly("done", "skipped");
    }

    @Test
    @Tag("R91")
    void whatIsOldIsLookedThroughAgain() {
        String id = id(published("FUSER_OLD"));
        api.clock.forward(Duration.ofDays(366));
        JsonNode due = api.call(QUINN, "GET", "/revisions", null).body().get("items");
        assertThat(due).anyMatch(
                one -> one.get("kind").asText().equals("article") && one.get("id").asText().equals(id));
        api.await("/articles/" + id, _ -> told("staff/revise/article/" + id + "/%") == 1);
    }

    @Test
    @Tag("R77")
    void staffSayWhatTheyThinkOfTheProgramAndAreAnswered() {
        Answer given = api.post("/feedback",
                "{\"kind\":\"question\",\"page\":\"/tickets\",\"text\":\"How do I merge?\"}");
        assertThat(given.status()).isEqualTo(201);
        assertThat(api.get("/feedback").status()).isEqualTo(403);
        String admin = "root:admin";
        assertThat(api.call(admin, "GET", "/feedback?open=true", null).body().get("items")
                .findValuesAsText("text"))
                .contains("How do I merge?");
        String path = "/feedback/" + given.body().get("id").asText() + "/answer";
        assertThat(api.call(admin, "POST", path, "{\"text\":\"See the manual\"}").status()).isEqualTo(200);
        assertThat(api.call(admin, "POST", path, "{\"text\":\"Again\"}").status()).isEqualTo(409);
        api.await("/tickets",
                _ -> told("staff/feedback/" + given.body().get("id").asText() + "/answered/ann") == 1);
    }

    private String published(String code) {
        String path = "/articles/"
                + api.call(ENA, "POST", "/articles", FUSER.formatted(code)).body().get("id").asText();
        move(QUINN, path, "reviewed", 1);
        assertThat(move(QUINN, path, "published", 2).status()).isEqualTo(200);
        return path;
    }

    private Answer move(String who, String path, String to, int version) {
        return api.call(who, "POST", path + "/transitions", "{\"to\":\"" + to + "\"}", "If-Match",
                Integer.toString(version));
    }

    private String ticket() {
        return api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Hot\",\"channel\":\"phone\"}").body()
                .get("id")
                .asText();
    }

    private void use(String ticket, String article) {
        assertThat(api.post("/tickets/" + ticket + "/articles", "{\"article\":\"" + article + "\"}").status())
                .isEqualTo(200);
    }

    private void resolve(String ticket) {
        assertThat(
                api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"fan\"}")
                        .status())
                .isEqualTo(200);
    }

    private String fill(String path, String ticket, String language) {
        return api.post(path + "/fill", "{\"ticket\":\"" + ticket + "\",\"language\":\"" + language + "\"}")
                .body()
                .get("text").asText();
    }

    private int told(String like) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM service.notice WHERE key LIKE :like").bind("like", like)
                .mapTo(Integer.class).one());
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
