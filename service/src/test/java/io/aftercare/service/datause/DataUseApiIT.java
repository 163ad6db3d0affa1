package io.aftercare.service.datause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataUseApiIT {
    private static final String QUINN = "quinn:quality";
    private static final String ENTRY = """
            {"level":"personal","place":"a cupboard","purpose":"to serve","retention":"one year"}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R73")
    void theRegisterSaysWhatIsHeldAndWhoApprovedIt() {
        JsonNode all = api.call(QUINN, "GET", "/data-classes", null).body().get("items");
        assertThat(all.findValuesAsText("id")).contains("customer-file", "telemetry", "temporary-data");
        Answer made = api.call(QUINN, "PUT", "/data-classes/paper", ENTRY);
        assertThat(made.body().get("approvedBy").isNull()).isTrue();
        assertThat(api.call(QUINN, "PUT", "/data-classes/paper", ENTRY).status()).isEqualTo(428);
        assertThat(approve(QUINN, "paper", 1).body().get("detail").asText())
                .contains("quinn, who entered it");
        assertThat(approve("rex:quality", "paper", 1).body().get("approvedBy").asText()).isEqualTo("rex");
        Answer changed = api.call(QUINN, "PUT", "/data-classes/paper", ENTRY.replace("one", "two"),
                "If-Match", "2");
        assertThat(changed.body().get("approvedBy").isNull()).isTrue();
        assertThat(api.call("ann:agent", "PUT", "/data-classes/paper", ENTRY).status()).isEqualTo(403);
    }

    @Test
    @Tag("R74")
    void dataIsUsedOnlyWhenAnotherAllowedItInTimeAndOfThoseWhoAgreed() {
        String yes = customer(true);
        String no = customer(false);
        String ask = "{\"purpose\":\"which grades use which printer\",\"classes\":[\"customer-file\"],\"until\":\""
                + api.clock.instant().plus(Duration.ofDays(10)) + "\"}";
        Answer asked = api.call(QUINN, "POST", "/data-uses", ask);
        assertThat(asked.status()).isEqualTo(201);
        String path = "/data-uses/" + asked.body().get("id").asText();
        assertThat(api.call(QUINN, "GET", path + "/export", null).status()).isEqualTo(409);
        String allow = "{\"approve\":true,\"reason\":\"needed\"}";
        assertThat(api.call(QUINN, "POST", path + "/decision", allow).body().get("detail").asText())
                .contains("who asked");
        Answer unapproved = api.call("rex:quality", "POST", path + "/decision", allow);
        assertThat(unapproved.body().get("detail").asText()).contains("customer-file");
        approve("rex:quality", "customer-file", 1);
        assertThat(api.call("rex:quality", "POST", path + "/decision", allow).body().get("state").asText())
                .isEqualTo("approved");
        JsonNode lines = api.call(QUINN, "GET", path + "/export", null).body().get("items");
        assertThat(lines.findValuesAsText("customer")).contains(yes).doesNotContain(no);
        assertThat(lines.toString()).doesNotContain("@example.org");
        int audited = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM fleet.audit WHERE action = 'data-use.export'").mapTo(Integer.class)
                .one());
        assertThat(audited).isEqualTo(1);
        api.clock.forward(Duration.ofDays(10));
        assertThat(api.call(QUINN, "GET", path + "/export", null).status()).isEqualTo(409);
        Answer late = api.call(QUINN, "POST", "/data-uses", ask);
        assertThat(late.status()).isEqualTo(400);
    }

    @Test
    @Tag("R75")
    void dataIsTakenWithConsentAloneAndPurgedAfterTheCase() throws InterruptedException {
        String ticket = api.post("/tickets", """
                {"device":"LP-1","title":"Jams","channel":"phone","contact":{"email":"taken@example.org"}}""")
                .body()
                .get("id").asText();
        String path = "/tickets/" + ticket + "/collections";
        String take = "{\"what\":\"address book\",\"why\":\"to put it back\",\"content\":\"Li Wei 123\"}";
        String bob = "bob:engineer";
        Answer refused = api.call(bob, "POST", path, take);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("consent collection");
        String customer = api.post("/customers/search", "{\"email\":\"taken@example.org\"}").body()
                .get("items").get(0)
                .get("id").asText();
        api.post("/customers/" + customer + "/consents",
                "{\"purpose\":\"collection\",\"given\":true,\"source\":\"phone\"}");
        Answer taken = api.call(bob, "POST", path, take);
        assertThat(taken.status()).isEqualTo(201);
        api.call(bob, "POST", path, take.replace("address book", "log"));
        assertThat(api.call(bob, "DELETE", path + "/" + taken.body().get("id").asText(), null).status())
                .isEqualTo(204);
        JsonNode one = api.call(bob, "GET", path, null).body().get("items");
        assertThat(one.get(0).get("content").isNull()).isTrue();
        assertThat(one.get(1).get("content").asText()).isEqualTo("Li Wei 123");
        assertThat(api
                .post("/tickets/" + ticket + "/transitions", "{\"to\":\"cancelled\",\"reason\":\"it works\"}")
                .status()).isEqualTo(200);
        assertThat(api.call(bob, "GET", path, null).body().get("items").get(1).get("purgeAt").isNull())
                .isFalse();
        api.clock.forward(Duration.ofDays(30));
        api.await("/tickets/" + ticket, page -> page.get("timeline").findValuesAsText("text")
                .contains("Purged what was kept for this case alone"));
        assertThat(api.call(bob, "GET", path, null).body().get("items").get(1).get("content").isNull())
                .isTrue();
        assertThat(otherFeaturesAreTold(ticket)).isTrue();
        int left = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM service.data_collection WHERE content IS NOT NULL").mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
        assertThat(api.call(bob, "POST", path, take).status()).isEqualTo(409);
    }

    private Answer approve(String who, String id, int version) {
        return api.call(who, "POST", "/data-classes/" + id + "/approve", null, "If-Match",
                Integer.toString(version));
    }

    private String customer(boolean agrees) {
        String id = api.post("/customers", "{\"name\":\"N\",\"email\":\"use" + agrees + "@example.org\"}")
                .body()
                .get("id").asText();
        api.post("/customers/" + id + "/consents",
                "{\"purpose\":\"data-use\",\"given\":" + agrees + ",\"source\":\"form\"}");
        return id;
    }

    private boolean otherFeaturesAreTold(String ticket) throws InterruptedException {
        JsonNode told = api.purges.poll(20, TimeUnit.SECONDS);
        while (told != null && !told.path("ticket").asText().equals(ticket)) {
            told = api.purges.poll(20, TimeUnit.SECONDS);
        }
        return told != null;
    }
}
