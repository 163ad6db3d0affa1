package io.aftercare.service.similar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What past cases teach the next one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExperienceIT {
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void aProactiveCaseKnowsFromItsFirstSecondWhatHeldInSimilarOnes() {
        for (int i = 0; i < 3; i++) {
            String id = raised("S" + i, "LP-S" + i);
            move(id, "{\"to\":\"resolved\",\"rootCause\":\"fan blocked\",\"reason\":\"fan cleaned\"}");
        }
        String failed = raised("S3", "LP-S3");
        move(failed, "{\"to\":\"resolved\",\"rootCause\":\"old firmware\",\"reason\":\"updated\"}");
        move(failed, "{\"to\":\"reopened\",\"reason\":\"hot again\"}");

        JsonNode fresh = api.get("/tickets/" + raised("S4", "LP-S4")).body();
        assertThat(fresh.get("similar").findValuesAsText("cause")).containsExactly("fan blocked",
                "old firmware");
        assertThat(fresh.at("/similar/0/worked").asInt()).isEqualTo(3);
        assertThat(fresh.at("/similar/0/tickets")).hasSize(3);
        assertThat(fresh.at("/similar/1/tried").asInt()).isEqualTo(1);
        assertThat(fresh.at("/similar/1/worked").asInt()).isZero();
        assertThat(fresh.at("/suggested/source").asText()).isEqualTo("experience");
        assertThat(fresh.at("/suggested/remedy/remedy").asText()).isEqualTo("fan cleaned");
        assertThat(fresh.at("/suggested/rule/action").asText()).isEqualTo("cool-down");
    }

    @Test
    void aReportedCaseIsComparedByItsWordsAndOneLikeNoOtherHasNothing() {
        String old = id(api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"打印机卡纸\",\"symptom\":\"每页都卡\",\"channel\":\"web\"}"));
        move(old, "{\"to\":\"resolved\",\"rootCause\":\"搓纸轮磨损\",\"reason\":\"更换搓纸轮\"}");
        JsonNode like = api.post("/tickets",
                "{\"device\":\"LP-2\",\"title\":\"打印机又卡纸\",\"channel\":\"phone\"}").body();
        assertThat(like.at("/similar/0/cause").asText()).isEqualTo("搓纸轮磨损");
        assertThat(like.at("/suggested/remedy/remedy").asText()).isEqualTo("更换搓纸轮");
        JsonNode unlike = api.post("/tickets",
                "{\"device\":\"LP-2\",\"title\":\"Zebra stripes\",\"channel\":\"phone\"}").body();
        assertThat(unlike.get("similar")).isEmpty();
        assertThat(unlike.hasNonNull("suggested")).isFalse();
        JsonNode partner = api.call("shop:partner:south", "POST", "/tickets",
                "{\"device\":\"LP-2\",\"title\":\"打印机卡纸\",\"channel\":\"phone\"}").body();
        assertThat(partner.get("similar").toString()).as("another outlet's past").doesNotContain("搓纸轮");
    }

    @Test
    @Tag("R11")
    void everyChannelSharesOneHistoryOfTheDeviceAndOfTheCustomer() {
        api.device("LP-H", "north");
        String byPhone = id(
                api.post("/tickets", "{\"device\":\"LP-H\",\"title\":\"First\",\"channel\":\"phone\","
                        + "\"contact\":{\"name\":\"Li\",\"phone\":\"+86 139 000\"}}"));
        String elsewhere = id(api.post("/tickets", "{\"title\":\"Invoice\",\"channel\":\"marketplace\","
                + "\"type\":\"enquiry\",\"contact\":{\"name\":\"Li\",\"phone\":\"+86 139 000\"}}"));
        JsonNode now = api.post("/tickets", "{\"device\":\"LP-H\",\"title\":\"Again\",\"channel\":\"app\","
                + "\"contact\":{\"name\":\"Li W.\",\"phone\":\"+86 139 000\"}}").body();
        assertThat(now.get("history").findValuesAsText("id")).containsExactly(elsewhere, byPhone);
        assertThat(now.get("history").findValuesAsText("because")).containsExactly("contact", "device");
        assertThat(api.get("/tickets?device=LP-H").body().get("items").findValuesAsText("origin"))
                .containsExactly("app", "phone");
    }

    private String raised(String fault, String device) {
        api.device(device, "north");
        ObjectNode notice = Json.object().put("fault", fault).put("device", device).put("code", "TOO_HOT")
                .put("severity", "major").put("at", api.clock.instant().toString());
        notice.putObject("values").put("fuser_temp", 214.5);
        notice.putArray("remedies").addObject().put("action", "cool-down");
        api.tell("fault.raised", fault, notice);
        return api.await("/tickets?fault=" + fault, page -> !page.get("items").isEmpty()).get("items").get(0)
                .get("id").asText();
    }

    private void move(String id, String json) {
        Answer moved = api.post("/tickets/" + id + "/transitions", json);
        assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.body().get("id").asText();
    }
}
