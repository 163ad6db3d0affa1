package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.Crew;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.portal.PortalLinks;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/// What the tests of field service share: a desk, a crew, and the ways of those who take part, through HTTP alone.
abstract class FieldServiceCase {
    static final String BOSS = "cat:coordinator";
    static final String EVE = "eve:engineer";
    static final String ON_SITE = "{\"type\":\"on-site\",\"task\":\"Fuser\",\"site\":{\"lat\":31.2,\"lon\":121.5}}";
    static final String REPAIR = "{\"symptom\":\"too hot\",\"process\":\"new fuser\",\"minutes\":40,"
            + "\"travelMinutes\":30,\"result\":\"prints cool\"}";
    @AutoClose
    final TestApi api = new TestApi();
    Crew crew;

    @BeforeEach
    void open() {
        crew = new Crew(api);
        api.database.jdbi().useHandle(handle -> handle.execute("UPDATE fleet.device SET region = 'north'"));
    }

    /// From the approved draft to the repair.
    final void visit(String order) {
        dispatch(order, "eve", "13:00", "15:00");
        eve(order + "/accept", null);
        eve(order + "/appointment", "{}");
        eve(order + "/preparation", "{\"items\":{\"tools\":true,\"parts\":true,\"papers\":true}}");
        move(order, "en-route");
        eve(order + "/arrival", "{\"answers\":{\"id-shown\":\"yes\",\"fault-reconfirmed\":\"jams\"}}");
        assertThat(move(order, "repairing").status()).isEqualTo(200);
    }

    final String ticket(String device) {
        JsonNode made = api
                .post("/tickets", "{\"device\":\"" + device + "\",\"title\":\"Jams\",\"channel\":\"phone\","
                        + "\"contact\":{\"name\":\"Li\",\"email\":\"li@example.org\"}}")
                .body();
        String ticket = "/tickets/" + made.get("id").asText();
        assertThat(boss(ticket + "/charge-waiver", "{\"reason\":\"about the work alone\"}").status())
                .isEqualTo(204);
        return ticket;
    }

    final String order(String ticket, String json) {
        Answer made = api.post(ticket + "/work-orders", json);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return "/work-orders/" + made.body().get("id").asText();
    }

    final String approved(String device, String json) {
        String order = order(ticket(device), json);
        boss(order + "/review", "{\"decision\":\"approve\"}");
        return order;
    }

    final Answer dispatch(String order, String engineer, String from, String to) {
        return dispatchAt(order, engineer, "2026-11-02T" + from + ":00Z", "2026-11-02T" + to + ":00Z");
    }

    final Answer dispatchAt(String order, String engineer, String start, String end) {
        return boss(order + "/dispatch", slot(engineer, start, end));
    }

    static String slot(String engineer, String start, String end) {
        return "{\"engineer\":\"" + engineer + "\",\"start\":\"" + start + "\",\"end\":\"" + end + "\"}";
    }

    final Answer boss(String path, String json) {
        return api.call(BOSS, "POST", path, json);
    }

    final Answer eve(String path, @Nullable String json) {
        return api.call(EVE, "POST", path, json);
    }

    final Answer move(String order, String to) {
        return eve(order + "/transitions", "{\"to\":\"" + to + "\"}");
    }

    final void record(String order) {
        String version = api.get(order).body().get("version").asText();
        assertThat(api.call(EVE, "PUT", order + "/repair", REPAIR, "If-Match", version).status())
                .isEqualTo(200);
    }

    final void test(String order, boolean passed) {
        assertThat(eve(order + "/test",
                "{\"checks\":[{\"name\":\"test page\",\"value\":\"clean\",\"passed\":true},"
                        + "{\"name\":\"temperature\",\"value\":\"214\",\"limit\":\"below 200\",\"passed\":"
                        + passed + "}]}")
                .status()).isEqualTo(200);
    }

    /// Without a login.
    final Answer open(String method, String path, @Nullable String json) {
        return api.call("nobody:", method, path, json);
    }

    final String token(String ticket) {
        return api.database.inTransaction(handle -> PortalLinks.issue(handle,
                Long.parseLong(ticket.replace("/tickets/", "")), api.clock.instant()));
    }

    final String clock(String ticket, String type) {
        return api.get(ticket).body().get("clocks").valueStream()
                .filter(one -> one.get("type").asText().equals(type)).findFirst().orElseThrow().get("state")
                .asText();
    }

    final List<JsonNode> customerWasTold(String template) {
        return crew.outbox("notice.customer").stream()
                .filter(one -> one.get("template").asText().equals(template))
                .map(one -> one.get("params")).toList();
    }

    final List<String> costs() {
        return crew.outbox("cost.posted").stream()
                .map(one -> one.get("kind").asText() + " " + one.get("amount").decimalValue().setScale(2))
                .toList();
    }

    static String detail(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(409);
        return answer.body().get("detail").asText();
    }

    static int status(Future<Answer> answer) {
        return answer.resultNow().status();
    }
}
