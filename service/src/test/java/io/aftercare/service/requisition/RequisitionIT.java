package io.aftercare.service.requisition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequisitionIT {
    private static final String CAT = "cat:coordinator";
    private static final String EVE = "eve:engineer";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        call(CAT, "/stock-locations", "{\"code\":\"MAIN\",\"kind\":\"warehouse\",\"name\":\"Main\"}");
        call(CAT, "/stock-locations",
                "{\"code\":\"VAN\",\"kind\":\"van\",\"name\":\"Eve's van\",\"engineer\":\"eve\"}");
        part("BELT", "LP", true);
        part("COPY", "LP", false);
        part("OTHER", "XX", true);
    }

    @Test
    @Tag("R46")
    @Tag("R34")
    @Tag("R8")
    @Tag("R7")
    void aPartIsFittedOnlyWithConsentAQuoteAndAnIssuedRequisition() {
        String ticket = ticket();
        receive("BELT", 5);
        String id = asked(ticket, "BELT", 2);
        assertThat(move(EVE, id, "submitted").body().get("state").asText()).isEqualTo("submitted");
        assertThat(move(EVE, id, "approved").status()).isEqualTo(403);
        assertThat(move("eve:coordinator", id, "approved").body().get("detail").asText())
                .contains("somebody else");
        assertThat(move(CAT, id, "approved").body().get("approver").asText()).isEqualTo("cat");
        JsonNode reserved = api.get("/parts/BELT/stock").body();
        assertThat(reserved.get("reserved").asInt()).isEqualTo(2);
        assertThat(reserved.get("available").asInt()).isEqualTo(3);
        Answer missing = fit(id, "BELT", 1);
        assertThat(missing.status()).isEqualTo(409);
        assertThat(missing.body().get("detail").asText()).contains("accept a quote", "consent",
                "issued requisition");

        assertThat(move(CAT, id, "issued").status()).isEqualTo(200);
        assertThat(call(CAT, "PUT", "/requisitions/" + id + "/shipment",
                "{\"carrier\":\"SF\",\"number\":\"SF-1\",\"state\":\"in-transit\"}").body().get("shipment")
                .get("number").asText()).isEqualTo("SF-1");
        assertThat(move(EVE, id, "received").status()).isEqualTo(200);
        assertThat(fit(id, "BELT", 1).body().get("detail").asText()).contains("accept a quote")
                .doesNotContain("issued requisition");
        agree(ticket, "BELT");
        Answer fitted = fit(id, "BELT", 1);
        assertThat(fitted.status()).isEqualTo(200);
        assertThat(fitted.body().get("lines").get(0).get("used").asInt()).isEqualTo(1);
        assertThat(
                api.post("/tickets/" + ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"x\"}")
                        .body()
                        .get("detail").asText())
                .contains("RQ-" + id);
        Answer back = call(EVE, "/requisitions/" + id + "/returns", "{\"part\":\"BELT\",\"quantity\":1}");
        assertThat(back.body().get("state").asText()).isEqualTo("used");
        JsonNode stock = api.get("/parts/BELT/stock").body();
        assertThat(stock.get("total").asInt()).isEqualTo(4);
        assertThat(stock.get("reserved").asInt()).isZero();
        assertThat(
                api.get("/stock-movements?reference=RQ-" + id).body().get("items").findValuesAsText("reason"))
                .containsExactly("return", "fit", "issue");
        String issued = api.get("/stock-movements?reference=RQ-" + id).body().get("items").get(2).get("id")
                .asText();
        assertThat(call(CAT, "/stock-movements/" + issued + "/reversal", "{\"reference\":\"oops\"}").body()
                .get("detail").asText()).contains("RQ-" + id);
    }

    @Test
    @Tag("R49")
    void aFittedPartCostsWhatItWasBoughtFor() {
        String ticket = ticket();
        receive("BELT", 2);
        String id = received(ticket, "BELT", 2);
        agree(ticket, "BELT");
        assertThat(fit(id, "BELT", 2).status()).isEqualTo(200);
        JsonNode cost = Json.parse(api.database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT payload::text FROM fleet.outbox
                WHERE topic = 'cost.posted' AND payload ->> 'ticket' = :ticket""").bind("ticket", ticket)
                .mapTo(String.class).one()));
        assertThat(cost.get("kind").asText()).isEqualTo("parts");
        assertThat(cost.get("amount").asText()).isEqualTo("12.50");
        JsonNode parts = api.get("/tickets/" + ticket).body().get("parts");
        assertThat(parts.get("fitted").get(0).get("device").asText()).isEqualTo("LP-1");
        assertThat(parts.get("requisitions").get(0).get("state").asText()).isEqualTo("used");
    }

    @Test
    @Tag("R47")
    void aPartThatFailsInItsWarrantyCountsAgainstTheSupplierOfItsBatch() {
        call(CAT, "/suppliers", "{\"id\":\"acme\",\"name\":\"Acme\",\"leadDays\":7,\"warrantyDays\":30}");
        part("FUSE", "LP", true);
        call(CAT, "/parts/FUSE/batches", "{\"batch\":\"F-1\",\"supplier\":\"acme\"}");
        assertThat(call(CAT, "/stock-movements",
                """
                        {"part":"FUSE","batch":"F-1","from":"supplier","to":"MAIN","quantity":2,"reason":"receive","reference":"D"}""")
                .status()).isEqualTo(201);
        String ticket = ticket();
        String id = received(ticket, "FUSE", 2);
        agree(ticket, "FUSE");
        fit(id, "FUSE", 1);
        fit(id, "FUSE", 1);
        String fitting = api.get("/tickets/" + ticket).body().get("parts").get("fitted").get(0).get("id")
                .asText();
        String removal = "/fittings/" + fitting + "/removal";
        assertThat(
                call(EVE, removal, "{\"reason\":\"burnt\",\"failed\":true}").body().get("failed").asBoolean())
                .isTrue();
        assertThat(call(EVE, removal, "{\"reason\":\"burnt\",\"failed\":true}").status()).isEqualTo(409);
        JsonNode evaluation = api.get("/suppliers/acme/evaluation").body();
        assertThat(evaluation.get("fitted").asInt()).isEqualTo(2);
        assertThat(evaluation.get("failed").asInt()).isEqualTo(1);
        assertThat(evaluation.get("parts").get(0).get("low").asDouble()).isLessThan(0.5);
    }

    @Test
    @Tag("R34")
    void aPartThatIsNeitherGenuineNorCertifiedOrDoesNotFitIsNotEvenAskedFor() {
        String ticket = ticket();
        assertThat(ask(ticket, "COPY", 1).body().get("detail").asText())
                .contains("neither genuine nor certified");
        assertThat(ask(ticket, "OTHER", 1).body().get("detail").asText())
                .contains("does not fit the model LP");
        assertThat(ask(ticket, "NOPE", 1).status()).isEqualTo(400);
    }

    @Test
    void whatIsNotThereIsNotReservedAndACancelledRequisitionGivesItFree() {
        String ticket = ticket();
        part("RARE", "LP", true);
        receive("RARE", 1);
        String first = asked(ticket, "RARE", 1);
        String second = asked(ticket, "RARE", 1);
        move(EVE, first, "submitted");
        move(EVE, second, "submitted");
        assertThat(move(CAT, first, "approved").status()).isEqualTo(200);
        assertThat(move(CAT, second, "approved").body().get("detail").asText()).contains("0 are available");
        assertThat(call(CAT, "/stock-movements", """
                {"part":"RARE","from":"MAIN","to":"customer","quantity":1,"reason":"sale","reference":"x"}""")
                .body()
                .get("detail").asText()).contains("1 are reserved");
        assertThat(call(EVE, "/requisitions/" + first + "/transitions",
                "{\"to\":\"cancelled\",\"reason\":\"repaired without\"}").status()).isEqualTo(200);
        assertThat(move(CAT, second, "approved").status()).isEqualTo(200);
        assertThat(call(EVE, "POST", "/requisitions/" + second + "/transitions", "{\"to\":\"received\"}",
                "If-Match",
                "\"1\"").status()).isEqualTo(412);
        assertThat(call("shop:partner:south", "GET", "/requisitions/" + second, null).status())
                .isEqualTo(404);
        assertThat(
                call("shop:partner:north", "GET", "/requisitions?ticket=" + ticket, null).body().get("items"))
                .hasSize(2);
        assertThat(call("shop:partner:south", "GET", "/requisitions", null).body().get("items")).isEmpty();
    }

    private void agree(String ticket, String part) {
        assertThat(call(CAT, "/tickets/" + ticket + "/charge-waiver", "{\"reason\":\"goodwill\"}").status())
                .isEqualTo(204);
        assertThat(api.post("/tickets/" + ticket + "/consents",
                "{\"part\":\"%s\",\"granted\":true,\"channel\":\"phone\",\"note\":\"Ms Li agreed\"}"
                        .formatted(part))
                .status())
                .isEqualTo(201);
    }

    private String received(String ticket, String part, int quantity) {
        String id = asked(ticket, part, quantity);
        move(EVE, id, "submitted");
        move(CAT, id, "approved");
        move(CAT, id, "issued");
        assertThat(move(EVE, id, "received").status()).isEqualTo(200);
        return id;
    }

    private Answer ask(String ticket, String part, int quantity) {
        return call(EVE, "/requisitions",
                "{\"ticket\":\"%s\",\"from\":\"MAIN\",\"to\":\"VAN\",\"lines\":[{\"part\":\"%s\",\"quantity\":%d}]}"
                        .formatted(ticket, part, quantity));
    }

    @Test
    @Tag("R46")
    void partsAreAskedForAWorkOrderOfTheSameCaseAlone() {
        String own = ticket();
        receive("BELT", 5);
        String order = api.post("/tickets/" + ticket() + "/work-orders",
                "{\"type\":\"on-site\",\"task\":\"Belt\",\"site\":{\"lat\":31.2,\"lon\":121.5}}").body()
                .get("id").asText();
        for (String foreign : List.of(order, "4711", "nonsense")) {
            Answer refused = api.post("/requisitions", """
                    {"ticket":"%s","workOrder":"%s","from":"MAIN","to":"VAN",
                    "lines":[{"part":"BELT","quantity":1}]}""".formatted(own, foreign));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body().get("errors").get(0).get("field").asText()).isEqualTo("workOrder");
        }
        JsonNode mine = api.post("/tickets/" + own + "/work-orders",
                "{\"type\":\"on-site\",\"task\":\"Belt\",\"site\":{\"lat\":31.2,\"lon\":121.5}}").body();
        for (String name : List.of(mine.get("id").asText(), mine.get("number").asText())) {
            Answer asked = api.post("/requisitions", """
                    {"ticket":"%s","workOrder":"%s","from":"MAIN","to":"VAN",
                    "lines":[{"part":"BELT","quantity":1}]}""".formatted(own, name));
            assertThat(asked.body().get("workOrder")).isEqualTo(mine.get("number"));
        }
    }

    private String asked(String ticket, String part, int quantity) {
        return ask(ticket, part, quantity).body().get("id").asText();
    }

    private Answer move(String user, String id, String to) {
        return call(user, "/requisitions/" + id + "/transitions", "{\"to\":\"" + to + "\"}");
    }

    private Answer fit(String id, String part, int quantity) {
        return call(EVE, "/requisitions/" + id + "/fittings",
                "{\"part\":\"%s\",\"quantity\":%d,\"serial\":\"S-1\"}".formatted(part, quantity));
    }

    private String ticket() {
        return api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Belt slips\",\"channel\":\"phone\"}")
                .body()
                .get("id").asText();
    }

    private void receive(String part, int quantity) {
        assertThat(call(CAT, "/stock-movements",
                ("{\"part\":\"%s\",\"from\":\"supplier\",\"to\":\"MAIN\",\"quantity\":%d,"
                        + "\"reason\":\"receive\",\"reference\":\"D-1\",\"unitCost\":6.25}")
                        .formatted(part, quantity))
                .status())
                .isEqualTo(201);
    }

    private void part(String code, String model, boolean genuine) {
        assertThat(call(CAT, "/parts",
                ("{\"code\":\"%s\",\"name\":{\"zh\":\"皮带\",\"en\":\"%s\"},\"models\":[\"%s\"],"
                        + "\"class\":\"core\",\"genuine\":%s}").formatted(code, code, model, genuine))
                .status()).isEqualTo(201);
    }

    private Answer call(String user, String path, String json) {
        return api.call(user, "POST", path, json);
    }

    private Answer call(String user, String method, String path, @Nullable String json,
            String... headers) {
        return api.call(user, method, path, json, headers);
    }
}
