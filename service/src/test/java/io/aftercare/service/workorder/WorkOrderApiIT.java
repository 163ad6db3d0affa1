package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkOrderApiIT {
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void anOrderIsMadeReadListedAndShownOnItsCase() {
        String ticket = ticket("LP-1");
        Answer made = order(ticket,
                "{\"type\":\"on-site\",\"task\":\"Fuser\",\"site\":{\"lat\":31.2,\"lon\":121.5}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().get("state").asText()).isEqualTo("draft");
        assertThat(made.body().get("model").asText()).isEqualTo("LP");
        JsonNode read = api.get("/work-orders/" + made.body().get("number").asText()).body();
        assertThat(read).isEqualTo(made.body());
        assertThat(api.get("/tickets/" + ticket + "/work-orders").body().get("items")).containsExactly(read);
        assertThat(api.get("/tickets/" + ticket).body().get("workOrders")).containsExactly(read);
        assertThat(api.get("/work-orders?state=draft&device=LP-1").body().get("items")).contains(read);
        assertThat(api.get("/work-orders?state=done").body().get("items")).isEmpty();
        assertThat(api.get("/work-orders?state=lost").status()).isEqualTo(400);
        assertThat(api.get("/work-orders/W-999999").status()).isEqualTo(404);
    }

    @Test
    void aCaseWithAnOpenOrderCannotBeSolvedAndSaysWhich() {
        String ticket = ticket("LP-1");
        String number = order(ticket, "{\"type\":\"depot\",\"task\":\"Fuser\"}").body().get("number")
                .asText();
        Answer refused = api.post("/tickets/" + ticket + "/transitions",
                "{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains(number).contains("draft");
    }

    @Test
    @Tag("R69")
    void aPartnerSeesTheOrdersOfItsOutletAlone() {
        String north = order(ticket("LP-1"), "{\"type\":\"depot\",\"task\":\"x\"}").body().get("id").asText();
        String south = order(ticket("LP-2"), "{\"type\":\"depot\",\"task\":\"x\"}").body().get("id").asText();
        String partner = "shop:partner:south";
        assertThat(api.call(partner, "GET", "/work-orders/" + north, null).status()).isEqualTo(404);
        assertThat(api.call(partner, "GET", "/work-orders/" + south, null).status()).isEqualTo(200);
        assertThat(api.call(partner, "GET", "/work-orders?limit=1000", null).body().get("items")
                .findValuesAsText("device")).isNotEmpty().containsOnly("LP-2");
    }

    private String ticket(String device) {
        return api
                .post("/tickets", "{\"device\":\"" + device + "\",\"title\":\"Jams\",\"channel\":\"phone\"}")
                .body().get("id").asText();
    }

    private Answer order(String ticket, String json) {
        return api.post("/tickets/" + ticket + "/work-orders", json);
    }
}
