package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.TestRemote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How actions come to devices, and who hears of their ends.
class ActionDeliveryIT {
    private static final DeviceId DEVICE = new DeviceId("SN-1");
    private static final Principal AGENT = new Principal("a", Set.of(Role.AGENT), "", "");

    @AutoClose
    private final TestRemote house = new TestRemote();
    private final Actions actions = house.remote.actions();

    @BeforeEach
    void prepare() {
        house.device("SN-1");
        house.openTickets.add("T-1");
    }

    private static String cancel(Action action) {
        return "/actions/" + action.id() + "/cancel";
    }

    private List<String> sentIds() {
        return house.sent.stream().map(sent -> sent.split("[/ ]", 4)[2]).toList();
    }

    @Test
    void whatWaitedComesInTheOrderInWhichItWasAskedFor() {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(actions.request(AGENT, DEVICE, Wish.of("ping")).id());
        }
        house.connected = true;
        asked.add(actions.request(AGENT, DEVICE, Wish.of("ping")).id());
        assertThat(sentIds()).as("the newest does not overtake").isEqualTo(asked);
    }

    @Test
    void whatADyingBackendLeftUnsentIsFoundByTheLookAround() {
        Action left = actions.request(AGENT, DEVICE, Wish.of("ping"));
        house.connected = true; // and nobody says so
        assertThat(actions.lookAround("")).isNull();
        assertThat(actions.find(AGENT, left.id()).state()).isEqualTo(ActionState.SENT);
        actions.lookAround("");
        assertThat(house.sent).hasSize(1);
    }

    @Test
    void whatWasTakenBackWhileItWaitedNeverReachesTheDevice() throws Exception {
        Action reboot = actions.request(AGENT, DEVICE, Wish.of("reboot").forTicket("T-1"));
        house.as("a:agent", "POST", cancel(reboot), "{\"reason\":\"too early\"}");
        house.connected = true;
        actions.connected(DEVICE);
        actions.lookAround("");
        assertThat(house.sent).isEmpty();
    }

    @Test
    void aDeviceThatWasAwayIsToldWhatWasTakenBackUntilItSaysSomething() throws Exception {
        house.connected = true;
        Action reboot = actions.request(AGENT, DEVICE, Wish.of("reboot").forTicket("T-1"));
        house.connected = false;
        JsonNode over = house.as("a:agent", "POST", cancel(reboot), "{\"reason\":\"too early\"}").json();
        assertThat(over.path("state").asText()).isEqualTo("cancelled");
        house.connected = true;
        actions.connected(DEVICE);
        assertThat(house.sent.getLast()).isEqualTo("SN-1/actions/" + reboot.id() + " {\"cancelled\":true}");
        actions.result(DEVICE, reboot.id(), Json.parse("{\"status\":\"rejected\",\"error\":\"cancelled\"}"));
        actions.connected(DEVICE);
        assertThat(house.sent).as("once sent, once taken back").hasSize(2);
    }

    @Test
    void listenersHearOfAnEndInItsTransactionAndTheOutboxAfterwards() {
        List<String> heard = new ArrayList<>();
        actions.listen(new ActionListener() {
            @Override
            public void ended(Handle handle, Action action) {
                heard.add("ended " + action.action() + " " + action.state().text());
            }

            @Override
            public void late(Handle handle, Action action) {
                heard.add("late " + action.action());
            }
        });
        house.connected = true;
        Action reboot = actions.request(AGENT, DEVICE,
                Wish.of("reboot").forTicket("T-1").because("it hangs"));
        Action ping = actions.request(AGENT, DEVICE, Wish.of("ping"));
        Action step = actions.request(AGENT, DEVICE, Wish.of("ping").keyed("runbook:1"));
        for (Action action : List.of(reboot, ping, step)) {
            actions.result(DEVICE, action.id(),
                    Json.parse("{\"status\":\"succeeded\",\"output\":{\"n\":1}}"));
        }
        assertThat(heard).containsExactly("ended reboot succeeded", "ended ping succeeded",
                "ended ping succeeded");
        assertThat(house.outbox()).as("of those with a ticket, or asked for by a room").containsExactly(
                "action.asked " + reboot.id(), "action.ended " + reboot.id(), "action.ended " + step.id());
        JsonNode payload = house.database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT payload FROM fleet.outbox WHERE topic = 'action.ended' ORDER BY id LIMIT 1")
                .mapTo(JsonNode.class).one());
        assertThat(payload.path("name").asText()).isEqualTo("reboot");
        assertThat(payload.path("ticket").asText()).isEqualTo("T-000001");
        assertThat(payload.path("output").path("n").asInt()).isEqualTo(1);
    }

    @Test
    void anActionThatAListenerWillNotLetEndGoesOn() {
        house.connected = true;
        Action ping = actions.request(AGENT, DEVICE, Wish.of("ping"));
        actions.listen(new ActionListener() {
            @Override
            public void ended(Handle handle, Action action) {
                throw new IllegalStateException("the database is away");
            }
        });
        assertThatThrownBy(
                () -> actions.result(DEVICE, ping.id(), Json.parse("{\"status\":\"succeeded\"}")))
                .hasMessageContaining("away");
        assertThat(actions.find(AGENT, ping.id()).state()).isEqualTo(ActionState.SENT);
    }

    @Test
    void whatIsAskedForWithinATransactionIsSentWhenThatIsCommittedAndNeverBefore() {
        house.connected = true;
        Action kept = house.database.inTransaction(handle -> {
            Action asked = actions.request(AGENT, DEVICE, Wish.of("ping"));
            assertThat(house.sent).isEmpty();
            return asked;
        });
        assertThat(sentWithin(Duration.ofSeconds(20), kept)).isTrue();
        assertThat(house.sent).hasSize(1).first().asString().contains(kept.id());
        assertThatThrownBy(() -> house.database.useTransaction(handle -> {
            actions.request(AGENT, DEVICE, Wish.of("ping"));
            throw new IllegalStateException("not after all");
        })).hasMessageContaining("not after all");
        actions.connected(DEVICE);
        assertThat(house.sent.stream().filter(sent -> !sent.contains(kept.id()))).isEmpty();
    }

    @Test
    void aConsoleSeesWhatItMayOfferAndWhyNot() throws Exception {
        JsonNode items = house.as("a:agent", "GET", "/devices/SN-1/actions/available", null).json()
                .path("items");
        assertThat(items.findValuesAsText("action")).startsWith("ping", "set_interval", "reboot",
                "factory_reset");
        assertThat(items.findValuesAsText("allowed")).startsWith("true", "true", "false", "false");
        assertThat(items.get(2).path("refusal").asText()).contains("needs the ticket");
        assertThat(items.get(3).path("refusal").asText()).contains("role engineer");
        assertThat(items.get(1).path("params").path("required").get(0).asText()).isEqualTo("seconds");
        JsonNode forTicket = house.as("e:engineer", "GET", "/devices/SN-1/actions/available?ticket=T-1", null)
                .json().path("items");
        assertThat(forTicket.findValuesAsText("allowed")).doesNotContain("false").hasSizeGreaterThan(3);
        assertThat(forTicket.get(3).path("needsSecond").asBoolean()).isTrue();
        assertThat(house.as("p:partner::paris", "GET", "/devices/SN-1/actions/available", null).status())
                .isEqualTo(404);
    }

    private boolean sentWithin(Duration most, Action action) {
        Instant end = Instant.now().plus(most);
        while (actions.find(AGENT, action.id()).state() != ActionState.SENT && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(5_000_000);
        }
        return actions.find(AGENT, action.id()).state() == ActionState.SENT;
    }
}
