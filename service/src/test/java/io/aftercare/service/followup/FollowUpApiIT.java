package io.aftercare.service.followup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowUpApiIT {
    private static final String CAT = "cat:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        api.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.staff (name, password_hash, roles) VALUES ('cat', 'x', '{coordinator}')"));
    }

    @Test
    @Tag("R40")
    @Tag("R67")
    void aSolvedCaseIsCalledBackAndTheCallRecordsTheSatisfaction() {
        String ticket = solved();
        JsonNode planned = api.get("/tickets/" + ticket).body().get("followUps").get(0);
        assertThat(planned.get("kind").asText()).isEqualTo("call-back");
        assertThat(planned.get("assignee").asText()).isEqualTo("ann");
        String path = "/follow-ups/" + planned.get("id").asText();
        assertThat(api.get("/follow-ups?due=true&ticket=" + ticket).body().get("items")).isEmpty();
        api.clock.forward(Duration.ofDays(2));
        assertThat(api.get("/follow-ups?due=true&ticket=" + ticket).body().get("items")).hasSize(1);
        api.await("/tickets/" + ticket, _ -> reminded(planned.get("id").asText()) == 1);
        Answer done = api.post(path + "/done", "{\"result\":\"It prints well\",\"satisfaction\":5}");
        assertThat(done.body().get("state").asText()).isEqualTo("done");
        assertThat(api.post(path + "/done", "{\"result\":\"twice\"}").status()).isEqualTo(409);
        JsonNode page = api.get("/tickets/" + ticket).body();
        assertThat(page.get("state").asText()).isEqualTo("resolved");
        assertThat(page.get("timeline").findValuesAsText("text"))
                .anyMatch(text -> text.contains("satisfaction 5"));
        String customer = done.body().get("customer").asText();
        assertThat(api.get("/customers/" + customer).body().get("followUps").findValuesAsText("id"))
                .contains(planned.get("id").asText());
    }

    @Test
    @Tag("R38")
    void aCustomerWhoIsNotSatisfiedHasTheCaseReopenedUntilHeIs() {
        String ticket = solved();
        String path = "/follow-ups/" + followUps(ticket).get(0).get("id").asText();
        api.post(path + "/done", "{\"result\":\"It jams again\",\"satisfaction\":1}");
        assertThat(state(ticket)).isEqualTo("reopened");
        resolve(ticket);
        JsonNode second = followUps(ticket).get(1);
        assertThat(second.get("state").asText()).isEqualTo("open");
        api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"reopened\",\"reason\":\"wrote again\"}");
        assertThat(followUps(ticket).get(1).get("state").asText()).isEqualTo("cancelled");
        resolve(ticket);
        api.post("/follow-ups/" + followUps(ticket).get(2).get("id").asText() + "/done",
                "{\"result\":\"Now it is good\",\"satisfaction\":4}");
        assertThat(state(ticket)).isEqualTo("resolved");
    }

    @Test
    @Tag("R67")
    void aFollowUpIsPlannedMovedAndCalledOff() {
        String customer = customer("visit@example.org", "en", false);
        Answer made = api.post("/follow-ups", "{\"kind\":\"visit\",\"customer\":\"" + customer
                + "\",\"reason\":\"Yearly check\",\"due\":\"2027-01-01T09:00:00Z\"}");
        assertThat(made.status()).isEqualTo(201);
        String path = "/follow-ups/" + made.body().get("id").asText();
        assertThat(api.call("ann:agent", "PATCH", path, "{\"assignee\":\"ghost\"}", "If-Match", "1").status())
                .isEqualTo(400);
        assertThat(api.call("ann:agent", "PATCH", path, "{\"assignee\":\"bob\"}", "If-Match", "1").status())
                .isEqualTo(200);
        assertThat(api.call("ann:agent", "PATCH", path, "{\"assignee\":null}", "If-Match", "1").status())
                .isEqualTo(412);
        assertThat(api.post(path + "/cancel", "{\"reason\":\"moved away\"}").body().get("state").asText())
                .isEqualTo("cancelled");
        assertThat(api
                .post("/follow-ups", "{\"kind\":\"visit\",\"reason\":\"x\",\"due\":\"2027-01-01T09:00:00Z\"}")
                .status()).isEqualTo(400);
    }

    @Test
    @Tag("R67")
    void aCaseIsGivenToACustomerByHand() {
        String customer = customer("hand@example.org", "zh", false);
        String ticket = api.post("/tickets", "{\"device\":\"LP-2\",\"title\":\"x\",\"channel\":\"phone\"}")
                .body()
                .get("id").asText();
        assertThat(
                api.call("ann:agent", "PUT", "/tickets/" + ticket + "/customer", "{\"customer\":\"K-none\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.call("ann:agent", "PUT", "/tickets/" + ticket + "/customer",
                "{\"customer\":\"" + customer + "\"}").status()).isEqualTo(204);
        assertThat(api.get("/customers/" + customer).body().get("cases").findValuesAsText("id"))
                .containsExactly(ticket);
    }

    @Test
    @Tag("R67")
    @Tag("R74")
    void aLetterGoesOnlyToThoseWhoAllowItAndOnce() {
        String willing = customer("yes@example.org", "en", true);
        String chinese = customer("shi@example.org", "zh", true);
        String unasked = customer("no@example.org", "en", false);
        String took = customer("back@example.org", "en", true);
        api.post("/customers/" + took + "/consents",
                "{\"purpose\":\"marketing\",\"given\":false,\"source\":\"mail\"}");
        Answer made = api.call(CAT, "POST", "/outreaches", """
                {"name":"Autumn","grade":"club","zh":{"subject":"秋季保养","text":"请预约"},
                 "en":{"subject":"Autumn check","text":"Book it now"}}""");
        assertThat(made.status()).isEqualTo(201);
        String path = "/outreaches/" + made.body().get("id").asText() + "/send";
        assertThat(api.call(CAT, "POST", path, null).body().get("detail").asText()).contains("author");
        Answer sent = api.call("dan:coordinator", "POST", path, null);
        assertThat(sent.body().get("letters").asInt()).isEqualTo(2);
        assertThat(api.call("dan:coordinator", "POST", path, null).status()).isEqualTo(409);
        api.await("/customers/" + willing, _ -> letters().size() == 2);
        assertThat(letters()).containsExactlyInAnyOrder(willing + " en Autumn check", chinese + " zh 秋季保养");
        assertThat(letters()).noneMatch(letter -> letter.contains(unasked));
    }

    private List<String> letters() {
        return api.database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT addressee || ' ' || language || ' ' || (params->>'subject') FROM service.notice
                WHERE template = 'outreach'""").mapTo(String.class).list());
    }

    private String customer(String email, String locale, boolean marketing) {
        String id = api
                .post("/customers", "{\"name\":\"N\",\"email\":\"" + email + "\",\"locale\":\"" + locale
                        + "\",\"grade\":\"club\"}")
                .body().get("id").asText();
        if (marketing) {
            api.post("/customers/" + id + "/consents",
                    "{\"purpose\":\"marketing\",\"given\":true,\"source\":\"form\"}");
        }
        return id;
    }

    private String solved() {
        String id = api.post("/tickets",
                """
                        {"device":"LP-1","title":"Jams","channel":"phone","contact":{"name":"Li","email":"li@example.org"}}""")
                .body().get("id").asText();
        resolve(id);
        return id;
    }

    private void resolve(String ticket) {
        assertThat(api
                .post("/tickets/" + ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"roller\"}")
                .status()).isEqualTo(200);
    }

    private String state(String ticket) {
        return api.get("/tickets/" + ticket).body().get("state").asText();
    }

    private JsonNode followUps(String ticket) {
        return api.get("/tickets/" + ticket).body().get("followUps");
    }

    private int reminded(String followUp) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM service.notice WHERE key LIKE 'staff/follow-up/' || :id || '/%'")
                .bind("id", followUp).mapTo(Integer.class).one());
    }
}
