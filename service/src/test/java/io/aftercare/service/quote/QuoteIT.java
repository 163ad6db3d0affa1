package io.aftercare.service.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.portal.PortalLinks;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuoteIT {
    private static final String CAT = "cat:coordinator";
    private static final String DRAFT = """
            {"lines":[{"kind":"part","part":"FUSER"},{"kind":"labour","text":"更换定影器","quantity":1.5,"price":100},
              {"kind":"travel","price":30.5}],
             "inspectionFee":50,"durationDays":3,"cause":"定影器老化","plan":"更换定影器","risk":"可能需要重新校准","validDays":7}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        part("FUSER", true);
        part("COPY", false);
        api.call(CAT, "POST", "/parts/FUSER/prices", "{\"amount\":119.90}");
    }

    @Test
    @Tag("R7")
    void aQuoteSaysWhatItCostsHowLongItTakesWhyAndWhatTheRiskIs() {
        String ticket = ticket();
        Answer made = api.post("/tickets/" + ticket + "/quote", DRAFT);
        assertThat(made.status()).isEqualTo(201);
        JsonNode quote = made.body();
        assertThat(quote.get("state").asText()).isEqualTo("draft");
        assertThat(quote.get("total").decimalValue()).isEqualByComparingTo("300.40");
        assertThat(quote.get("currency").asText()).isEqualTo("CNY");
        assertThat(quote.get("lines").get(0).get("price").decimalValue()).isEqualByComparingTo("119.90");
        String token = token(ticket);
        assertThat(customers(token)).isEmpty();
        assertThat(api.post("/tickets/" + ticket + "/quote", DRAFT).body().get("detail").asText())
                .contains("draft already");
        Answer sent = api.call("ann:agent", "POST", "/quotes/" + quote.get("id").asText() + "/send", null);
        assertThat(sent.body().get("state").asText()).isEqualTo("sent");
        JsonNode shown = customers(token).get(0);
        assertThat(shown.get("wording").asText()).contains("定影器老化", "更换定影器", "可能需要重新校准", "300.40 CNY",
                "3 个工作日", "检测费 50.00",
                LocalDate.ofInstant(api.clock.instant(), ZoneOffset.UTC).plusDays(7).toString());
        JsonNode english = api.call(":", "GET", "/customer/" + token + "/quotes?language=en", null).body()
                .get("items").get(0);
        assertThat(english.get("wording").asText()).contains("Total: 300.40 CNY", "about 3 working days",
                "inspection costs 50.00");
        assertThat(api.get("/tickets/" + ticket).body().get("state").asText()).isEqualTo("waiting-customer");
        JsonNode notices = api.await("/tickets/" + ticket,
                answer -> answer.get("notices").findValuesAsText("template").contains("quote-sent"))
                .get("notices");
        assertThat(notices.findValuesAsText("template")).contains("quote-sent");
    }

    @Test
    @Tag("R7")
    @Tag("R8")
    void theCustomerAcceptsExactlyWhatWasShownAndThatIsKept() {
        String ticket = ticket();
        String id = sent(ticket);
        String token = token(ticket);
        JsonNode shown = customers(token).get(0);
        String accept = "/customer/" + token + "/quotes/" + id + "/accept";
        assertThat(api.call(":", "POST", accept, "{\"shown\":\"0000\"}").status()).isEqualTo(409);
        assertThat(api.call(":", "POST", "/customer/" + token(ticket()) + "/quotes/" + id + "/accept",
                answer(shown)).status()).isEqualTo(404);
        assertThat(
                api.call(":", "POST", "/customer/nonsense/quotes/" + id + "/accept", answer(shown)).status())
                .isEqualTo(404);
        Answer accepted = api.call(":", "POST", accept, answer(shown));
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.body().get("state").asText()).isEqualTo("accepted");
        JsonNode decision = api.get("/quotes/" + id).body().get("decision");
        assertThat(decision.get("wording")).isEqualTo(shown.get("wording"));
        assertThat(decision.get("at").asText()).isNotEmpty();
        assertThat(decision.get("addressHash").asText()).isEqualTo(Sha256.hex(token + " 127.0.0.1"));
        JsonNode after = api.get("/tickets/" + ticket).body();
        assertThat(after.get("state").asText()).isEqualTo("in-progress");
        assertThat(after.get("consents").get(0).get("state").asText()).isEqualTo("granted");
        assertThat(after.get("consents").get(0).get("part").asText()).isEqualTo("FUSER");
        assertThat(after.get("timeline").findValuesAsText("kind")).contains("quote-sent", "quote-accepted");
        assertThat(api.call(":", "POST", accept, answer(shown)).status()).isEqualTo(409);
    }

    @Test
    @Tag("R7")
    void anAgentRecordsWhatWasSaidOnThePhoneWithTheTotalThatWasReadOut() {
        String ticket = ticket();
        String id = sent(ticket);
        String path = "/quotes/" + id + "/decision";
        String words = "{\"decision\":\"accepted\",\"channel\":\"phone\",\"note\":\"Ms Li agreed\",\"total\":%s}";
        assertThat(api.post(path, words.formatted("300")).body().get("detail").asText()).contains("300.40");
        assertThat(api.post(path, words.formatted("300.40").replace("Ms Li agreed", "  ")).status())
                .isEqualTo(400);
        JsonNode quote = api.post(path, words.formatted("300.40")).body();
        assertThat(quote.get("state").asText()).isEqualTo("accepted");
        assertThat(quote.get("decision").get("by").asText()).isEqualTo("ann");
        assertThat(quote.get("decision").get("wording").asText()).contains("300.40");
    }

    @Test
    @Tag("R7")
    void aNewRevisionTakesThePlaceOfTheOldOneEvenWhereThatWasAccepted() {
        String ticket = ticket();
        String first = sent(ticket);
        api.post("/quotes/" + first + "/decision",
                "{\"decision\":\"accepted\",\"channel\":\"phone\",\"note\":\"yes\",\"total\":300.40}");
        assertThat(api.call("ann:agent", "PUT", "/quotes/" + first, DRAFT, "If-Match", "\"3\"").body()
                .get("detail")
                .asText()).contains("new revision");
        String second = sent(ticket);
        assertThat(api.get("/quotes/" + first).body().get("state").asText()).isEqualTo("superseded");
        assertThat(api.get("/tickets/" + ticket + "/quote").body().get("revision").asInt()).isEqualTo(2);
        Answer declined = api.post("/quotes/" + second + "/decision",
                "{\"decision\":\"declined\",\"channel\":\"phone\",\"note\":\"too dear\"}");
        assertThat(declined.body().get("state").asText()).isEqualTo("declined");
        assertThat(api.get("/tickets/" + ticket).body().get("state").asText()).isEqualTo("in-progress");
        assertThat(api.get("/tickets/" + ticket + "/quotes").body().get("items").findValuesAsText("state"))
                .containsExactly("superseded", "declined");
    }

    @Test
    void anUnansweredQuoteExpiresAndTheClocksRunAgain() {
        String ticket = ticket();
        String id = sent(ticket);
        assertThat(api.post("/tickets/" + ticket + "/transitions",
                "{\"to\":\"resolved\",\"rootCause\":\"x\"}").body().get("detail").asText())
                .contains("answer");
        api.clock.forward(Duration.ofDays(7).plusMinutes(1));
        api.await("/quotes/" + id, quote -> quote.get("state").asText().equals("expired"));
        JsonNode after = api.get("/tickets/" + ticket).body();
        assertThat(after.get("state").asText()).isEqualTo("in-progress");
        assertThat(api.post("/quotes/" + id + "/decision",
                "{\"decision\":\"declined\",\"channel\":\"phone\",\"note\":\"no\"}").status()).isEqualTo(409);
    }

    @Test
    void aDraftIsChangedByItsVersionAndBadLinesAreTold() {
        String ticket = ticket();
        JsonNode quote = api.post("/tickets/" + ticket + "/quote", DRAFT).body();
        String path = "/quotes/" + quote.get("id").asText();
        Answer edited = api.call("ann:agent", "PUT", path, DRAFT.replace("30.5", "40.5"), "If-Match",
                "\"1\"");
        assertThat(edited.body().get("total").decimalValue()).isEqualByComparingTo("310.40");
        assertThat(api.call("ann:agent", "PUT", path, DRAFT, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(detail(ticket(), DRAFT.replace("FUSER", "NOPE"))).contains("NOPE");
        assertThat(detail(ticket(), DRAFT.replace("FUSER", "COPY"))).contains("genuine");
        assertThat(detail(ticket(), DRAFT.replace("30.5", "30.555"))).contains("lines[2].price");
        assertThat(detail(ticket(), DRAFT.replace("1.5", "0"))).contains("quantity");
        assertThat(api.call("shop:partner:south", "GET", path, null).status()).isEqualTo(404);
        assertThat(api.call("shop:partner:north", "GET", path, null).status()).isEqualTo(200);
    }

    @Test
    @Tag("R8")
    void theCustomerIsAskedAboutAPartAndAnswersOnThePage() {
        String ticket = ticket();
        String token = token(ticket);
        Answer asked = api.post("/tickets/" + ticket + "/consents/requests",
                "{\"part\":\"FUSER\",\"why\":\"It no longer heats\"}");
        assertThat(asked.body().get("state").asText()).isEqualTo("asked");
        assertThat(api.get("/tickets/" + ticket).body().get("state").asText()).isEqualTo("waiting-customer");
        JsonNode question = api.call(":", "GET", "/customer/" + token + "/consents?language=en", null).body()
                .get("items").get(0);
        assertThat(question.get("wording").asText()).contains("replacement of FUSER", "no longer heats");
        String answer = "{\"part\":\"FUSER\",\"granted\":true,\"shown\":\"%s\"}";
        assertThat(api.call(":", "POST", "/customer/" + token + "/consents", answer.formatted("x")).status())
                .isEqualTo(409);
        Answer agreed = api.call(":", "POST", "/customer/" + token + "/consents",
                answer.formatted(question.get("shown").asText()));
        assertThat(agreed.body().get("state").asText()).isEqualTo("granted");
        assertThat(api.get("/tickets/" + ticket).body().get("state").asText()).isEqualTo("in-progress");
        JsonNode history = api.get("/tickets/" + ticket + "/consents").body().get("items");
        assertThat(history.findValuesAsText("state")).containsExactly("asked", "granted");
        assertThat(history.get(1).get("wording")).isEqualTo(question.get("wording"));
        Answer withdrawn = api.post("/tickets/" + ticket + "/consents",
                "{\"part\":\"FUSER\",\"granted\":false,\"channel\":\"phone\",\"note\":\"changed her mind\"}");
        assertThat(withdrawn.body().get("state").asText()).isEqualTo("refused");
    }

    private String detail(String ticket, String draft) {
        return api.post("/tickets/" + ticket + "/quote", draft).body().get("detail").asText();
    }

    private static String answer(JsonNode shown) {
        return "{\"shown\":\"" + shown.get("shown").asText() + "\"}";
    }

    private JsonNode customers(String token) {
        return api.call(":", "GET", "/customer/" + token + "/quotes?language=zh", null).body().get("items");
    }

    private String token(String ticket) {
        return api.database.inTransaction(
                handle -> PortalLinks.issue(handle, Long.parseLong(ticket), api.clock.instant()));
    }

    private String ticket() {
        return api.post("/tickets", """
                {"device":"LP-1","title":"不出纸","channel":"phone","contact":{"name":"Li"}}""").body().get("id")
                .asText();
    }

    private String sent(String ticket) {
        String id = api.post("/tickets/" + ticket + "/quote", DRAFT).body().get("id").asText();
        assertThat(api.call("ann:agent", "POST", "/quotes/" + id + "/send", null).status()).isEqualTo(200);
        return id;
    }

    private void part(String code, boolean genuine) {
        assertThat(api.call(CAT, "POST", "/parts",
                "{\"code\":\"%s\",\"name\":{\"zh\":\"定影器\",\"en\":\"%s\"},\"class\":\"core\",\"genuine\":%s}"
                        .formatted(code, code, genuine))
                .status()).isEqualTo(201);
    }
}
