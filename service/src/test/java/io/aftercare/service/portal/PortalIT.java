package io.aftercare.service.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a customer's page asks, by a link alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortalIT {
    @AutoClose
    private final TestApi api = new TestApi();
    private int nobody;

    private String open(String title) {
        return "/tickets/" + api.post("/tickets", """
                {"device":"LP-1","title":"TITLE","channel":"web",
                 "contact":{"name":"Li Wei","email":"li@example.org"}}""".replace("TITLE", title)).body()
                .get("id").asText();
    }

    private String link(String path) {
        return "/customer/" + api.post(path + "/customer-link", "").body().get("token").asText();
    }

    private Answer look(String method, String path, @Nullable String body) {
        return api.call("nobody" + nobody++ + ":auditor", method, path, body);
    }

    @Test
    @Tag("R19")
    @Tag("R14")
    void theCustomerSeesProgressNextStepAndExpectedTimeLive() {
        String path = open("Paper jams");
        String page = link(path);
        JsonNode view = look("GET", page, null).body();
        assertThat(view.get("stage").asText()).isEqualTo("accept");
        assertThat(view.get("next").asText()).isEqualTo("We look at your report and answer you.");
        assertThat(view.get("expected").asText()).isEqualTo("2026-11-03T09:00:00Z");
        api.post(path + "/transitions", "{\"to\":\"assessed\"}");
        api.post(path + "/transitions", "{\"to\":\"in-progress\"}");
        view = look("GET", page, null).body();
        assertThat(view.get("stage").asText()).isEqualTo("solve");
        assertThat(view.get("steps").findValuesAsText("at")).hasSize(5);
        assertThat(view.get("steps").get(1).get("at").isNull()).isFalse();
        assertThat(view.get("steps").get(2).get("current").asBoolean()).isTrue();
        assertThat(view.get("steps").get(3).get("at").isNull()).isTrue();
        api.post(path + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}");
        view = look("GET", page, null).body();
        assertThat(view.get("result").asText()).isEqualTo("worn roller");
        assertThat(view.get("advice").asText()).contains("ventilation");
    }

    @Test
    void nothingThatIsMeantForColleaguesIsShown() {
        String path = open("Paper jams");
        api.post(path + "/comments", "{\"text\":\"He shouts a lot\"}");
        api.post(path + "/comments", "{\"text\":\"We send you a roller\",\"visibility\":\"public\"}");
        JsonNode view = look("GET", link(path), null).body();
        assertThat(view.get("messages").findValuesAsText("text")).containsExactly("We send you a roller");
        assertThat(view.toString()).doesNotContain("shouts", "ann", "Li Wei", "li@example.org");
    }

    @Test
    void aCustomersMessageReachesTheDeskAndWakesTheCase() {
        String path = open("Paper jams");
        String page = link(path);
        api.post(path + "/transitions", "{\"to\":\"waiting-customer\"}");
        Answer said = look("POST", page + "/messages", "{\"text\":\"Here I am\"}");
        assertThat(said.status()).isEqualTo(201);
        assertThat(said.body().get("messages").findValuesAsText("text")).contains("Here I am");
        assertThat(api.get(path).body().get("state").asText()).isNotEqualTo("waiting-customer");
        assertThat(look("POST", page + "/messages", "{\"text\":\"  \"}").status()).isEqualTo(400);
        assertThat(look("POST", page + "/messages", "{\"text\":\"" + "x".repeat(4001) + "\"}").status())
                .isEqualTo(400);
        int status = 0;
        for (int i = 0; i < 20; i++) {
            status = look("POST", page + "/messages", "{\"text\":\"again\"}").status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void theLanguageFollowsTheTextAndThenWhatIsChosen() {
        String path = open("打印机卡纸");
        String page = link(path);
        assertThat(look("GET", page, null).body().get("next").asText()).isEqualTo("我们正在查看您的反馈，并会答复您。");
        assertThat(look("POST", page + "/language", "{\"language\":\"en\"}").status()).isEqualTo(204);
        assertThat(look("GET", page, null).body().get("language").asText()).isEqualTo("en");
        assertThat(look("GET", "/customer-texts?language=zh", null).body().get("send").asText())
                .isEqualTo("发送");
    }

    @Test
    void aLinkThatIsRevokedOrWrongIsNotFoundAndAClosedCaseTakesNoMessages() {
        String path = open("Paper jams");
        String page = link(path);
        assertThat(look("GET", "/customer/" + "x".repeat(43), null).status()).isEqualTo(404);
        assertThat(
                api.call("ann:agent", "DELETE", path + "/customer-link", null).body().get("revoked").asInt())
                .isEqualTo(1);
        assertThat(look("GET", page, null).status()).isEqualTo(404);
        String other = link(path);
        api.post(path + "/transitions", "{\"to\":\"cancelled\",\"reason\":\"mistake\"}");
        assertThat(look("POST", other + "/messages", "{\"text\":\"x\"}").status()).isEqualTo(409);
        assertThat(look("GET", other, null).body().get("stage").asText()).isEqualTo("cancelled");
    }
}
