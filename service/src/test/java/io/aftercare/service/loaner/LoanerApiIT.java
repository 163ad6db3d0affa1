package io.aftercare.service.loaner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoanerApiIT {
    private static final String CORA = "cora:coordinator";
    private static final String BACK = "{\"condition\":\"fine\",\"sound\":true,\"wiped\":true}";
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R3")
    void anEquivalentDeviceIsLentUntilTheRepairEndsAndTheCaseWaitsForIt() {
        api.device("N-1", "north");
        api.device("N-L1", "north");
        add("N-L1");
        String ticket = ticket("N-1");
        Answer lent = api.call("ann:agent", "POST", ticket + "/loaner", "{\"device\":\"N-L1\"}");
        assertThat(lent.status()).isEqualTo(201);
        assertThat(lent.body().get("due").isNull()).isTrue();
        assertThat(api.call("ann:agent", "POST", ticket + "/loaner", "{\"device\":\"N-L1\"}").status())
                .isEqualTo(409);
        assertThat(api.get(ticket).body().at("/loaner/loaner").asText()).isEqualTo("N-L1");
        Answer cancel = api.call("ann:agent", "POST", ticket + "/transitions",
                "{\"to\":\"cancelled\",\"reason\":\"x\"}");
        assertThat(cancel.status()).isEqualTo(409);
        assertThat(cancel.body().get("detail").asText()).contains("N-L1").contains("take it back");
        assertThat(api.call("ann:agent", "POST", ticket + "/transitions",
                "{\"to\":\"resolved\",\"reason\":\"works\",\"rootCause\":\"roller\"}").status())
                .isEqualTo(200);
        JsonNode loan = api.get(ticket + "/loaner").body().at("/items/0");
        assertThat(loan.get("due").asText())
                .isEqualTo(api.clock.instant().plus(Duration.ofDays(7)).toString());
        assertThat(loan.get("isOverdue").asBoolean()).isFalse();
        assertThat(pool("N-L1").get("ticket")).isEqualTo(loan.get("ticket"));
        assertThat(api.call("ann:agent", "POST", ticket + "/transitions",
                "{\"to\":\"closed\",\"verification\":\"ok\"}").body().get("detail").asText())
                .contains("N-L1");
        api.clock.forward(Duration.ofDays(8));
        JsonNode late = api.await(ticket, found -> found.path("timeline").findValuesAsText("text").stream()
                .anyMatch(text -> text.contains("overdue")));
        assertThat(late.at("/loaner/isOverdue").asBoolean()).isTrue();
        assertThat(api.call("ann:agent", "POST", ticket + "/loaner/return", BACK).status()).isEqualTo(200);
        assertThat(api.call("ann:agent", "POST", ticket + "/loaner/return", BACK).status()).isEqualTo(409);
        assertThat(pool("N-L1").get("state").asText()).isEqualTo("available");
        assertThat(pool("N-L1").get("ticket").isNull()).isTrue();
    }

    @Test
    @Tag("R3")
    void aDeviceThatIsNoEquivalentIsNotLentUnlessThePoolSaysItStandsIn() {
        api.device("N-2", "north");
        other("N-L2");
        other("N-L3");
        add("N-L2");
        assertThat(api.call(CORA, "POST", "/loaners", "{\"device\":\"N-L3\",\"equivalents\":[\"LP\"]}")
                .status()).isEqualTo(201);
        String ticket = ticket("N-2");
        Answer refused = api.call("ann:agent", "POST", ticket + "/loaner", "{\"device\":\"N-L2\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("not for a LP");
        assertThat(api.call("ann:agent", "POST", ticket + "/loaner", "{\"device\":\"N-L3\"}").status())
                .isEqualTo(201);
        assertThat(api.call(CORA, "POST", "/loaners/N-L3/state", "{\"to\":\"retired\"}").status())
                .isEqualTo(409);
        assertThat(api.call("ann:agent", "POST", ticket + "/loaner/return",
                "{\"condition\":\"scratched\",\"sound\":true,\"wiped\":false}").status()).isEqualTo(200);
        assertThat(pool("N-L3").get("state").asText()).isEqualTo("checking");
        assertThat(api.call(CORA, "POST", "/loaners/N-L3/state", "{\"to\":\"available\"}", "If-Match",
                "\"1\"").status()).isEqualTo(412);
        assertThat(api.call(CORA, "POST", "/loaners/N-L3/state", "{\"to\":\"available\",\"note\":\"wiped\"}")
                .status()).isEqualTo(200);
        assertThat(
                api.get("/loaners?model=LP&state=available").body().get("items").findValuesAsText("device"))
                .contains("N-L3").doesNotContain("N-L2");
    }

    @Test
    void onlyADeviceOfNobodyComesIntoThePoolAndALoanerIsNoNewDevice() {
        api.device("N-3", "north");
        api.device("N-L4", "north");
        api.database.jdbi().useHandle(
                handle -> handle.execute("UPDATE fleet.device SET customer = 'ACME' WHERE id = 'N-3'"));
        assertThat(api.call(CORA, "POST", "/loaners", "{\"device\":\"N-3\"}").status()).isEqualTo(409);
        assertThat(api.call(CORA, "POST", "/loaners", "{\"device\":\"N-404\"}").status()).isEqualTo(400);
        assertThat(api.call("ann:agent", "POST", "/loaners", "{\"device\":\"N-L4\"}").status())
                .isEqualTo(403);
        add("N-L4");
        assertThat(api.call(CORA, "POST", "/loaners", "{\"device\":\"N-L4\"}").status()).isEqualTo(409);
        Answer exchange = api.call("ann:agent", "POST", ticket("N-3") + "/rma",
                "{\"type\":\"exchange\",\"reason\":\"Dead\",\"quality\":true,\"newDevice\":\"N-L4\"}");
        assertThat(exchange.status()).isEqualTo(409);
        assertThat(exchange.body().get("detail").asText()).contains("it is a loaner");
    }

    private void add(String device) {
        assertThat(api.call(CORA, "POST", "/loaners", "{\"device\":\"" + device + "\"}").status())
                .isEqualTo(201);
    }

    private JsonNode pool(String device) {
        for (JsonNode loaner : api.get("/loaners").body().get("items")) {
            if (loaner.get("device").asText().equals(device)) {
                return loaner;
            }
        }
        throw new AssertionError(device + " is not in the pool");
    }

    private String ticket(String device) {
        return "/tickets/"
                + api.post("/tickets",
                        "{\"device\":\"" + device + "\",\"title\":\"Jams\",\"channel\":\"web\"}")
                        .body().get("id").asText();
    }

    private void other(String id) {
        api.device(id, "north");
        api.database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO fleet.product (model, name, document) VALUES ('XQ', 'Big', '{}')"
                    + " ON CONFLICT DO NOTHING");
            handle.execute("UPDATE fleet.device SET model = 'XQ' WHERE id = ?", id);
        });
    }
}
