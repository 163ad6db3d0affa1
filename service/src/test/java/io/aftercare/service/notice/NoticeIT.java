package io.aftercare.service.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Without a mail server: what is told, to whom, and what becomes of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeIT {
    private static final String OPENING = """
            {"device":"LP-1","title":"Paper jams","symptom":"SYMPTOM","channel":"mail",
             "contact":{"name":"Li Wei"EMAIL}}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void withoutMailALetterIsHeldBackVisiblyAndInTheCustomersLanguage() {
        String path = open("每天三次卡纸，请尽快处理", ",\"email\":\"li@example.org\"");
        JsonNode notice = api.await(path, ticket -> state(ticket, "case-received").equals("suppressed"))
                .get("notices").get(0);
        assertThat(notice.get("reason").asText()).isEqualTo("no mail is configured");
        assertThat(notice.get("language").asText()).isEqualTo("zh");
        assertThat(notice.get("addressee").asText()).startsWith("C-");
        Answer letter = api.post(path + "/messages", "{\"text\":\"Hello\"}");
        assertThat(letter.status()).isEqualTo(409);
        assertThat(letter.body().get("detail").asText()).contains("AFTERCARE_SMTP_URL");
    }

    @Test
    void whoLeftNoAddressIsNotWrittenToAndWhoIsErasedNeither() {
        String path = open("jams", "");
        JsonNode notice = api.await(path, ticket -> state(ticket, "case-received").equals("suppressed"))
                .get("notices").get(0);
        assertThat(notice.get("reason").asText()).isEqualTo("no e-mail address is known");
        assertThat(notice.get("language").asText()).isEqualTo("en");
        api.call("cat:coordinator", "DELETE", path + "/contact", null);
        String id = notice.get("id").asText();
        assertThat(api.call("cat:coordinator", "POST", "/notices/" + id + "/retry", null).status())
                .isEqualTo(200);
        api.await(path, ticket -> ticket.get("notices").get(0).get("reason").asText()
                .equals("the contact was erased"));
    }

    @Test
    void aRoomTellsACustomerOnceAndAnUnknownTemplateIsSeen() {
        String path = open("jams", "");
        String id = api.get(path).body().get("id").asText();
        JsonNode payload = Json.object().put("ticket", id).put("template", "no-such");
        api.tell("notice.customer", "t/1", payload);
        api.tell("notice.customer", "t/1", payload);
        api.tell("notice.customer", "t/2",
                Json.object().put("ticket", id).put("template", "answer-needed"));
        JsonNode ticket = api.await(path, one -> one.get("notices").size() == 3);
        assertThat(state(ticket, "no-such")).isEqualTo("failed");
        assertThat(api.call("cat:coordinator", "GET", "/notices?mine=false&state=failed", null).body()
                .get("items").findValuesAsText("reason")).contains("there is no template no-such");
        assertThat(api.get("/notices?mine=false").status()).isEqualTo(403);
    }

    @Test
    void staffReadWhatTheyAreToldOnceInTheirLanguageAndMarkIt() {
        assertThat(api.call("bob:agent", "PUT", "/me/notification-settings",
                "{\"language\":\"zh\",\"byMail\":true}", "If-Match", "\"0\"").status()).isEqualTo(400);
        Answer set = api.call("bob:agent", "PUT", "/me/notification-settings",
                "{\"language\":\"zh\",\"email\":\"bob@example.org\",\"byMail\":true}", "If-Match", "\"0\"");
        assertThat(set.status()).isEqualTo(200);
        assertThat(api.call("bob:agent", "PUT", "/me/notification-settings",
                "{\"language\":\"en\",\"byMail\":false}", "If-Match", "\"0\"").status()).isEqualTo(412);
        JsonNode payload = Json.parse("""
                {"users":["bob"],"template":"notice-failed","params":{"template":"x","reason":"y"}}""");
        api.tell("notice.staff", "s/1", payload);
        api.tell("notice.staff", "s/1", payload);
        JsonNode items = awaitNotices("bob:agent");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).get("subject").asText()).isEqualTo("给客户的邮件未能发出");
        String id = items.get(0).get("id").asText();
        assertThat(api.call("ann:agent", "POST", "/notices/" + id + "/read", null).status()).isEqualTo(404);
        assertThat(api.call("bob:agent", "POST", "/notices/" + id + "/read", null).status()).isEqualTo(204);
        assertThat(api.call("bob:agent", "GET", "/notices?unread=true", null).body().get("items")).isEmpty();
    }

    private JsonNode awaitNotices(String user) {
        return api.awaitAs(user, "/notices?mine=true", page -> !page.path("items").isEmpty()).get("items");
    }

    private String open(String symptom, String email) {
        return "/tickets/"
                + api.post("/tickets", OPENING.replace("SYMPTOM", symptom).replace("EMAIL", email)).body()
                        .get("id").asText();
    }

    private static String state(JsonNode ticket, String template) {
        for (JsonNode notice : ticket.get("notices")) {
            if (notice.get("template").asText().equals(template)) {
                return notice.get("state").asText();
            }
        }
        return "";
    }
}
