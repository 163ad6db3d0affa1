package io.aftercare.service.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteConsentIT {
    private static final DeviceId DEVICE = new DeviceId("LP-1");
    @AutoClose
    private final TestApi api = new TestApi();
    private final RemoteConsents consents = new RemoteConsents(api.database, api.clock);

    private String ticket(String mail) {
        return api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"phone\",\"contact\":{\"email\":\""
                        + mail + "\"}}")
                .body().get("id").asText();
    }

    private JsonNode ask(String ticket, String purposes) {
        Answer asked = api.post("/tickets/" + ticket + "/remote-consents",
                "{\"purposes\":[" + purposes + "],\"why\":\"it stops at night\"}");
        assertThat(asked.status()).as(asked.body().toString()).isEqualTo(201);
        return asked.body().get("items");
    }

    private String link(String ticket) {
        return api.post("/tickets/" + ticket + "/customer-link", "{}").body().get("token").asText();
    }

    private JsonNode shown(String token, String language) {
        return api.call("nobody", "GET", "/customer/" + token + "/remote-consents?language=" + language, null)
                .body()
                .get("items");
    }

    private Answer answers(String token, JsonNode question, String answer, String shown) {
        return api.call("nobody", "POST",
                "/customer/" + token + "/remote-consents/" + question.get("id").asText(),
                "{\"answer\":\"" + answer + "\",\"shown\":\"" + shown + "\"}");
    }

    private ConsentState now(String ticket, ConsentPurpose purpose) {
        return consents.of(DEVICE, ticket, purpose);
    }

    @Test
    @Tag("R75")
    void theCustomerAllowsItOnThePageInWordsThatAreKeptAndTakesItBack() {
        String ticket = ticket("page@example.org");
        assertThat(now(ticket, ConsentPurpose.DATA)).isEqualTo(ConsentState.NOT_ASKED);
        ask(ticket, "\"data\",\"shell\"");
        assertThat(now(ticket, ConsentPurpose.DATA)).isEqualTo(ConsentState.ASKED);
        assertThat(now(ticket, ConsentPurpose.ACTION)).isEqualTo(ConsentState.NOT_ASKED);
        String token = link(ticket);
        JsonNode data = shown(token, "zh").get(0);
        assertThat(data.get("wording").asText()).contains("LP-1", "日志", "it stops at night");
        assertThat(answers(token, data, "give", Sha256.hex("other words")).status()).isEqualTo(409);
        Answer given = answers(token, data, "give", data.get("shown").asText());
        assertThat(given.body().get("state").asText()).isEqualTo("given");
        assertThat(now(ticket, ConsentPurpose.DATA)).isEqualTo(ConsentState.GIVEN);
        JsonNode kept = api.call("ann:agent", "GET", "/tickets/" + ticket + "/remote-consents", null).body()
                .get("items").get(0);
        assertThat(kept.get("wording")).isEqualTo(data.get("wording"));
        assertThat(kept.get("wordingSha256").asText()).isEqualTo(Sha256.hex(kept.get("wording").asText()));
        assertThat(kept.get("via").asText()).isEqualTo("page");
        JsonNode shell = shown(token, "en").get(1);
        answers(token, shell, "refuse", shell.get("shown").asText());
        assertThat(now(ticket, ConsentPurpose.SHELL)).isEqualTo(ConsentState.REFUSED);
        assertThat(answers(token, shell, "give", shell.get("shown").asText()).status()).isEqualTo(409);
        answers(token, data, "withdraw", data.get("shown").asText());
        assertThat(now(ticket, ConsentPurpose.DATA)).isEqualTo(ConsentState.WITHDRAWN);
        List<String> deeds = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT action FROM fleet.audit WHERE object = 'ticket/' || :id AND action LIKE 'remote-consent%' ORDER BY id")
                .bind("id", ticket).mapTo(String.class).list());
        assertThat(deeds).containsExactly("remote-consent.ask", "remote-consent.given",
                "remote-consent.refused",
                "remote-consent.withdrawn");
    }

    @Test
    void staffWriteDownWhatTheyHeardAndItEnds() {
        String ticket = ticket("phone@example.org");
        JsonNode asked = ask(ticket, "\"action\"").get(0);
        String path = "/tickets/" + ticket + "/remote-consents/" + asked.get("id").asText();
        String said = "{\"given\":true,\"channel\":\"phone\",\"note\":\"Ms Li: yes, go on\",\"language\":\"en\"}";
        assertThat(api.call("ann:agent", "POST", path + "/answer", said).status()).isEqualTo(428);
        assertThat(api.call("ann:agent", "POST", path + "/answer", said, "If-Match", "7").status())
                .isEqualTo(412);
        Answer given = api.call("ann:agent", "POST", path + "/answer", said, "If-Match", "1");
        assertThat(given.body().get("wording").asText()).contains("I agree", "LP-1");
        assertThat(given.body().get("by").asText()).isEqualTo("ann");
        assertThat(now("T-" + ticket, ConsentPurpose.ACTION)).as("by number").isEqualTo(ConsentState.GIVEN);
        assertThat(consents.of(new DeviceId("LP-2"), ticket, ConsentPurpose.ACTION)).as("another device")
                .isEqualTo(ConsentState.NOT_ASKED);
        assertThat(api
                .post("/tickets/" + ticket + "/remote-consents",
                        "{\"purposes\":[\"action\"],\"why\":\"again\"}")
                .status()).isEqualTo(409);
        api.clock.forward(Duration.ofDays(7));
        assertThat(now(ticket, ConsentPurpose.ACTION)).isEqualTo(ConsentState.EXPIRED);
        assertThat(
                api.call("ann:agent", "POST", path + "/withdraw", "{\"note\":\"too late\"}", "If-Match", "2")
                        .status())
                .isEqualTo(409);
        JsonNode again = ask(ticket, "\"action\"").get(1);
        assertThat(now(ticket, ConsentPurpose.ACTION)).isEqualTo(ConsentState.ASKED);
        Answer back = api.call("ann:agent", "POST",
                "/tickets/" + ticket + "/remote-consents/" + again.get("id").asText()
                        + "/withdraw",
                "{\"note\":\"solved without\"}", "If-Match", "1");
        assertThat(back.body().get("state").asText()).isEqualTo("withdrawn");
    }

    @Test
    @Tag("R75")
    void whatACustomerAllowsOnceAndForAllCountsForDataWhereTheCaseAskedNothing() {
        String ticket = ticket("standing@example.org");
        String customer = api.post("/customers/search", "{\"email\":\"standing@example.org\"}").body()
                .get("items")
                .get(0).get("id").asText();
        allow(customer, true);
        assertThat(now(ticket, ConsentPurpose.DATA)).isEqualTo(ConsentState.GIVEN);
        assertThat(now(ticket, ConsentPurpose.SHELL)).isEqualTo(ConsentState.NOT_ASKED);
        allow(customer, false);
        assertThat(now(ticket, ConsentPurpose.DATA)).isEqualTo(ConsentState.WITHDRAWN);
    }

    private void allow(String customer, boolean given) {
        api.post("/customers/" + customer + "/consents",
                "{\"purpose\":\"collection\",\"given\":" + given + ",\"source\":\"phone\"}");
    }

    @Test
    void aQuestionNeedsAnOpenCaseAReasonAndAnEnd() {
        String ticket = ticket("bad@example.org");
        String path = "/tickets/" + ticket + "/remote-consents";
        assertThat(api.post(path, "{\"purposes\":[],\"why\":\"x\"}").status()).isEqualTo(400);
        assertThat(api.post(path, "{\"purposes\":[\"all\"],\"why\":\"x\"}").status()).isEqualTo(400);
        assertThat(api.post(path, "{\"purposes\":[\"data\"],\"why\":\" \"}").status()).isEqualTo(400);
        assertThat(api.post(path, "{\"purposes\":[\"data\"],\"why\":\"x\",\"until\":\""
                + api.clock.instant().plus(Duration.ofDays(31)) + "\"}").status()).isEqualTo(400);
        assertThat(api.call("pat:partner:south", "GET", path, null).status()).isEqualTo(404);
        api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"cancelled\",\"reason\":\"it works\"}");
        assertThat(api.post(path, "{\"purposes\":[\"data\"],\"why\":\"x\"}").status()).isEqualTo(409);
    }
}
