package io.aftercare.service.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueIT {
    private static final String CAT = "cat:coordinator";
    private static final String FUSER = """
            {"code":"FUSER-2000","name":{"zh":"定影器","en":"Fuser"},"specification":"220 V, 2000 series",
             "models":["LP"],"class":"core","genuine":true,"purchasePrice":180,"safetyStock":3}""";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        assertThat(api.call(CAT, "POST", "/parts", FUSER).status()).isEqualTo(201);
    }

    @Test
    @Tag("R43")
    void aPartIsIdentifiedByCodeModelSpecificationAndBatch() {
        JsonNode part = api.get("/parts/FUSER-2000").body();
        assertThat(part.get("models").get(0).asText()).isEqualTo("LP");
        assertThat(part.get("specification").asText()).contains("220 V");
        assertThat(part.get("class").asText()).isEqualTo("core");
        assertThat(part.get("purchasePrice").decimalValue()).isEqualByComparingTo("180.00");
        assertThat(api.call(CAT, "POST", "/parts/FUSER-2000/batches",
                "{\"batch\":\"B-1\",\"supplierBatch\":\"77-A\",\"expires\":\"2027-01-31\"}").status())
                .isEqualTo(201);
        assertThat(api.get("/parts/FUSER-2000/batches").body().get("items").get(0).get("expires").asText())
                .isEqualTo("2027-01-31");
        assertThat(api.get("/parts?q=%E5%AE%9A%E5%BD%B1").body().get("items").findValuesAsText("code"))
                .containsExactly("FUSER-2000");
        assertThat(api.get("/parts?model=OTHER&q=fuser").body().get("items")).isEmpty();
        assertThat(api.get("/parts/FUSER-404").status()).isEqualTo(404);
        assertThat(api.call(CAT, "POST", "/parts", FUSER).status()).isEqualTo(409);
        assertThat(api.call("ann:agent", "POST", "/parts", FUSER).status()).isEqualTo(403);
    }

    @Test
    void aChangeNeedsTheVersionAndALostRaceIsTold() {
        api.call(CAT, "POST", "/parts", FUSER.replace("FUSER-2000", "FUSER-X"));
        String better = FUSER.replace("2000 series", "2001 series");
        assertThat(api.call(CAT, "PUT", "/parts/FUSER-X", better).status()).isEqualTo(428);
        Answer changed = api.call(CAT, "PUT", "/parts/FUSER-X", better, "If-Match", "\"1\"");
        assertThat(changed.body().get("specification").asText()).contains("2001");
        assertThat(changed.etag()).isEqualTo("\"2\"");
        assertThat(api.call(CAT, "PUT", "/parts/FUSER-X", better, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(api.call(CAT, "PUT", "/parts/FUSER-X", better.replace("\"class\"",
                "\"supplier\":\"nobody\",\"class\""), "If-Match", "\"2\"").body().get("detail").asText())
                .contains("nobody");
    }

    @Test
    @Tag("R48")
    void everybodyReadsTheOfficialPriceListAndAPriceBeginsOnItsDay() {
        assertThat(price("120").status()).isEqualTo(201);
        assertThat(price("12.345").body().get("detail").asText()).contains("two decimals");
        assertThat(price("-1").status()).isEqualTo(400);
        assertThat(api.call(CAT, "POST", "/parts/FUSER-2000/prices",
                "{\"amount\":99.90,\"from\":\"2026-11-05\"}").status()).isEqualTo(201);
        assertThat(api.call(CAT, "POST", "/parts/FUSER-2000/prices",
                "{\"amount\":1,\"from\":\"2026-10-01\"}").status()).isEqualTo(400);
        assertThat(listed().get("price").decimalValue()).isEqualByComparingTo("120.00");
        assertThat(listed().get("currency").asText()).isEqualTo("CNY");
        api.clock.forward(Duration.ofDays(3));
        assertThat(listed().get("price").decimalValue()).isEqualByComparingTo("99.90");
        assertThat(api.get("/parts/FUSER-2000/prices").body().get("items").get(1).get("until").asText())
                .isEqualTo("2026-11-05");
        assertThat(listed().has("purchasePrice")).isFalse();
        assertThat(
                api.call("shop:partner:north", "GET", "/parts/FUSER-2000", null).body().has("purchasePrice"))
                .isFalse();
    }

    private Answer price(String amount) {
        return api.call(CAT, "POST", "/parts/FUSER-2000/prices", "{\"amount\":" + amount + "}");
    }

    private JsonNode listed() {
        return api.get("/price-list?model=LP").body().get("items").get(0);
    }
}
