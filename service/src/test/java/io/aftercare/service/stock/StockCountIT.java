package io.aftercare.service.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.sql.Timestamp;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockCountIT {
    private static final String CAT = "cat:coordinator";
    private static final String EVE = "eve:engineer";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        post(CAT, "/stock-locations", "{\"code\":\"MAIN\",\"kind\":\"warehouse\",\"name\":\"Main\"}");
        post(CAT, "/suppliers", "{\"id\":\"acme\",\"name\":\"Acme\",\"leadDays\":14,\"leadDeviation\":2.5}");
        for (String part : new String[]{"BELT", "LAMP", "CORD"}) {
            post(CAT, "/parts",
                    "{\"code\":\"%s\",\"name\":{\"zh\":\"件\",\"en\":\"x\"},\"class\":\"core\",\"genuine\":true,\"supplier\":\"acme\"}"
                            .formatted(part));
        }
    }

    @Test
    @Tag("R45")
    void aCountComparesTheShelfWithTheLedgerAndOnlyAnApprovedDifferenceIsBooked() {
        move("BELT", "supplier", "MAIN", 10, "receive");
        move("LAMP", "supplier", "MAIN", 4, "receive");
        JsonNode sheet = post(CAT, "/stock-counts", "{\"location\":\"MAIN\",\"parts\":[\"BELT\",\"LAMP\"]}")
                .body();
        assertThat(sheet.get("lines").findValuesAsText("part")).containsExactly("BELT", "LAMP");
        assertThat(sheet.get("lines").get(0).has("booked")).isFalse();
        String path = "/stock-counts/" + sheet.get("id").asText();
        assertThat(
                enter(path, "{\"lines\":[{\"part\":\"BELT\",\"counted\":9}]}").body().get("detail").asText())
                .contains("not counted yet: LAMP");
        Answer counted = enter(path,
                "{\"lines\":[{\"part\":\"BELT\",\"counted\":9},{\"part\":\"LAMP\",\"counted\":4},{\"part\":\"CORD\",\"counted\":2}]}");
        assertThat(counted.body().get("accuracy").asDouble()).isEqualTo(1 / 3.0);
        assertThat(total("BELT")).isEqualTo(10);
        assertThat(post("eve:coordinator", path + "/decision", "{\"approved\":true}").body().get("detail")
                .asText())
                .contains("somebody else");
        assertThat(post(CAT, path + "/decision", "{\"approved\":false}").status()).isEqualTo(400);
        assertThat(post(CAT, path + "/decision", "{\"approved\":true}").body().get("state").asText())
                .isEqualTo("approved");
        assertThat(total("BELT")).isEqualTo(9);
        assertThat(total("CORD")).isEqualTo(2);
        JsonNode booked = api.get("/stock-movements?reference=stock-count/" + sheet.get("id").asText())
                .body();
        assertThat(booked.get("items")).hasSize(2);
        assertThat(post(CAT, path + "/decision", "{\"approved\":true}").status()).isEqualTo(409);
    }

    @Test
    @Tag("R44")
    void levelsAreComputedEachDayFromWhatWasSoldAndShownBesideTheOneSetByHand() {
        post(CAT, "/parts",
                """
                        {"code":"FAN","name":{"zh":"风扇","en":"Fan"},"class":"core","genuine":true,"supplier":"acme","safetyStock":1}""");
        api.database.jdbi().useHandle(
                handle -> handle.execute("UPDATE service.part SET created_at = ? WHERE code = 'FAN'",
                        Timestamp.from(TestApi.START)));
        move("FAN", "supplier", "MAIN", 100, "receive");
        for (int week = 0; week < 8; week++) {
            api.clock.forward(Duration.ofDays(6));
            move("FAN", "MAIN", "customer", week % 2 == 0 ? 8 : 12, "sale");
            api.clock.forward(Duration.ofDays(1));
        }
        api.clock.forward(Duration.ofDays(1));
        String today = api.clock.instant().toString().substring(0, 10);
        JsonNode stock = api.await("/parts/FAN/stock",
                answer -> answer.path("level").path("computedAt").asText().startsWith(today));
        assertThat(stock.get("safetyStock").asInt()).isEqualTo(1);
        assertThat(stock.get("level").get("mean").asDouble()).isBetween(7.0, 11.0);
        assertThat(stock.get("level").get("reorderPoint").asInt()).isGreaterThan(20);
        JsonNode order = api.get("/stock/reorders").body().get("items").findParents("part").stream()
                .filter(line -> line.get("part").asText().equals("FAN")).findFirst().orElseThrow();
        assertThat(order.get("available").asInt()).isEqualTo(20);
        assertThat(order.get("order").asInt()).isEqualTo(stock.get("level").get("reorderPoint").asInt() - 20);
        assertThat(api.get("/stock/reorders?all=true").body().get("items"))
                .as("those of which enough are there too")
                .hasSizeGreaterThan(api.get("/stock/reorders").body().get("items").size());
    }

    @Test
    @Tag("R47")
    void aSupplierIsEvaluatedByWhatWasFittedAndFailed() {
        assertThat(api.get("/suppliers/acme/evaluation").body().get("fitted").asInt()).isZero();
        assertThat(api.get("/suppliers/nobody/evaluation").status()).isEqualTo(404);
        assertThat(api
                .call(CAT, "PUT", "/suppliers/acme", "{\"name\":\"Acme Ltd\",\"leadDays\":10}", "If-Match",
                        "\"7\"")
                .status()).isEqualTo(412);
    }

    private int total(String part) {
        return api.get("/parts/" + part + "/stock").body().get("total").asInt();
    }

    private Answer enter(String path, String json) {
        return api.call(EVE, "PUT", path + "/lines", json);
    }

    private Answer post(String user, String path, String json) {
        return api.call(user, "POST", path, json);
    }

    private void move(String part, String from, String to, int quantity, String reason) {
        assertThat(post(CAT, "/stock-movements",
                "{\"part\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"quantity\":%d,\"reason\":\"%s\",\"reference\":\"x\"}"
                        .formatted(part, from, to, quantity, reason))
                .status()).isEqualTo(201);
    }
}
