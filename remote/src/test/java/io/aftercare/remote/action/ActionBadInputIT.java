package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.TestRemote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is wrong with a request, an answer or a moment: a clear answer, an entry in the audit, and nothing done.
class ActionBadInputIT {
    private static final DeviceId DEVICE = new DeviceId("SN-1");
    private static final String REBOOT = "{\"action\":\"reboot\",\"ticket\":\"T-1\"}";
    private static final Principal ENGINEER = new Principal("e", Set.of(Role.ENGINEER), "", "");

    @AutoClose
    private final TestRemote house = new TestRemote(
            RemoteConfig.defaults().with(new ActionConfig(ConsentPolicy.WHERE_ASKED, 30, 40, 1_000)));
    private final Actions actions = house.remote.actions();

    @BeforeEach
    void prepare() {
        house.device("SN-1", "eu", "berlin");
        house.device("SN-2", "eu", "berlin");
        house.openTickets.add("T-1");
        house.connected = true;
    }

    private Answer ask(String who, String body, String... headers) throws Exception {
        return house.as(who, "POST", "/devices/SN-1/actions", body, headers);
    }

    private JsonNode asked(String body) throws Exception {
        Answer answer = ask("e:engineer", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    private JsonNode now(JsonNode action) throws Exception {
        return house.as("a:agent", "GET", "/actions/" + action.path("id").asText(), null).json();
    }

    private List<JsonNode> audit(String deed) {
        return house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT detail FROM fleet.audit WHERE action = :deed ORDER BY id")
                .bind("deed", deed).mapTo(String.class).map(Json::parse).list());
    }

    @Test
    void aRefusedRequestIsInTheAuditWithItsReasonAndReachesNoDevice() throws Exception {
        List<String> refused = List.of("{\"action\":\"explode\"}",
                "{\"action\":\"set_interval\",\"params\":{\"seconds\":\"often\"},\"why\":\"to see more\"}",
                "{\"action\":\"reboot\",\"ticket\":\"T-2\"}",
                "{\"action\":\"factory_reset\",\"ticket\":\"T-1\"}",
                "{\"action\":\"ping\",\"expiresIn\":\"P8D\"}");
        List<Integer> statuses = new ArrayList<>();
        for (String wish : refused) {
            statuses.add(ask("e:engineer", wish).status());
        }
        assertThat(statuses).containsExactly(400, 400, 409, 409, 400);
        assertThat(house.as("e:engineer", "POST", "/devices/NONE/actions", REBOOT).status()).isEqualTo(404);
        assertThat(house.sent).isEmpty();
        List<JsonNode> entries = audit("action.refuse");
        assertThat(entries).extracting(entry -> entry.path("status").asInt()).containsExactly(400, 400, 409,
                409,
                400, 404);
        assertThat(entries.get(1).path("why").asText()).isEqualTo("to see more");
        assertThat(entries.get(2).path("reason").asText())
                .isEqualTo("Ticket T-000002 is not an open ticket of device SN-1");
        assertThat(entries.get(1).toString()).as("the parameters by their hash alone")
                .doesNotContain("often");
        assertThat(house.meters.counter("aftercare_remote_refusals_total", "status", "409").count())
                .isEqualTo(2);
    }

    @Test
    void tooManyRequestsAreInTheAuditOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertThat(ask("e:engineer", "{\"action\":\"ping\"}").status()).isEqualTo(202);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(ask("e:engineer", "{\"action\":\"ping\"}").text()).contains("30 actions a minute");
        }
        assertThat(audit("action.refuse")).hasSize(1);
        for (int i = 0; i < 10; i++) {
            assertThat(
                    house.as("e:engineer", "POST", "/devices/SN-2/actions", "{\"action\":\"ping\"}").status())
                    .isEqualTo(202);
        }
        assertThat(house.as("e:engineer", "POST", "/devices/SN-2/actions", "{\"action\":\"ping\"}").text())
                .contains("40 actions a minute for a person");
        house.clock.pass(Duration.ofSeconds(61));
        assertThat(ask("e:engineer", "{\"action\":\"ping\"}").status()).isEqualTo(202);
    }

    @Test
    void anExpiredConsentStopsWhatIsAskedWhatIsApprovedAndWhatWaits() throws Exception {
        house.consents.put(Purpose.ACTION, Consent.GIVEN);
        house.connected = false;
        JsonNode waiting = asked(REBOOT);
        JsonNode dangerous = asked("{\"action\":\"factory_reset\",\"ticket\":\"T-1\",\"confirm\":\"SN-1\"}");
        house.consents.put(Purpose.ACTION, Consent.EXPIRED);
        assertThat(ask("e:engineer", REBOOT).text()).contains("consent to this is over; ask again");
        assertThat(
                house.as("f:engineer", "POST", "/actions/" + dangerous.path("id").asText() + "/approve", null)
                        .status())
                .isEqualTo(409);
        house.connected = true;
        actions.connected(DEVICE);
        assertThat(house.sent).isEmpty();
        assertThat(now(waiting).path("state").asText()).isEqualTo("failed");
        assertThat(now(waiting).path("error").asText()).startsWith("not sent: The customer's consent");
        assertThat(audit("action.end")).singleElement()
                .satisfies(entry -> assertThat(entry.path("result").asText()).isEqualTo("failed"));
        assertThat(audit("action.refuse")).extracting(entry -> entry.path("tried").asText())
                .containsExactly("request", "approve");
    }

    @Test
    void aTicketThatIsClosedMeanwhileStopsWhatWaits() throws Exception {
        house.connected = false;
        JsonNode waiting = asked(REBOOT);
        house.openTickets.clear();
        house.connected = true;
        assertThat(actions.lookAround("")).isNull();
        assertThat(house.sent).isEmpty();
        assertThat(now(waiting).path("error").asText()).contains("T-000001 is not an open ticket");
    }

    @Test
    void anUpdateThatBeganMeanwhileHoldsTheActionBackUntilItIsOver() throws Exception {
        house.connected = false;
        JsonNode reboot = asked(REBOOT);
        JsonNode ping = asked("{\"action\":\"ping\"}");
        house.updating.add(DEVICE);
        house.connected = true;
        actions.connected(DEVICE);
        assertThat(now(reboot).path("state").asText()).isEqualTo("queued");
        assertThat(now(ping).path("state").asText()).as("reading disturbs no update").isEqualTo("sent");
        house.updating.clear();
        actions.lookAround("");
        assertThat(now(reboot).path("state").asText()).isEqualTo("sent");
    }

    @Test
    void anAnswerTwiceForAnothersOrForNoActionDoesNothing() throws Exception {
        JsonNode action = asked("{\"action\":\"ping\"}");
        String id = action.path("id").asText();
        JsonNode yes = Json.parse("{\"status\":\"succeeded\",\"output\":1}");
        assertThat(actions.result(new DeviceId("SN-2"), id, yes)).isFalse();
        assertThat(actions.result(new DeviceId("SN-2"), id, yes)).isFalse();
        assertThat(actions.result(DEVICE, "a0", yes)).isFalse();
        assertThat(now(action).path("state").asText()).isEqualTo("sent");
        assertThat(audit("action.trespass")).as("once for each device").hasSize(2);
        assertThat(actions.result(DEVICE, id, yes)).isTrue();
        assertThat(actions.result(DEVICE, id, Json.parse("{\"status\":\"failed\",\"output\":2}"))).isTrue();
        assertThat(now(action).path("output").asInt()).isEqualTo(1);
        assertThat(now(action).path("lateResult").isNull()).isTrue();
        assertThat(answers("foreign")).isEqualTo(3);
        assertThat(answers("taken")).isEqualTo(1);
        assertThat(answers("repeated")).isEqualTo(1);
        JsonNode waits = asked("{\"action\":\"factory_reset\",\"ticket\":\"T-1\",\"confirm\":\"SN-1\"}");
        assertThat(actions.result(DEVICE, waits.path("id").asText(), yes)).as("nobody has sent it").isFalse();
        assertThat(now(waits).path("state").asText()).isEqualTo("requested");
    }

    private double answers(String outcome) {
        return house.meters.counter("aftercare_remote_answers_total", "outcome", outcome).count();
    }

    @Test
    void aDeviceCannotAddToALateAnswerWithoutEnd() throws Exception {
        JsonNode action = asked("{\"action\":\"ping\"}");
        String id = action.path("id").asText();
        house.as("e:engineer", "POST", "/actions/" + id + "/cancel", "{\"reason\":\"no need\"}");
        actions.result(DEVICE, id, Json.parse("{\"status\":\"running\"}"));
        for (int i = 0; i < 5; i++) {
            actions.result(DEVICE, id, Json.parse("{\"status\":\"succeeded\",\"output\":" + i + "}"));
        }
        assertThat(now(action).path("lateResult").path("output").asInt(-1)).isZero();
        assertThat(now(action).path("state").asText()).isEqualTo("cancelled");
        assertThat(audit("action.late")).hasSize(2);
    }

    @Test
    void theSameKeyGivesTheSameActionAndNoOther() throws Exception {
        Wish wish = Wish.of("ping").keyed("runbook:7:1");
        Action first = actions.request(ENGINEER, DEVICE, wish);
        assertThat(actions.request(ENGINEER, DEVICE, wish).id()).isEqualTo(first.id());
        assertThat(house.sent).as("a second look at it may send it again, under the same id")
                .allSatisfy(sent -> assertThat(sent).contains(first.id()));
        assertThat(house.database.jdbi().<Integer, RuntimeException>withHandle(ActionBadInputIT::count))
                .isEqualTo(1);
        assertThat(elsewhere(wish)).contains(first.id());
        String body = "{\"action\":\"ping\"}";
        JsonNode once = ask("e:engineer", body, "Idempotency-Key", "k1").json();
        assertThat(ask("e:engineer", body, "Idempotency-Key", "k1").json().path("id"))
                .isEqualTo(once.path("id"));
        assertThat(ask("f:engineer", body, "Idempotency-Key", "k1").json().path("id")).as("another's key")
                .isNotEqualTo(once.path("id"));
    }

    private static int count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM remote.action").mapTo(Integer.class).one();
    }

    /// What is said where the key is used for another device.
    private String elsewhere(Wish wish) {
        try {
            return actions.request(ENGINEER, new DeviceId("SN-2"), wish).id();
        } catch (Problem refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void aReservedActionIsKeptToItsRoom() throws Exception {
        actions.reserve("ping", "echo:", "Ask at /echo");
        assertThat(ask("e:engineer", "{\"action\":\"ping\"}").text()).contains("Ask at /echo");
        assertThat(actions.request(ENGINEER, DEVICE, Wish.of("ping").keyed("echo:1")).state())
                .isEqualTo(ActionState.SENT);
        JsonNode offered = house.as("e:engineer", "GET", "/devices/SN-1/actions/available", null).json();
        assertThat(offered.path("items").findValuesAsText("action")).doesNotContain("ping")
                .contains("reboot");
    }
}
