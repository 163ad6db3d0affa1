package io.aftercare.service.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CostApiIT {
    private static final String ENGINEER = "eve:engineer";
    private static final String MANAGER = "max:coordinator";
    private static final String FINANCE = "fin:auditor";
    @AutoClose
    private final TestApi api = new TestApi();
    private String ticket = "";

    @BeforeAll
    void open() {
        ticket = api.post("/tickets", """
                {"device":"LP-1","title":"Paper jams","channel":"web"}""").body().get("id").asText();
    }

    @Test
    @Tag("R49")
    void everyKindOfCostIsEnteredByTimeByPieceOrAsAnAmount() {
        JsonNode timed = add("\"kind\":\"labour\",\"minutes\":95,\"hourlyRate\":120.50");
        assertThat(timed.get("amount").decimalValue()).isEqualByComparingTo("190.79"); // 190.7916…
        assertThat(timed.get("basis").asText()).isEqualTo("95 min × 120.50/h");
        assertThat(timed.get("department").asText()).isEqualTo("field-service");
        assertThat(timed.get("model").asText()).isEqualTo("LP");
        assertThat(timed.get("state").asText()).isEqualTo("draft");
        assertThat(timed.get("period").asText()).isEqualTo("2026-11");
        assertThat(add("\"kind\":\"labour\",\"pieces\":3,\"piecePrice\":40").get("amount").decimalValue())
                .isEqualByComparingTo("120.00");
        for (String kind : List.of("parts", "logistics", "travel", "compensation", "other")) {
            assertThat(add("\"kind\":\"" + kind + "\",\"amount\":12.5").get("kind").asText()).isEqualTo(kind);
        }
        assertThat(api.call(MANAGER, "GET", "/costs?ticket=" + ticket + "&kind=labour", null).body()
                .get("items")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(post(ENGINEER, "/costs", body("\"kind\":\"parts\",\"amount\":1.005")).body().get("errors")
                .get(0).get("field").asText()).isEqualTo("amount");
        assertThat(post(ENGINEER, "/costs", body("\"kind\":\"parts\"")).body().get("detail").asText())
                .contains("one of the three");
        assertThat(post(ENGINEER, "/costs",
                body("\"kind\":\"parts\",\"amount\":1,\"at\":\"2030-01-01T00:00:00Z\""))
                .status()).isEqualTo(400);
        assertThat(post("ann:agent", "/costs", body("\"kind\":\"parts\",\"amount\":1")).status())
                .isEqualTo(403);
    }

    @Test
    @Tag("R49")
    void whatAnotherRoomPostsIsEnteredOnceHoweverOftenItIsTold() {
        JsonNode told = Json.object().put("ticket", ticket).put("kind", "parts").put("amount", "88.00")
                .put("text", "Roller, at its purchase price").put("reference", "P-7")
                .put("at", "2026-11-01T08:00:00Z");
        api.tell("cost.posted", "part/7", told);
        api.await("/tickets/" + ticket, _ -> booked("P-7") == 1);
        api.tell("cost.posted", "part/7", told);
        api.tell("cost.posted", "part/8",
                Json.object().put("ticket", ticket).put("kind", "travel").put("amount", "9")
                        .put("reference", "P-8"));
        api.await("/tickets/" + ticket, _ -> booked("P-8") == 1);
        assertThat(booked("P-7")).isEqualTo(1);
    }

    @Test
    @Tag("R50")
    void theManagerChecksTheVoucherThenFinanceSettlesAndNothingChangesItAfterwards() {
        JsonNode made = add("\"kind\":\"travel\",\"amount\":30");
        String path = "/costs/" + made.get("id").asText();
        assertThat(post(FINANCE, path + "/settle", null).body().get("detail").asText()).contains("draft");
        assertThat(post(MANAGER, path + "/verify", "{}").body().get("detail").asText())
                .contains("no voucher");
        assertThat(post("eve:coordinator", path + "/verify", "{\"voucher\":\"V-1\"}").body().get("detail")
                .asText()).contains("somebody else");
        assertThat(post(ENGINEER, path + "/verify", "{\"voucher\":\"V-1\"}").status()).isEqualTo(403);
        Answer edited = api.call(ENGINEER, "PATCH", path, "{\"amount\":31.5}", "If-Match", "\"1\"");
        assertThat(edited.body().get("amount").decimalValue()).isEqualByComparingTo("31.50");
        assertThat(api.call(ENGINEER, "PATCH", path, "{\"amount\":32}", "If-Match", "\"1\"").status())
                .isEqualTo(412);
        JsonNode verified = post(MANAGER, path + "/verify", "{\"voucher\":\"V-1\"}").body();
        assertThat(verified.get("state").asText()).isEqualTo("verified");
        assertThat(verified.get("verifiedBy").asText()).isEqualTo("max");
        assertThat(post("max:auditor", path + "/settle", null).body().get("detail").asText())
                .contains("somebody else");
        assertThat(post(FINANCE, path + "/settle", null).body().get("state").asText()).isEqualTo("settled");
        assertThat(
                api.call(ENGINEER, "PATCH", path, "{\"amount\":1}", "If-Match", "\"4\"").body().get("detail")
                        .asText())
                .contains("counter-entry");
        assertThatThrownBy(() -> api.database.useTransaction(handle -> handle
                .execute("UPDATE service.cost_entry SET amount = 0 WHERE id = ?",
                        Long.valueOf(made.get("id").asText()))))
                .hasMessageContaining("stays as it is");
        JsonNode counter = post(MANAGER, path + "/counter", "{\"reason\":\"wrong case\"}").body();
        assertThat(counter.get("amount").decimalValue()).isEqualByComparingTo("-31.50");
        assertThat(counter.get("reverses").asText()).isEqualTo(made.get("id").asText());
        assertThat(post(MANAGER, path + "/counter", "{\"reason\":\"again\"}").status()).isEqualTo(409);
    }

    @Test
    @Tag("R50")
    @Tag("R51")
    void aMonthIsAddedUpComparedWithItsBudgetAndClosedOnceEveryVoucherIsChecked() {
        try (TestApi books = new TestApi()) {
            String id = books.call(ENGINEER, "POST", "/costs", """
                    {"kind":"labour","text":"Visit","minutes":60,"hourlyRate":100,"voucher":"V-9"}""").body()
                    .get("id").asText();
            books.call(ENGINEER, "POST", "/costs",
                    "{\"kind\":\"logistics\",\"text\":\"Parcel\",\"amount\":20,\"department\":\"field-service\"}");
            assertThat(
                    books.call(MANAGER, "PUT", "/budgets/field-service/2026-Q4", "{\"amount\":100}").status())
                    .isEqualTo(200);
            assertThat(
                    books.call(MANAGER, "PUT", "/budgets/field-service/2026-Q4", "{\"amount\":150}").status())
                    .isEqualTo(412);
            assertThat(books.call(MANAGER, "PUT", "/budgets/field-service/2026-Q4", "{\"amount\":150}",
                    "If-Match", "\"1\"").status()).isEqualTo(200);
            JsonNode line = books.call(MANAGER, "GET", "/budgets?period=2026-Q4", null).body().get("items")
                    .get(0);
            assertThat(line.get("actual").decimalValue()).isEqualByComparingTo("120");
            assertThat(line.get("left").decimalValue()).isEqualByComparingTo("30");
            assertThat(line.get("used").decimalValue()).isEqualByComparingTo("0.8");
            for (String period : List.of("2026-11", "2026-Q4", "2026")) {
                JsonNode sum = books.call(MANAGER, "GET", "/costs/summary?period=" + period, null).body();
                assertThat(sum.get("amount").decimalValue()).isEqualByComparingTo(new BigDecimal("120"));
                assertThat(sum.get("byKind").get(0).get("name").asText()).isEqualTo("labour");
                assertThat(sum.get("byState").get("draft").decimalValue()).isEqualByComparingTo("120");
                assertThat(sum.get("closed").asBoolean()).isFalse();
            }
            assertThat(books.call(MANAGER, "POST", "/cost-periods/2026-11/close", null).body().get("detail")
                    .asText())
                    .contains("not over");
            books.clock.forward(Duration.ofDays(30));
            assertThat(books.call(MANAGER, "POST", "/cost-periods/2026-11/close", null).body().get("detail")
                    .asText())
                    .contains("not checked").contains(id);
            books.call(MANAGER, "POST", "/costs/" + id + "/verify", "{}");
            books.call(MANAGER, "POST", "/costs/2/verify", "{\"voucher\":\"V-10\"}");
            JsonNode closed = books.call(MANAGER, "POST", "/cost-periods/2026-11/close", null).body();
            assertThat(closed.get("entries").asInt()).isEqualTo(2);
            assertThat(closed.get("amount").decimalValue()).isEqualByComparingTo("120");
            assertThat(books.call(MANAGER, "GET", "/costs/summary?period=2026-11", null).body().get("closed")
                    .asBoolean()).isTrue();
            JsonNode late = books.call(ENGINEER, "POST", "/costs", """
                    {"kind":"travel","text":"Told late","amount":5,"at":"2026-11-20T10:00:00Z"}""").body();
            assertThat(late.get("period").asText()).isEqualTo("2026-12");
            assertThat(books.call(MANAGER, "GET", "/costs/summary?period=nonsense", null).status())
                    .isEqualTo(400);
        }
    }

    private int booked(String reference) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM service.cost_entry WHERE reference = :reference")
                .bind("reference", reference).mapTo(Integer.class).one());
    }

    private JsonNode add(String fields) {
        Answer made = post(ENGINEER, "/costs", body(fields));
        assertThat(made.status()).as(String.valueOf(made.body())).isEqualTo(201);
        return made.body();
    }

    private String body(String fields) {
        return "{\"ticket\":\"" + ticket + "\",\"text\":\"Spent\"," + fields + "}";
    }

    private Answer post(String user, String path, @Nullable String json) {
        return api.call(user, "POST", path, json);
    }
}
