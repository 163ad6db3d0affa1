package io.aftercare.service.rma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.portal.PortalLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RmaApiIT {
    private static final String CORA = "cora:coordinator";
    private static final String EVA = "eva:engineer";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R39")
    @Tag("R2")
    void anExchangeGoesItsWayAndTheNewDeviceCarriesTheWarranty() {
        device("X-1", "2026-10-20", "ACME");
        device("X-2", null, "");
        String ticket = ticket("X-1");
        Answer asked = api.call("ann:agent", "POST", "/tickets/" + ticket + "/rma",
                "{\"type\":\"exchange\",\"reason\":\"Dead on arrival\",\"quality\":true}");
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.body().get("payer").asText()).isEqualTo("company");
        String rma = "/rmas/" + asked.body().get("number").asText();
        assertThat(api.call("ann:agent", "POST", rma + "/approve", "{}").status()).isEqualTo(403);
        Answer own = api.call("ann:coordinator", "POST", rma + "/approve", "{}");
        assertThat(own.status()).isEqualTo(409);
        assertThat(own.body().get("detail").asText()).contains("somebody else than ann");
        assertThat(api.call(CORA, "POST", rma + "/approve", "{\"advance\":true,\"compensation\":50.00}",
                "If-Match", "\"9\"").status()).isEqualTo(412);
        ok(CORA, rma + "/approve", "{\"advance\":true,\"compensation\":50.00}");
        ok(CORA, rma + "/shipments", "{\"direction\":\"outbound\",\"device\":\"X-2\",\"carrier\":\"SF\","
                + "\"tracking\":\"SF100\",\"cost\":18.5}");
        JsonNode wrong = ok(EVA, rma + "/receipts", "{\"serial\":\"X-9\",\"condition\":\"dusty\"}");
        assertThat(wrong.get("state").asText()).isEqualTo("shipped");
        assertThat(wrong.at("/receipts/0/matches").asBoolean()).isFalse();
        ok(EVA, rma + "/receipts", "{\"serial\":\"X-1\",\"condition\":\"as new\"}");
        Answer twice = api.call(EVA, "POST", rma + "/receipts",
                "{\"serial\":\"X-1\",\"condition\":\"as new\"}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(state("X-1")).isEqualTo("in-repair");
        ok(EVA, rma + "/inspection",
                "{\"findings\":\"Board dead\",\"photos\":[\"p1\"],\"verdict\":\"quality\"}");
        assertThat(ok(CORA, rma + "/outcome", "{\"outcome\":\"replaced\"}").get("newDevice").asText())
                .isEqualTo("X-2");
        assertThat(api.call("ann:agent", "POST", "/tickets/" + ticket + "/transitions",
                "{\"to\":\"cancelled\",\"reason\":\"x\"}").body().get("detail").asText()).contains("R-0");
        ok(CORA, rma + "/close", "{}");
        assertThat(state("X-1")).isEqualTo("replaced");
        assertThat(customer("X-2")).isEqualTo("ACME");
        JsonNode fresh = api.get("/devices/X-2/entitlement").body();
        assertThat(fresh.get("covered").asBoolean()).isTrue();
        assertThat(fresh.get("until").asText()).isEqualTo("2027-10-20");
        assertThat(fresh.at("/reasons/0/en").asText()).contains("X-1");
        assertThat(api.get("/devices/X-1/entitlement").body().get("state").asText())
                .isEqualTo("transferred");
        assertThat(posted("rma/" + asked.body().get("id").asText() + "/shipment-1")).isEqualTo("18.50");
        assertThat(posted("rma/" + asked.body().get("id").asText() + "/compensation")).isEqualTo("50.00");
        assertThat(api.get("/tickets/" + ticket).body().at("/returns/0/state").asText()).isEqualTo("closed");
    }

    @Test
    @Tag("R24")
    void aReturnedUnitIsReportedWithinThreeWorkingDays() {
        device("X-3", "2026-10-20", "ACME");
        String ticket = ticket("X-3");
        String rma = approved(ticket, "{\"type\":\"repair-return\",\"reason\":\"Jams\",\"quality\":true}");
        ok(EVA, rma + "/receipts", "{\"serial\":\"X-3\",\"condition\":\"used\"}");
        JsonNode clock = clock(ticket);
        assertThat(clock.get("state").asText()).isEqualTo("running");
        Instant due = Instant.parse(clock.get("due").asText());
        assertThat(due).isBetween(api.clock.instant().plus(Duration.ofDays(2)),
                api.clock.instant().plus(Duration.ofDays(7)));
        ok(EVA, rma + "/inspection",
                "{\"findings\":\"Worn roller\",\"photos\":[\"p1\",\"p2\"],\"verdict\":\"quality\"}");
        assertThat(clock(ticket).get("state").asText()).isEqualTo("met");
        JsonNode report = api.get(rma).body().get("inspection");
        assertThat(report.get("findings").asText()).isEqualTo("Worn roller");
        assertThat(report.get("photos").size()).isEqualTo(2);
        assertThat(report.get("inspector").asText()).isEqualTo("eva");
        assertThat(noticed(ticket)).contains("rma-received", "rma-report");
    }

    @Test
    @Tag("R37")
    void theCustomerChoosesTheWayAndConfirmsRecordAndFeesOnTheirPage() {
        device("X-4", "2026-10-20", "ACME");
        String ticket = ticket("X-4");
        String rma = approved(ticket, "{\"type\":\"repair-return\",\"reason\":\"Jams\",\"quality\":true}");
        String token = api.database
                .inTransaction(handle -> PortalLinks.issue(handle, Long.parseLong(ticket),
                        api.clock.instant()));
        String page = "/customer/" + token + "/returns";
        String id = api.get(page).body().at("/items/0/id").asText();
        assertThat(api.get(page).body().at("/items/0/mayChoose").asBoolean()).isTrue();
        assertThat(api.call("ann:agent", "POST", page + "/" + id + "/way", "{\"way\":\"courier-pickup\"}")
                .status()).isEqualTo(200);
        assertThat(api.get(rma).body().get("way").asText()).isEqualTo("courier-pickup");
        ok(CORA, rma + "/shipments", "{\"direction\":\"inbound\",\"carrier\":\"SF\",\"tracking\":\"SF7\"}");
        ok(EVA, rma + "/receipts", "{\"serial\":\"X-4\",\"condition\":\"used\"}");
        ok(EVA, rma + "/inspection", "{\"findings\":\"Worn roller\",\"verdict\":\"quality\"}");
        ok(EVA, rma + "/outcome", "{\"outcome\":\"repaired\",\"work\":\"Roller replaced\"}");
        assertThat(noticed(ticket)).contains("rma-ready");
        assertThat(api.call(CORA, "POST", rma + "/close", "{}").status()).isEqualTo(409);
        ok(CORA, rma + "/shipments", "{\"direction\":\"outbound\",\"carrier\":\"SF\",\"tracking\":\"SF8\"}");
        JsonNode shown = api.get(page).body().at("/items/0");
        assertThat(shown.get("record").asText()).isEqualTo("Roller replaced");
        assertThat(shown.get("parcels").size()).isEqualTo(2);
        assertThat(api.call("ann:agent", "POST", page + "/" + id + "/handover",
                "{\"recordChecked\":true,\"feesChecked\":false}").status()).isEqualTo(409);
        assertThat(api.call("ann:agent", "POST", page + "/" + id + "/handover",
                "{\"recordChecked\":true,\"feesChecked\":true}").body().get("mayConfirm").asBoolean())
                .isFalse();
        ok(CORA, rma + "/close", "{}");
        assertThat(state("X-4")).isEqualTo("active");
        assertThat(api.get(rma).body().at("/handover/by").asText()).isEqualTo("customer");
        assertThat(api.get("/customer/" + "x".repeat(43) + "/returns").status()).isEqualTo(404);
    }

    @Test
    @Tag("R4")
    @Tag("R9")
    void misuseFoundByTheInspectionTakesTheCaseOutOfTheWarranty() {
        device("X-5", "2026-10-20", "ACME");
        String ticket = ticket("X-5");
        assertThat(api.get("/tickets/" + ticket).body().at("/entitlement/covered").asBoolean()).isTrue();
        String rma = approved(ticket, "{\"type\":\"repair-return\",\"reason\":\"Jams\",\"quality\":true}");
        ok(EVA, rma + "/receipts", "{\"serial\":\"X-5\",\"condition\":\"used\"}");
        JsonNode after = ok(EVA, rma + "/inspection",
                "{\"findings\":\"Fell off a table\",\"verdict\":\"misuse\"}");
        assertThat(after.get("payer").asText()).isEqualTo("customer");
        assertThat(after.get("quoteNeeded").asBoolean()).isTrue();
        JsonNode entitlement = api.get("/tickets/" + ticket).body().get("entitlement");
        assertThat(entitlement.get("state").asText()).isEqualTo("excluded");
        assertThat(entitlement.at("/suggestion/step").asText()).isEqualTo("quote");
        Answer refused = api.call(EVA, "POST", rma + "/outcome",
                "{\"outcome\":\"repaired\",\"work\":\"Glued\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("quote");
        ok(EVA, rma + "/outcome", "{\"outcome\":\"returned\",\"work\":\"The customer declined\"}");
    }

    @Test
    @Tag("R9")
    void moneyBackWithoutADefectHasItsTime() {
        device("X-6", "2026-10-29", "ACME");
        device("X-7", "2026-10-20", "ACME");
        String body = "{\"type\":\"refund\",\"reason\":\"Too big\",\"unused\":true,\"packIntact\":true}";
        Answer late = api.call("ann:agent", "POST", "/tickets/" + ticket("X-7") + "/rma", body);
        assertThat(late.body().at("/payerReason/code").asText()).isEqualTo("too-late");
        assertThat(api.call(CORA, "POST", "/rmas/" + late.body().get("id").asText() + "/approve", "{}")
                .status()).isEqualTo(409);
        String rma = approved(ticket("X-6"), body);
        assertThat(api.get(rma).body().get("payer").asText()).isEqualTo("customer");
        ok(EVA, rma + "/receipts", "{\"serial\":\"X-6\",\"condition\":\"unused\"}");
        ok(EVA, rma + "/inspection", "{\"findings\":\"Unused\",\"verdict\":\"non-quality\"}");
        assertThat(api.call(CORA, "POST", rma + "/outcome", "{\"outcome\":\"refunded\"}").status())
                .isEqualTo(400);
        assertThat(ok(CORA, rma + "/outcome", "{\"outcome\":\"refunded\",\"refund\":1999.00}").get("refund")
                .asDouble()).isEqualTo(1999.0);
        ok(CORA, rma + "/close", "{}");
        assertThat(state("X-6")).isEqualTo("retired");
    }

    @Test
    void aDeviceInUseElsewhereIsNoNewOneAndADeviceComesBackOnceAtATime() {
        device("X-8", "2026-10-20", "ACME");
        device("X-9", "2026-10-20", "OTHER");
        String ticket = ticket("X-8");
        String asked = "{\"type\":\"exchange\",\"reason\":\"Dead\",\"quality\":true,\"newDevice\":\"%s\"}";
        String path = "/tickets/" + ticket + "/rma";
        assertThat(api.call("ann:agent", "POST", path, asked.formatted("X-9")).body().get("detail").asText())
                .contains("in use elsewhere").contains("OTHER");
        assertThat(api.call("ann:agent", "POST", path, asked.formatted("X-8")).status()).isEqualTo(409);
        assertThat(api.call("ann:agent", "POST", path, asked.formatted("X-404")).status()).isEqualTo(400);
        device("X-10", null, "");
        assertThat(api.call("ann:agent", "POST", path, asked.formatted("X-10")).status()).isEqualTo(201);
        assertThat(api.call("ann:agent", "POST", path, asked.formatted("X-10")).status()).isEqualTo(409);
        device("X-11", "2026-10-20", "ACME");
        Answer twice = api.call("ann:agent", "POST", "/tickets/" + ticket("X-11") + "/rma",
                asked.formatted("X-10"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.body().get("detail").asText()).contains("in the return R-");
    }

    @Test
    void aPartnerSeesItsOutletsReturnsOnlyAndListsGoPageByPage() {
        api.device("X-12", "south");
        String ticket = ticket("X-12");
        String rma = "/rmas/" + api.call("ann:agent", "POST", "/tickets/" + ticket + "/rma",
                "{\"type\":\"repair-return\",\"reason\":\"Jams\"}").body().get("id").asText();
        assertThat(api.call("pat:partner:north", "GET", rma, null).status()).isEqualTo(404);
        assertThat(api.call("pat:partner:south", "GET", rma, null).status()).isEqualTo(200);
        assertThat(api.call("pat:partner:south", "GET", "/rmas?state=open", null).body().get("items").size())
                .isEqualTo(1);
        assertThat(api.get("/rmas?state=wrong").status()).isEqualTo(400);
        assertThat(api.get("/rmas?limit=1").body().get("items").size()).isEqualTo(1);
        assertThat(api.get("/rmas/R-999999").status()).isEqualTo(404);
    }

    private String approved(String ticket, String body) {
        String rma = "/rmas/"
                + api.call("ann:agent", "POST", "/tickets/" + ticket + "/rma", body).body().get("id")
                        .asText();
        ok(CORA, rma + "/approve", "{}");
        return rma;
    }

    private JsonNode ok(String user, String path, String body) {
        Answer answer = api.call(user, "POST", path, body);
        assertThat(answer.status()).as("%s %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode clock(String ticket) {
        for (JsonNode clock : api.get("/tickets/" + ticket).body().get("clocks")) {
            if (clock.get("type").asText().equals("inspection")) {
                return clock;
            }
        }
        throw new AssertionError("no inspection clock");
    }

    private String ticket(String device) {
        return api.post("/tickets", "{\"device\":\"" + device
                + "\",\"title\":\"Broken\",\"channel\":\"web\",\"contact\":{\"name\":\"Li\",\"email\":\"li@example.org\"}}")
                .body().get("id").asText();
    }

    private String posted(String key) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT payload ->> 'amount' FROM fleet.outbox WHERE topic = 'cost.posted' AND key = :key")
                .bind("key", key).mapTo(String.class).one());
    }

    private List<String> noticed(String ticket) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT payload ->> 'template' FROM fleet.outbox
                WHERE topic = 'notice.customer' AND payload ->> 'ticket' = :ticket""").bind("ticket", ticket)
                .mapTo(String.class).list());
    }

    private String state(String device) {
        return column(device, "state");
    }

    private String customer(String device) {
        return column(device, "customer");
    }

    private String column(String device, String column) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT " + column + " FROM fleet.device WHERE id = :id").bind("id", device)
                .mapTo(String.class).one());
    }

    private void device(String id, @Nullable String bought, String customer) {
        api.device(id, "north");
        api.database.jdbi().useHandle(handle -> handle.execute(
                "UPDATE fleet.device SET purchased = ?::date, customer = ? WHERE id = ?", bought, customer,
                id));
    }
}
