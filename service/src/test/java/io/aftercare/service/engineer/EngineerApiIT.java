package io.aftercare.service.engineer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.Crew;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EngineerApiIT {
    private static final String BOSS = "cat:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();
    private Crew crew;

    @BeforeEach
    void open() {
        crew = new Crew(api);
    }

    @Test
    void anEngineerIsAUserWithTheRoleAndIsChangedWithItsVersion() {
        assertThat(api
                .call(BOSS, "POST", "/engineers", "{\"name\":\"ghost\",\"level\":\"junior\",\"skills\":[]}")
                .body().get("detail").asText()).contains("ghost").contains("role engineer");
        crew.engineer("eve", "LP");
        JsonNode eve = api.get("/engineers/eve").body();
        assertThat(eve.get("state").asText()).isEqualTo("available");
        assertThat(eve.get("load").asInt()).isZero();
        assertThat(edit("eve", BOSS, "{\"region\":\"east\"}", "9").status()).isEqualTo(412);
        assertThat(edit("eve", BOSS, "{\"region\":\"east\"}", "1").body().get("region").asText())
                .isEqualTo("east");
        assertThat(edit("eve", "eve:engineer", "{\"region\":\"west\"}", "2").status()).isEqualTo(403);
        assertThat(edit("eve", "eve:engineer", "{\"off\":true}", "2").body().get("state").asText())
                .isEqualTo("off");
        assertThat(api.get("/engineers?state=off&region=east&skill=LP").body().get("items")
                .findValuesAsText("name")).containsExactly("eve");
        assertThat(api.get("/engineers?skill=XX").body().get("items")).isEmpty();
        assertThat(
                api.call(BOSS, "POST", "/engineers", "{\"name\":\"eve\",\"level\":\"junior\",\"skills\":[]}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    @Tag("R56")
    void aCertificateIsAppliedForReviewedIssuedForTwoYearsRemindedOfAndRenewed() {
        crew.engineer("eve", "LP");
        assertThat(apply("eve", "LP").body().get("detail").asText())
                .contains("no certification standard for LP");
        crew.standard("LP");
        JsonNode one = apply("eve", "LP").body();
        String path = "/certifications/" + one.get("number").asText();
        assertThat(one.get("state").asText()).isEqualTo("applied");
        assertThat(step(path, "issue", "").body().get("detail").asText()).contains("needs a review");
        assertThat(
                api.call("eve:engineer,quality", "POST", path + "/review", "{\"theory\":99,\"practical\":99}")
                        .body().get("detail").asText())
                .contains("Nobody reviews themselves");
        assertThat(step(path, "review", "{\"theory\":90,\"practical\":60}").body().get("state").asText())
                .isEqualTo("reviewed");
        assertThat(step(path, "issue", "").body().get("detail").asText()).contains("practical 60 of 80");
        step(path, "review", "{\"theory\":90,\"practical\":85}");
        JsonNode valid = step(path, "issue", "").body();
        assertThat(valid.get("state").asText()).isEqualTo("valid");
        assertThat(valid.get("expires").asText()).isEqualTo("2028-11-02T09:00:00Z");
        assertThat(step(path, "review", "{\"theory\":90,\"practical\":85}").status()).isEqualTo(409);

        api.clock.forward(Duration.ofDays(672)); // 59 days before its end
        assertThat(state("expiring")).containsExactly(one.get("number").asText());
        assertThat(crew.told("certification-expiring")).hasSize(1).first()
                .satisfies(note -> assertThat(note.get("users")).extracting(JsonNode::asText)
                        .containsExactly("eve"));
        JsonNode renewal = api.call("eve:engineer", "POST", path + "/renew", null).body();
        assertThat(renewal.get("renews")).isEqualTo(one.get("id"));
        api.clock.forward(Duration.ofDays(59));
        assertThat(state("expired")).containsExactly(one.get("number").asText());
        assertThat(state("valid")).isEmpty();
        String again = "/certifications/" + renewal.get("id").asText();
        step(again, "review", "{\"theory\":90,\"practical\":85}");
        assertThat(step(again, "issue", "").body().get("state").asText()).isEqualTo("valid");
        JsonNode revoked = step(again, "revoke", "{\"reason\":\"Forged a test\"}").body();
        assertThat(revoked.get("state").asText()).isEqualTo("revoked");
        assertThat(step(again, "revoke", "{\"reason\":\"x\"}").status()).isEqualTo(409);
        assertThat(crew.told("certification-expiring")).hasSize(1);
    }

    @Test
    @Tag("R57")
    void aNewVersionOfTheStandardIsAppliedForFromThenOn() {
        crew.engineer("eve", "LP");
        crew.standard("LP");
        assertThat(apply("eve", "LP").body().get("standard").asInt()).isEqualTo(1);
        assertThat(crew.standard("LP").body().get("version").asInt()).isEqualTo(2);
        assertThat(apply("eve", "LP").body().get("standard").asInt()).isEqualTo(2);
        assertThat(
                api.get("/certification-standards?model=LP").body().get("items").findValuesAsText("version"))
                .containsExactly("2", "1");
    }

    @Test
    @Tag("R58")
    void trainingIsPlannedRecordedAndRemindedOfByTheCadencesThatAreSet() {
        crew.engineer("eve", "LP");
        JsonNode planned = api.call(BOSS, "POST", "/training-plan",
                "{\"year\":2026,\"quarter\":4,\"topic\":\"Fusers\"}").body();
        assertThat(due("2027-12-31")).containsExactly("eve 2026-12-31"); // once a quarter
        assertThat(crew.told("training-due")).isEmpty();
        api.clock.forward(Duration.ofDays(50));
        assertThat(crew.told("training-due")).hasSize(1);
        assertThat(api.call(BOSS, "POST", "/trainings", "{\"engineers\":[\"eve\"],\"plan\":"
                + planned.get("id").asText() + ",\"topic\":\"Fusers\",\"heldOn\":\"2026-12-20\",\"hours\":4,"
                + "\"trainer\":\"Lin\"}").status()).isEqualTo(201);
        assertThat(due("2027-12-31")).containsExactly("eve 2027-03-31");
        assertThat(api.get("/engineers/eve/trainings").body().get("items").get(0).get("topic").asText())
                .isEqualTo("Fusers");
        String settings = "{\"juniorMonths\":6,\"seniorMonths\":3,\"quarterly\":false,\"remindDays\":14,"
                + "\"expiringDays\":60,\"overdueTool\":\"warn\"}";
        assertThat(api.call(BOSS, "PUT", "/engineer-settings", settings, "If-Match", "0").status())
                .isEqualTo(200);
        assertThat(api.call(BOSS, "PUT", "/engineer-settings", settings, "If-Match", "0").status())
                .isEqualTo(412);
        assertThat(due("2027-12-31")).containsExactly("eve 2027-06-20"); // a junior, every six months
        assertThat(due("2027-06-19")).isEmpty();
        edit("eve", BOSS, "{\"level\":\"senior\"}", "1");
        assertThat(due("2027-12-31")).containsExactly("eve 2027-03-20");
        Answer held = api.call(BOSS, "PATCH", "/training-plan/" + planned.get("id").asText(),
                "{\"state\":\"held\"}", "If-Match", "1");
        assertThat(held.body().get("state").asText()).isEqualTo("held");
        assertThat(api.get("/training-plan?year=2026").body().get("items").get(0).get("state").asText())
                .isEqualTo("held");
    }

    @Test
    @Tag("R76")
    void aToolHasAHolderAHistoryAndARemindedCalibration() {
        crew.engineer("eve", "LP");
        api.call(BOSS, "POST", "/tools",
                "{\"serial\":\"MM-7\",\"name\":\"Multimeter\",\"calibrationDue\":\"2026-11-20\"}");
        assertThat(
                api.call(BOSS, "PATCH", "/tools/MM-7", "{\"holder\":\"nobody\"}", "If-Match", "1").status())
                .isEqualTo(400);
        assertThat(api.call(BOSS, "PATCH", "/tools/MM-7", "{\"holder\":\"eve\"}", "If-Match", "1").body()
                .get("holder").asText()).isEqualTo("eve");
        assertThat(
                api.get("/tools?holder=eve&dueBy=2026-11-20").body().get("items").findValuesAsText("serial"))
                .containsExactly("MM-7");
        assertThat(crew.told("tool-due")).isEmpty();
        api.clock.forward(Duration.ofDays(20));
        assertThat(crew.told("tool-due")).hasSize(1);
        assertThat(api.get("/tools/MM-7").body().get("trouble").asText())
                .contains("overdue since 2026-11-20");
        JsonNode served = api.call("eve:engineer", "POST", "/tools/MM-7/services", "{\"kind\":\"calibrated\","
                + "\"doneOn\":\"2026-11-22\",\"nextDue\":\"2027-11-22\",\"note\":\"certificate 88\"}",
                "If-Match", "2")
                .body();
        assertThat(served.get("trouble").isNull()).isTrue();
        assertThat(served.get("history").findValuesAsText("kind"))
                .isEqualTo(List.of("registered", "handed", "calibrated"));
        assertThat(api.call(BOSS, "POST", "/tools", "{\"serial\":\"MM-7\",\"name\":\"Other\"}").status())
                .isEqualTo(409);
    }

    @Test
    @Tag("R69")
    void aPartnerHasAContractAndAppraisalsAndSeesItsOwnAlone() {
        for (String outlet : List.of("north", "south")) {
            assertThat(api.call(BOSS, "POST", "/partners", "{\"outlet\":\"" + outlet
                    + "\",\"name\":\"Repairs\","
                    + "\"region\":\"east\",\"contractFrom\":\"2026-01-01\",\"contractUntil\":\"2026-12-31\","
                    + "\"chosenBecause\":\"two certified people\"}").status()).isEqualTo(201);
        }
        String shop = "shop:partner:south";
        assertThat(api.call(shop, "GET", "/partners", null).body().get("items").findValuesAsText("outlet"))
                .containsExactly("south");
        assertThat(api.call(shop, "GET", "/partners/north", null).status()).isEqualTo(404);
        assertThat(
                api.call(shop, "POST", "/partners/south/appraisals", "{\"period\":\"2026-Q4\",\"score\":100}")
                        .status())
                .isEqualTo(403);
        assertThat(
                api.call(BOSS, "POST", "/partners/south/appraisals", "{\"period\":\"2026-Q4\",\"score\":82}")
                        .status())
                .isEqualTo(201);
        assertThat(
                api.call(BOSS, "POST", "/partners/south/appraisals", "{\"period\":\"2026-Q4\",\"score\":90}")
                        .status())
                .isEqualTo(409);
        assertThat(api.call(shop, "GET", "/partners/south", null).body().get("appraisals").get(0).get("score")
                .asInt()).isEqualTo(82);
        assertThat(api
                .call(BOSS, "PATCH", "/partners/south", "{\"contractUntil\":\"2025-12-31\"}", "If-Match", "1")
                .status()).isEqualTo(400);
        crew.engineer("pat", "LP", "south");
        crew.engineer("eve", "LP");
        assertThat(api.call(shop, "GET", "/engineers", null).body().get("items").findValuesAsText("name"))
                .containsExactly("pat");
        assertThat(api.call(shop, "GET", "/engineers/eve", null).status()).isEqualTo(404);
    }

    private Answer edit(String name, String user, String json, String version) {
        return api.call(user, "PATCH", "/engineers/" + name, json, "If-Match", version);
    }

    private Answer apply(String engineer, String model) {
        return api.call(engineer + ":engineer", "POST", "/certifications", "{\"model\":\"" + model + "\"}");
    }

    private Answer step(String path, String step, String json) {
        return api.call("qin:quality", "POST", path + "/" + step, json.isEmpty() ? null : json);
    }

    private List<String> state(String state) {
        return api.get("/certifications?engineer=eve&state=" + state).body().get("items")
                .findValuesAsText("number");
    }

    private List<String> due(String by) {
        return api.get("/trainings/due?by=" + by).body().get("items").valueStream()
                .map(one -> one.get("engineer").asText() + " " + one.get("due").asText()).toList();
    }
}
