package io.aftercare.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntakeIT {
    private static final String BOSS = "cat:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R11")
    @Tag("R13")
    void anybodyReportsByTheFormAndGetsAWayToTheCase() {
        api.clock.forward(Duration.ofMinutes(11));
        Answer made = api.call("x:auditor", "POST", "/intake", """
                {"symptom":"打印机卡纸\\n每天三次","serial":"LP-1","name":"李伟","phone":"+86 10 1234",
                 "purchased":"2026-01-02","damage":"无"}""");
        assertThat(made.status()).isEqualTo(201);
        JsonNode ticket = api.get("/tickets/" + made.body().get("number").asText()).body();
        assertThat(ticket.get("origin").asText()).isEqualTo("web");
        assertThat(ticket.get("title").asText()).isEqualTo("打印机卡纸");
        assertThat(ticket.get("device").asText()).isEqualTo("LP-1");
        assertThat(ticket.get("contact").get("name").asText()).isEqualTo("李伟");
        JsonNode page = api
                .call("x:auditor", "GET", made.body().get("path").asText().replace("/c/", "/customer/"),
                        null)
                .body();
        assertThat(page.get("number")).isEqualTo(made.body().get("number"));
        assertThat(page.get("language").asText()).isEqualTo("zh");
        Answer unknown = api.call("x:auditor", "POST", "/intake",
                "{\"symptom\":\"smokes\",\"serial\":\"??-7\",\"email\":\"a@b.c\",\"channel\":\"app\"}");
        JsonNode other = api.get("/tickets/" + unknown.body().get("number").asText()).body();
        assertThat(other.get("matched").asBoolean()).isFalse();
        assertThat(other.get("origin").asText()).isEqualTo("app");
    }

    @Test
    void aFormFilledByAMachineOrWithoutAContactIsRefusedAndManyAreToo() {
        api.clock.forward(Duration.ofMinutes(11));
        assertThat(api.call("x:auditor", "POST", "/intake",
                "{\"symptom\":\"x\",\"phone\":\"1\",\"website\":\"http://spam\"}").status()).isEqualTo(400);
        Answer unreachable = api.call("x:auditor", "POST", "/intake", "{\"symptom\":\"x\"}");
        assertThat(unreachable.body().get("errors").get(0).get("field").asText()).isEqualTo("phone");
        int status = 0;
        for (int i = 0; i < 10; i++) {
            status = api.call("x:auditor", "POST", "/intake", "{\"symptom\":\"x\",\"phone\":\"1\"}").status();
        }
        assertThat(status).isEqualTo(429);
        api.clock.forward(Duration.ofMinutes(11));
        assertThat(api.call("x:auditor", "POST", "/intake", "{\"symptom\":\"x\",\"phone\":\"1\"}").status())
                .isEqualTo(201);
    }

    @Test
    @Tag("R11")
    void aMarketplaceReportsWithAKeyEachMessageOnceAndAConversationIsOneCase() {
        JsonNode key = api.call(BOSS, "POST", "/intake-keys",
                "{\"name\":\"T-Mall\",\"channel\":\"marketplace\"}").body();
        String secret = key.get("key").asText();
        String first = "{\"id\":\"m1\",\"conversation\":\"order-7\",\"symptom\":\"jams\",\"name\":\"Li\"}";
        Answer opened = report(secret, first);
        assertThat(opened.status()).isEqualTo(201);
        Answer again = report(secret, first);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("ticket")).isEqualTo(opened.body().get("ticket"));
        Answer more = report(secret, first.replace("m1", "m2").replace("jams", "and it smokes"));
        assertThat(more.body().get("opened").asBoolean()).isFalse();
        assertThat(more.body().get("ticket")).isEqualTo(opened.body().get("ticket"));
        JsonNode ticket = api.get("/tickets/" + opened.body().get("ticket").asText()).body();
        assertThat(ticket.get("origin").asText()).isEqualTo("marketplace");
        assertThat(ticket.get("timeline").findValuesAsText("text")).contains("and it smokes");
        assertThat(report("aik_wrong", first).status()).isEqualTo(401);
        assertThat(api.call(BOSS, "GET", "/intake-keys", null).body().toString()).doesNotContain(secret);
        assertThat(api.call(BOSS, "DELETE", "/intake-keys/" + key.get("id").asText(), null).status())
                .isEqualTo(204);
        assertThat(report(secret, first).status()).isEqualTo(401);
    }

    private Answer report(String key, String body) {
        return api.call("x:auditor", "POST", "/intake/messages", body, "X-Intake-Key", key);
    }

    @Test
    @Tag("R12")
    void somebodyAnswersTheLineAroundTheClockAndGapsAreSeen() {
        assertThat(shift("ann", "2027-01-01T00:00:00Z", "2027-01-01T12:00:00Z").status()).isEqualTo(201);
        Answer second = shift("bob", "2027-01-01T12:00:00Z", "2027-01-02T00:00:00Z");
        assertThat(second.status()).isEqualTo(201);
        Answer overlap = shift("bob", "2027-01-01T11:00:00Z", "2027-01-01T13:00:00Z");
        assertThat(overlap.status()).isEqualTo(409);
        assertThat(overlap.body().get("detail").asText()).contains("ann");
        assertThat(shift("nobody", "2027-02-01T00:00:00Z", "2027-02-01T12:00:00Z").status()).isEqualTo(400);
        assertThat(shift("ann", "2027-02-01T00:00:00Z", "2027-03-01T12:00:00Z").status()).isEqualTo(400);
        JsonNode now = api.get("/on-call?at=2027-01-01T12:00:00Z").body();
        assertThat(now.get("person").asText()).isEqualTo("bob");
        assertThat(now.get("phone").asText()).isEqualTo("+86 400 1");
        JsonNode rota = api.get("/on-call/shifts?from=2026-12-31T22:00:00Z&until=2027-01-02T06:00:00Z")
                .body();
        assertThat(rota.get("items")).hasSize(2);
        assertThat(rota.get("gaps")).hasSize(2);
        assertThat(rota.get("gaps").get(1).get("from").asText()).isEqualTo("2027-01-02T00:00:00Z");
        assertThat(api.call(BOSS, "DELETE", "/on-call/shifts/" + second.body().get("id").asText(), null)
                .status()).isEqualTo(204);
        assertThat(api.get("/on-call?at=2027-01-01T12:00:00Z").status()).isEqualTo(404);
    }

    private Answer shift(String person, String from, String until) {
        return api.call(BOSS, "POST", "/on-call/shifts", """
                {"person":"%s","phone":"+86 400 1","from":"%s","until":"%s"}""".formatted(person, from,
                until));
    }
}
