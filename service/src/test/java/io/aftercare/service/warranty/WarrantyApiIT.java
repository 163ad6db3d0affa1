package io.aftercare.service.warranty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.workorder.Course;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarrantyApiIT {
    private static final String QUALITY = "qi:quality";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R1")
    @Tag("R2")
    void aCaseShowsWhatItsDeviceMayClaimFromItsFirstSecond() {
        bought("W-1", "2026-05-01", "");
        Answer made = api.post("/tickets", "{\"device\":\"W-1\",\"title\":\"Jams\",\"channel\":\"web\"}");
        JsonNode entitlement = made.body().get("entitlement");
        assertThat(entitlement.get("covered").asBoolean()).isTrue();
        assertThat(entitlement.get("until").asText()).isEqualTo("2027-05-01");
        assertThat(entitlement.get("policy").asText()).isEqualTo("handbook");
        assertThat(entitlement.get("freeExchange").asBoolean()).isTrue();
        assertThat(entitlement.get("suggestion").get("step").asText()).isEqualTo("remote-first");
        assertThat(entitlement.get("reasons").findValuesAsText("zh")).isNotEmpty();
        assertThat(api.get("/devices/W-1/entitlement?at=2027-05-02T00:00:00Z").body().get("state").asText())
                .isEqualTo("expired");
    }

    @Test
    @Tag("R5")
    void theRegionChoosesTheProfile() {
        bought("W-CN", "2026-10-30", "CN-SH");
        bought("W-EU", "2026-10-30", "EU");
        bought("W-X", "2026-10-30", "BR");
        assertThat(api.get("/devices/W-CN/entitlement").body().get("policy").asText())
                .isEqualTo("cn-three-guarantees");
        assertThat(api.get("/devices/W-EU/entitlement").body().get("until").asText()).isEqualTo("2028-10-30");
        assertThat(api.get("/devices/W-X/entitlement").body().get("profile").asText()).isEqualTo("handbook");
    }

    @Test
    @Tag("R4")
    void evidenceEndsAWarrantyAndQualityMayTakeItBack() {
        bought("W-2", "2026-05-01", "");
        Answer found = api.call("eva:engineer", "POST", "/devices/W-2/warranty/void",
                "{\"exclusion\":\"opened\",\"evidence\":\"Seal broken\",\"files\":[\"photo-1\"]}");
        assertThat(found.status()).isEqualTo(201);
        JsonNode after = api.get("/devices/W-2/warranty").body();
        assertThat(after.get("entitlement").get("state").asText()).isEqualTo("void");
        assertThat(after.get("findings").get(0).get("evidence").asText()).isEqualTo("Seal broken");
        String back = "/devices/W-2/warranty/findings/" + found.body().get("id").asText() + "/withdraw";
        assertThat(api.call("eva:engineer", "POST", back, "{\"reason\":\"mistaken\"}").status())
                .isEqualTo(403);
        assertThat(api.call(QUALITY, "POST", back, "{\"reason\":\"mistaken\"}").status()).isEqualTo(200);
        assertThat(api.call(QUALITY, "POST", back, "{\"reason\":\"mistaken\"}").status()).isEqualTo(409);
        assertThat(api.get("/devices/W-2/entitlement").body().get("covered").asBoolean()).isTrue();
        assertThat(api.call("eva:engineer", "POST", "/devices/W-2/warranty/void",
                "{\"exclusion\":\"ghosts\",\"evidence\":\"x\"}").status()).isEqualTo(400);
    }

    @Test
    @Tag("R4")
    void aDeviceWithoutAPurchaseNeedsProofAndTheProofChangesTheAnswer() {
        api.device("W-3", "north");
        JsonNode before = api.get("/devices/W-3/entitlement").body();
        assertThat(before.get("state").asText()).isEqualTo("unproven");
        assertThat(before.get("needs").findValuesAsText("code")).contains("proof-of-purchase");
        Answer saved = api.call("ann:agent", "PUT", "/devices/W-3/warranty",
                "{\"purchased\":\"2026-09-01\",\"proof\":\"INV-3\"}");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.body().get("entitlement").get("covered").asBoolean()).isTrue();
        assertThat(api.call("ann:agent", "PUT", "/devices/W-3/warranty", "{}").status()).isEqualTo(428);
        assertThat(api.call("ann:agent", "PUT", "/devices/W-3/warranty", "{}", "If-Match", "\"7\"").status())
                .isEqualTo(412);
    }

    @Test
    @Tag("R6")
    void aRepairedPartStandsForItselfAndAPartIsInOneDeviceAtATime() {
        bought("W-4", "2025-01-01", "");
        bought("W-5", "2025-01-01", "");
        String ticket = api.post("/tickets", "{\"device\":\"W-4\",\"title\":\"Jams\",\"channel\":\"web\"}")
                .body()
                .get("number").asText();
        String fit = "{\"serial\":\"F-9\",\"part\":\"FUSER\",\"class\":\"core\",\"ticket\":\"" + ticket
                + "\"}";
        Answer fitted = api.call("eva:engineer", "POST", "/devices/W-4/components", fit);
        assertThat(fitted.status()).isEqualTo(201);
        assertThat(api.get("/devices/W-4/entitlement?component=F-9").body().get("covered").asBoolean())
                .isTrue();
        assertThat(api.get("/devices/W-4/entitlement").body().get("covered").asBoolean()).isFalse();
        assertThat(api.get("/tickets/" + ticket).body().get("entitlement").get("components").size())
                .isZero();
        api.clock.forward(Duration.ofMinutes(1));
        JsonNode again = api.post("/tickets", "{\"device\":\"W-4\",\"title\":\"Jams\",\"channel\":\"web\"}")
                .body();
        assertThat(again.at("/entitlement/covered").asBoolean()).isFalse();
        assertThat(again.at("/entitlement/components/0/component").asText()).isEqualTo("F-9");
        assertThat(api.call("eva:engineer", "POST", "/devices/W-5/components",
                fit.replace(",\"ticket\":\"" + ticket + "\"", "")).status()).isEqualTo(409);
        String state = "/devices/W-4/components/" + fitted.body().get("id").asText() + "/state";
        assertThat(api.call("eva:engineer", "POST", state, "{\"to\":\"removed\"}").status()).isEqualTo(200);
        assertThat(api.call("eva:engineer", "POST", state, "{\"to\":\"removed\"}").status()).isEqualTo(409);
        assertThat(api.get("/devices/W-4/entitlement?component=F-9").body().get("covered").asBoolean())
                .isFalse();
        assertThat(api.get("/devices/W-4/entitlement?component=nope").status()).isEqualTo(404);
    }

    @Test
    @Tag("R6")
    void aPartThatAWorkOrderFittedIsWrittenDownWhenTheCaseIsSolved() {
        bought("W-9", "2025-01-01", "");
        api.call("eva:engineer", "POST", "/devices/W-9/components",
                "{\"serial\":\"F-1\",\"part\":\"FUSER-9\",\"class\":\"core\",\"fittedAt\":\"2025-01-01T00:00:00Z\"}");
        String id = api.post("/tickets", "{\"device\":\"W-9\",\"title\":\"Jams\",\"channel\":\"web\"}").body()
                .get("id").asText();
        Course course = new Course(null, null, new LinkedHashMap<>(), null, null, Map.of(),
                new Course.Repair("jams", "new fuser", List.of(new Course.Fitted("FUSER-9", "F-2", 1),
                        new Course.Fitted("SCREW", null, 4)), 30, 0, "works"),
                null, null, null);
        api.database.jdbi()
                .useHandle(handle -> handle
                        .createUpdate(
                                """
                                        INSERT INTO service.work_order (ticket, device, model, region, outlet, type, job, state, state_since,
                                            course, created_by, created_at)
                                        VALUES (:ticket, 'W-9', 'LP', '', 'north', 'depot', '{"task":"repair","tools":[]}', 'done', :at,
                                            :course::jsonb, 'ann', :at)""")
                        .bind("ticket", Long.parseLong(id))
                        .bind("at", api.clock.instant()).bind("course", Json.text(course)).execute());
        assertThat(api.post("/tickets/" + id + "/transitions",
                "{\"to\":\"resolved\",\"reason\":\"works\",\"rootCause\":\"worn\"}").status()).isEqualTo(200);
        JsonNode parts = api.get("/devices/W-9/components").body().get("items");
        assertThat(parts.findValuesAsText("serial")).containsExactly("F-2", "F-1");
        assertThat(parts.get(0).get("origin").asText()).isEqualTo("repair");
        assertThat(parts.get(1).get("state").asText()).isEqualTo("removed");
        JsonNode fresh = api.get("/devices/W-9/entitlement?component=F-2").body();
        assertThat(fresh.get("covered").asBoolean()).isTrue();
        assertThat(fresh.at("/reasons/0/code").asText()).isEqualTo("repaired-part");
    }

    @Test
    void everythingThatIsWrongWithAPolicyIsToldWhenItIsSaved() {
        ObjectNode document = (ObjectNode) Policies.given("handbook").deepCopy();
        ((ObjectNode) document.get("scope")).putArray("models").add("Q-*");
        ObjectNode terms = (ObjectNode) document.get("terms");
        terms.remove("core");
        terms.put("engine", "P1Y").put("main", "-P1Y");
        document.withArray("guarantees").addObject().put("remedy", "repair").put("fromDay", 5)
                .put("untilDay", 9);
        ((ObjectNode) document.get("exclusions")).put("ghosts", "void").put("liquid", "perhaps");
        document.put("zone", "Mars/Olympus").put("surprise", true);
        Answer refused = api.call(QUALITY, "PUT", "/warranty-policies/bad", document);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().get("errors").findValuesAsText("field")).containsExactlyInAnyOrder(
                "terms.core", "terms.engine", "terms.main", "guarantees[3].fromDay", "exclusions.ghosts",
                "exclusions.liquid", "zone", "surprise");
        Answer tie = api.call(QUALITY, "PUT", "/warranty-policies/other", Policies.given("handbook"));
        assertThat(tie.status()).isEqualTo(400);
        assertThat(tie.body().get("errors").get(0).get("message").asText()).contains("handbook");
    }

    @Test
    @Tag("R1")
    void aContractsPolicyGoesBeforeTheOthersAndItsVersionsStay() {
        bought("W-6", "2026-01-01", "");
        api.database.jdbi().useHandle(
                handle -> handle.execute("UPDATE fleet.device SET customer = 'ACME' WHERE id = 'W-6'"));
        ObjectNode document = (ObjectNode) Policies.given("handbook").deepCopy();
        document.put("profile", "contract");
        ((ObjectNode) document.get("scope")).putArray("customers").add("ACME");
        ((ObjectNode) document.get("terms")).put("main", "P5Y").put("consumable", "P1M");
        Answer first = api.call(QUALITY, "PUT", "/warranty-policies/acme", document);
        assertThat(first.status()).isEqualTo(200);
        assertThat(api.get("/devices/W-6/entitlement").body().get("until").asText()).isEqualTo("2031-01-01");
        ((ObjectNode) document.get("terms")).put("main", "P2Y");
        document.put("from", "2026-06-01");
        assertThat(api.call(QUALITY, "PUT", "/warranty-policies/acme", document).status()).isEqualTo(428);
        assertThat(api.call(QUALITY, "PUT", "/warranty-policies/acme", document, "If-Match", "\"9\"")
                .status()).isEqualTo(412);
        assertThat(api.call(QUALITY, "PUT", "/warranty-policies/acme", document, "If-Match",
                String.valueOf(first.etag())).body().get("version").asInt()).isEqualTo(2);
        // Bought before the second version's day: the first one's terms stay.
        assertThat(api.get("/devices/W-6/entitlement").body().get("policyVersion").asInt()).isEqualTo(1);
        assertThat(api.get("/warranty-policies/acme/versions").body().get("items").size()).isEqualTo(2);
        assertThat(api.call(QUALITY, "DELETE", "/warranty-policies/acme", null, "If-Match", "\"2\"").status())
                .isEqualTo(200);
        assertThat(api.get("/devices/W-6/entitlement").body().get("policy").asText()).isEqualTo("handbook");
        assertThat(api.call("ann:agent", "PUT", "/warranty-policies/acme", document).status()).isEqualTo(403);
    }

    @Test
    void aModelWithoutAPolicyIsReported() {
        try (TestApi own = new TestApi()) {
            Answer gone = own.call(QUALITY, "DELETE", "/warranty-policies/handbook", null, "If-Match",
                    "\"1\"");
            JsonNode gap = gone.body().get("gaps").get(0);
            assertThat(gap.get("model").asText()).isEqualTo("LP");
            assertThat(gap.get("devices").asInt()).isEqualTo(2);
            assertThat(own.get("/warranty-gaps").body().get("items").size()).isEqualTo(1);
            JsonNode none = own.get("/devices/LP-1/entitlement").body();
            assertThat(none.get("state").asText()).isEqualTo("none");
            assertThat(none.get("needs").findValuesAsText("code")).isEqualTo(List.of("policy"));
        }
    }

    @Test
    void aPartnerSeesItsOutletsDevicesOnly() {
        api.device("W-7", "south");
        assertThat(api.call("pat:partner:north", "GET", "/devices/W-7/entitlement", null).status())
                .isEqualTo(404);
        assertThat(api.call("pat:partner:south", "GET", "/devices/W-7/entitlement", null).status())
                .isEqualTo(200);
    }

    @Test
    @Tag("R2")
    @Tag("R10")
    void aProactiveCaseShowsItTooAndASeriousFaultSuggestsMore() {
        bought("W-8", "2026-10-25", "CN");
        api.tell("fault.raised", "W-8/1", Json
                .parse("""
                        {"fault":"F-W8","device":"W-8","code":"FUSER_OVERHEAT","severity":"critical","rule":"r","ruleVersion":1,
                         "at":"2026-11-02T08:59:00Z","title":"Fuser too hot","values":{"fuser_temp":231.0}}"""));
        JsonNode page = api.await("/tickets?device=W-8", found -> found.path("items").size() == 1);
        JsonNode shown = api.get("/tickets/" + page.at("/items/0/id").asText()).body().get("entitlement");
        assertThat(shown.get("covered").asBoolean()).isTrue();
        assertThat(shown.at("/suggestion/step").asText()).isEqualTo("exchange");
    }

    private void bought(String id, String day, String region) {
        api.device(id, "north");
        api.database.jdbi().useHandle(
                handle -> handle.execute(
                        "UPDATE fleet.device SET purchased = ?::date, region = ? WHERE id = ?",
                        day, region, id));
    }
}
