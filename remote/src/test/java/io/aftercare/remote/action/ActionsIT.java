package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.LiveReader;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.TestRemote;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionsIT {
    private static final DeviceId DEVICE = new DeviceId("SN-1");
    private final TestRemote house = new TestRemote();
    private Actions actions = house.remote.actions();

    @BeforeEach
    void prepare() {
        house.device("SN-1", "eu", "berlin");
        house.openTickets.add("T-1");
        house.connected = true;
        actions = house.remote.actions();
    }

    @AfterEach
    void stop() {
        house.database.close();
    }

    private Answer ask(String who, String body) throws Exception {
        return house.as(who, "POST", "/devices/SN-1/actions", body);
    }

    private JsonNode asked(String body) throws Exception {
        Answer answer = ask("a:agent", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    private JsonNode now(JsonNode action) throws Exception {
        return house.as("a:agent", "GET", "/actions/" + action.path("id").asText(), null).json();
    }

    private boolean answers(String device, JsonNode action, String result) {
        return actions.result(new DeviceId(device), action.path("id").asText(), Json.parse(result));
    }

    @Test
    void thePagesOfItsCaseHearOfAnAction() throws Exception {
        Principal reader = new Principal("p", Set.of(Role.PARTNER), "", "berlin");
        Principal other = new Principal("q", Set.of(Role.PARTNER), "", "oslo");
        try (LiveReader readers = house.reader(reader);
                LiveReader.Stream live = readers.open();
                LiveReader others = house.reader(other);
                LiveReader.Stream elsewhere = others.open()) {
            house.device("SN-2", "eu", "oslo");
            JsonNode reboot = asked("{\"action\":\"reboot\",\"ticket\":\"1\"}");
            house.as("a:agent", "POST", "/devices/SN-2/actions", "{\"action\":\"ping\"}");
            JsonNode told = live.until("action.changed");
            assertThat(told.path("id").asText()).isEqualTo(reboot.path("id").asText());
            assertThat(told.path("ticket").asText()).isEqualTo("T-000001");
            assertThat(elsewhere.until("action.changed").path("device").asText()).isEqualTo("SN-2");
        }
    }

    @Test
    void anActionGoesToTheDeviceAndItsAnswerComesBack() throws Exception {
        JsonNode action = asked("{\"action\":\"set_interval\",\"params\":{\"seconds\":5}}");
        assertThat(action.path("state").asText()).isEqualTo("sent");
        assertThat(action.path("class").asText()).isEqualTo("B");
        assertThat(house.sent).singleElement().asString()
                .startsWith("SN-1/actions/" + action.path("id").asText() + " ")
                .contains("\"action\":\"set_interval\"", "\"seconds\":5", "\"expires\":\"");
        assertThat(answers("SN-1", action, "{\"status\":\"running\"}")).isTrue();
        assertThat(now(action).path("state").asText()).isEqualTo("delivered");
        answers("SN-1", action, "{\"status\":\"succeeded\",\"output\":{\"was\":10}}");
        assertThat(now(action).path("state").asText()).isEqualTo("succeeded");
        assertThat(now(action).path("output").path("was").asInt()).isEqualTo(10);
        answers("SN-1", action, "{\"status\":\"failed\"}");
        assertThat(now(action).path("state").asText()).as("the first answer counts").isEqualTo("succeeded");
        assertThat(house.as("a:agent", "GET", "/devices/SN-1/actions", null).json().path("items")).hasSize(1);
    }

    @Test
    void anActionWaitsForADeviceThatIsAwayAndIsSentAgainUntilItAnswers() throws Exception {
        house.connected = false;
        JsonNode action = asked("{\"action\":\"ping\"}");
        assertThat(action.path("state").asText()).isEqualTo("queued");
        house.connected = true;
        actions.connected(DEVICE);
        assertThat(now(action).path("state").asText()).isEqualTo("sent");
        actions.connected(DEVICE);
        assertThat(house.sent).hasSize(2);
        answers("SN-1", action, "{\"status\":\"rejected\"}");
        actions.connected(DEVICE);
        assertThat(house.sent).hasSize(2);
        assertThat(now(action).path("state").asText()).isEqualTo("failed");
        assertThat(now(action).path("error").asText()).isEqualTo("rejected by the device");
    }

    @Test
    void anAnswerForAnotherDevicesActionChangesNothing() throws Exception {
        house.device("SN-2");
        JsonNode action = asked("{\"action\":\"ping\"}");
        assertThat(answers("SN-2", action, "{\"status\":\"succeeded\"}")).isFalse();
        assertThat(now(action).path("state").asText()).isEqualTo("sent");
    }

    @Test
    void anAnswerWithoutAStatusEndsNothing() throws Exception {
        JsonNode action = asked("{\"action\":\"set_interval\",\"params\":{\"seconds\":5}}");
        for (String nonsense : List.of("{}", "{\"status\":5}", "{\"status\":\"perhaps\"}")) {
            assertThatThrownBy(() -> answers("SN-1", action, nonsense))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("status");
        }
        assertThat(now(action).path("state").asText()).isEqualTo("sent");
    }

    @Test
    void whatRunsOutOfTimeEndsAndALateAnswerIsKept() throws Exception {
        JsonNode slow = asked("{\"action\":\"ping\"}");
        house.connected = false;
        JsonNode away = asked("{\"action\":\"ping\",\"expiresIn\":\"PT30S\"}");
        house.clock.pass(Duration.ofSeconds(61));
        assertThat(actions.expire(10)).isEqualTo(2);
        assertThat(actions.expire(10)).isZero();
        assertThat(now(slow).path("state").asText()).isEqualTo("timed-out");
        assertThat(now(away).path("state").asText()).isEqualTo("expired");
        answers("SN-1", slow, "{\"status\":\"succeeded\",\"output\":\"pong\"}");
        assertThat(now(slow).path("state").asText()).isEqualTo("timed-out");
        assertThat(now(slow).path("lateResult").path("output").asText()).isEqualTo("pong");
        house.connected = true;
        actions.connected(DEVICE);
        assertThat(house.sent).as("nothing expired is sent").hasSize(1);
    }

    @Test
    void aDangerousActionNeedsTicketConfirmationAndASecondPerson() throws Exception {
        String wish = "{\"action\":\"factory_reset\",\"ticket\":\"T-1\",\"confirm\":\"SN-1\"}";
        assertThat(ask("a:agent", wish).status()).isEqualTo(403);
        assertThat(ask("e:engineer", wish.replace("T-1", "T-9")).status()).isEqualTo(409);
        assertThat(ask("e:engineer", "{\"action\":\"factory_reset\",\"confirm\":\"SN-1\"}").status())
                .isEqualTo(409);
        assertThat(ask("e:engineer", "{\"action\":\"factory_reset\",\"ticket\":\"T-1\"}").text())
                .contains("Confirm with the device's id, SN-1");
        JsonNode action = ask("e:engineer", wish).json();
        assertThat(action.path("state").asText()).isEqualTo("requested");
        String approve = "/actions/" + action.path("id").asText() + "/approve";
        assertThat(house.as("e:engineer", "POST", approve, null).status()).as("not by oneself")
                .isEqualTo(409);
        assertThat(house.as("a:agent", "POST", approve, null).status()).isEqualTo(403);
        assertThat(house.sent).isEmpty();
        Answer approved = house.as("f:engineer", "POST", approve, null);
        assertThat(approved.json().path("state").asText()).as(approved.text()).isEqualTo("sent");
        assertThat(approved.json().path("decidedBy").asText()).isEqualTo("f");
        assertThat(house.as("f:engineer", "POST", approve, null).status()).as("once").isEqualTo(409);
        List<String> deeds = house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit ORDER BY id").mapTo(String.class).list());
        assertThat(deeds).as("what was refused is kept too").containsExactly("action.refuse", "action.refuse",
                "action.refuse", "action.refuse", "action.request", "action.refuse", "action.approve",
                "action.refuse");
    }

    @Test
    void anActionMayBeRejectedOrCancelledWhileTheDeviceHasItNot() throws Exception {
        JsonNode wish = ask("e:engineer",
                "{\"action\":\"factory_reset\",\"ticket\":\"T-1\",\"confirm\":\"SN-1\"}").json();
        Answer rejected = house.as("f:engineer", "POST", "/actions/" + wish.path("id").asText() + "/reject",
                "{\"reason\":\"try a reboot first\"}");
        assertThat(rejected.json().path("state").asText()).isEqualTo("rejected");
        JsonNode sent = asked("{\"action\":\"ping\"}");
        assertThat(house.as("a:agent", "POST", "/actions/" + sent.path("id").asText() + "/cancel",
                "{\"reason\":\"no need\"}").json().path("state").asText()).isEqualTo("cancelled");
        assertThat(house.sent.getLast()).as("the device is told")
                .isEqualTo("SN-1/actions/" + sent.path("id").asText() + " {\"cancelled\":true}");
        house.connected = false;
        JsonNode queued = asked("{\"action\":\"ping\"}");
        assertThat(house.as("a:agent", "POST", "/actions/" + queued.path("id").asText() + "/cancel",
                "{\"reason\":\"no need\"}").json().path("state").asText()).isEqualTo("cancelled");
    }

    @Test
    void theGuardsRefuseWhatTheProductPersonOrMomentDoesNotAllow() throws Exception {
        assertThat(ask("a:agent", "{\"action\":\"explode\"}").text())
                .contains("it has ping, set_interval, reboot");
        assertThat(ask("a:agent", "{\"action\":\"set_interval\",\"params\":{\"seconds\":0}}").status())
                .isEqualTo(400);
        assertThat(ask("a:agent", "{\"action\":\"set_interval\",\"params\":{\"minutes\":1}}").status())
                .isEqualTo(400);
        assertThat(ask("a:agent", "{\"action\":\"ping\",\"params\":{\"x\":1}}").text())
                .contains("takes no parameters");
        assertThat(ask("a:agent", "{\"action\":\"ping\",\"expiresIn\":\"soon\"}").status()).isEqualTo(400);
        assertThat(ask("a:agent", "{\"action\":\"ping\",\"expiresIn\":\"P30D\"}").status()).isEqualTo(400);
        assertThat(ask("a:agent", "{\"action\":\"ping\",\"confirm\":\"SN-2\"}").status()).isEqualTo(409);
        assertThat(ask("a:agent", "{\"action\":\"reboot\"}").text()).contains("needs the ticket");
        assertThat(ask("a:agent", "{\"action\":\"reboot\",\"ticket\":\"T-1\"}").status()).isEqualTo(202);
        assertThat(ask("a:agent:us", "{\"action\":\"ping\"}").status()).as("another region").isEqualTo(403);
        assertThat(ask("p:partner::berlin", "{\"action\":\"ping\"}").status()).isEqualTo(403);
        assertThat(house.as("a:agent", "POST", "/devices/NONE/actions", "{\"action\":\"ping\"}").status())
                .isEqualTo(404);
        house.updating.add(DEVICE);
        assertThat(ask("a:agent", "{\"action\":\"set_interval\",\"params\":{\"seconds\":5}}").text())
                .contains("in the middle of a firmware update");
        for (int i = 0; i < ActionConfig.DEFAULT.perDeviceMax() - 1; i++) {
            assertThat(ask("a:agent", "{\"action\":\"ping\"}").status()).isEqualTo(202);
        }
        assertThat(ask("a:agent", "{\"action\":\"ping\"}").status()).isEqualTo(429);
    }
}
