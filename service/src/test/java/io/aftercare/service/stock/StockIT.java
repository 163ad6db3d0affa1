package io.aftercare.service.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockIT {
    private static final String CAT = "cat:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        for (String place : new String[]{"MAIN:warehouse:", "NORTH:outlet:north", "VAN-1:van:",
                "ASIDE:quarantine:"}) {
            String[] parts = place.split(":", -1);
            assertThat(api.call(CAT, "POST", "/stock-locations",
                    "{\"code\":\"%s\",\"kind\":\"%s\",\"name\":\"x\",\"outlet\":\"%s\"}"
                            .formatted(parts[0], parts[1], parts[2]))
                    .status()).isEqualTo(201);
        }
    }

    @Test
    @Tag("R43")
    @Tag("R45")
    void stockIsTheSumOfItsMovementsAndNeverNegative() {
        part("ROLLER");
        batch("ROLLER", "OLD", "2026-12-01");
        batch("ROLLER", "NEW", "2027-12-01");
        move("ROLLER", "NEW", "supplier", "MAIN", 5, "receive");
        move("ROLLER", "OLD", "supplier", "MAIN", 2, "receive");
        Answer both = move("ROLLER", null, "MAIN", "NORTH", 3, "transfer");
        assertThat(both.body().get("items").findValuesAsText("batch")).containsExactly("OLD", "NEW");
        JsonNode stock = api.get("/parts/ROLLER/stock").body();
        assertThat(stock.get("total").asInt()).isEqualTo(7);
        assertThat(stock.get("places").findValuesAsText("location")).containsExactly("MAIN", "NORTH");
        assertThat(stock.get("places").get(0).get("quantity").asInt()).isEqualTo(4);
        Answer refused = move("ROLLER", null, "NORTH", "customer", 4, "sale");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("3 are at NORTH, not 4");
        JsonNode seen = api.call("shop:partner:north", "GET", "/parts/ROLLER/stock", null).body();
        assertThat(seen.get("places").findValuesAsText("location")).containsExactly("NORTH");
        assertThat(seen.get("total").asInt()).isEqualTo(3);
    }

    @Test
    @Tag("R45")
    void aMovementIsTakenBackByItsOppositeOnceAndTheLedgerOnlyGrows() {
        part("BELT");
        long id = move("BELT", null, "supplier", "MAIN", 4, "receive").body().get("items").get(0).get("id")
                .asLong();
        String reversal = "/stock-movements/" + id + "/reversal";
        Answer back = api.call(CAT, "POST", reversal, "{\"reference\":\"typed wrong\"}");
        assertThat(back.status()).isEqualTo(201);
        assertThat(back.body().get("reverses").asLong()).isEqualTo(id);
        assertThat(api.get("/parts/BELT/stock").body().get("total").asInt()).isZero();
        assertThat(api.call(CAT, "POST", reversal, "{\"reference\":\"again\"}").body().get("detail").asText())
                .contains("taken back already");
        JsonNode lines = api.get("/stock-movements?part=BELT").body().get("items");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).get("reversedBy")).isEqualTo(lines.get(0).get("id"));
        assertThat(catchThrowable(() -> api.database.jdbi().useHandle(
                handle -> handle.execute("UPDATE service.stock_movement SET quantity = 1"))))
                .hasMessageContaining(
                        "append-only");
    }

    @Test
    void everyReasonHasItsWay() {
        part("LAMP");
        move("LAMP", null, "supplier", "MAIN", 4, "receive");
        assertThat(move("LAMP", null, "MAIN", "customer", 1, "fit").body().get("detail").asText())
                .contains("requisition");
        assertThat(move("LAMP", null, "MAIN", "count", 1, "count").body().get("detail").asText())
                .contains("stock-counts");
        assertThat(move("LAMP", null, "customer", "MAIN", 1, "receive").status()).isEqualTo(409);
        assertThat(move("LAMP", "B-404", "supplier", "MAIN", 1, "receive").status()).isEqualTo(400);
        assertThat(move("LAMP", null, "MAIN", "NOWHERE", 1, "transfer").status()).isEqualTo(400);
        assertThat(move("LAMP", null, "MAIN", "MAIN", 1, "transfer").status()).isEqualTo(400);
        assertThat(api.call("eng:engineer", "POST", "/stock-movements", "{}").status()).isEqualTo(403);
    }

    @Test
    @Tag("R45")
    void expiredObsoleteAndDamagedPartsAreListedAndNotGivenOut() {
        part("GREASE");
        batch("GREASE", "G-1", "2026-11-01");
        move("GREASE", "G-1", "supplier", "MAIN", 6, "receive");
        Answer sold = move("GREASE", null, "MAIN", "customer", 1, "sale");
        assertThat(sold.body().get("detail").asText()).contains("expired");
        move("GREASE", "G-1", "MAIN", "ASIDE", 1, "transfer");
        assertThat(api.get("/parts/GREASE/stock").body().get("available").asInt()).isZero();
        part("OLDIE");
        move("OLDIE", null, "supplier", "MAIN", 2, "receive");
        assertThat(api.call(CAT, "PUT", "/parts/OLDIE", card("OLDIE").replace("\"class\"",
                "\"state\":\"obsolete\",\"class\""), "If-Match", "\"1\"").status()).isEqualTo(200);
        assertThat(move("OLDIE", null, "supplier", "MAIN", 2, "receive").body().get("detail").asText())
                .contains("obsolete");
        part("DENTED");
        move("DENTED", null, "supplier", "MAIN", 1, "receive");
        move("DENTED", null, "MAIN", "ASIDE", 1, "transfer");
        assertThat(why("GREASE")).isEqualTo("expired");
        assertThat(why("OLDIE")).isEqualTo("obsolete");
        assertThat(why("DENTED")).isEqualTo("damaged");
        assertThat(move("OLDIE", null, "MAIN", "scrap", 2, "scrap").status()).isEqualTo(201);
        assertThat(why("OLDIE")).isEmpty();
    }

    private String why(String part) {
        for (JsonNode line : api.get("/stock/clearance").body().get("items")) {
            if (line.get("part").asText().equals(part)) {
                return line.get("why").asText();
            }
        }
        return "";
    }

    private static String card(String code) {
        return "{\"code\":\"%s\",\"name\":{\"zh\":\"件\",\"en\":\"%s\"},\"class\":\"accessory\",\"genuine\":true,\"purchasePrice\":5}"
                .formatted(code, code);
    }

    private void part(String code) {
        assertThat(api.call(CAT, "POST", "/parts", card(code)).status()).isEqualTo(201);
    }

    private void batch(String part, String batch, String expires) {
        assertThat(api.call(CAT, "POST", "/parts/" + part + "/batches",
                "{\"batch\":\"%s\",\"expires\":\"%s\"}".formatted(batch, expires)).status()).isEqualTo(201);
    }

    private Answer move(String part, @Nullable String batch, String from, String to, int quantity,
            String reason) {
        return api.call(CAT, "POST", "/stock-movements",
                "{\"part\":\"%s\",%s\"from\":\"%s\",\"to\":\"%s\",\"quantity\":%d,\"reason\":\"%s\",\"reference\":\"note 1\"}"
                        .formatted(part, batch == null ? "" : "\"batch\":\"" + batch + "\",", from, to,
                                quantity, reason));
    }
}
