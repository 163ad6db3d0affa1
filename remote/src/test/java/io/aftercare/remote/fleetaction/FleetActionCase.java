package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.TestRemote;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Fleet actions through HTTP on a real database; the engine's rounds are the test's own.
abstract class FleetActionCase {
    static final Duration SOAK = Duration.ofMinutes(5);

    final TestRemote house = new TestRemote();
    final FleetActionRoom room = house.remote.fleetActions();

    @BeforeEach
    void prepare() {
        house.connected = true;
        for (int i = 0; i < 20; i++) {
            house.device("SN-" + (10 + i), i < 15 ? "eu" : "us", "");
        }
        house.ticketsOf.put("T-000001", new DeviceId("SN-10"));
        house.openTickets.add("T-1");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    final Answer ask(String who, String body) throws Exception {
        return house.as(who, "POST", "/fleet-actions", body);
    }

    final JsonNode asked(String body) throws Exception {
        Answer answer = ask("e:engineer", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    final JsonNode now(JsonNode fleetAction) throws Exception {
        return house.as("e:engineer", "GET", path(fleetAction, ""), null).json();
    }

    static String path(JsonNode fleetAction, String verb) {
        return "/fleet-actions/" + fleetAction.path("id").asText() + verb;
    }

    final Answer act(String who, JsonNode fleetAction, String verb) throws Exception {
        boolean why = List.of("pause", "abort", "reject").contains(verb);
        return house.as(who, "POST", path(fleetAction, "/" + verb),
                why ? "{\"reason\":\"look first\"}" : null);
    }

    final JsonNode turns(JsonNode fleetAction, String query) throws Exception {
        return house.as("e:engineer", "GET", path(fleetAction, "/devices" + query), null).json()
                .path("items");
    }

    final JsonNode turn(JsonNode fleetAction, String device) throws Exception {
        for (JsonNode turn : turns(fleetAction, "")) {
            if (turn.path("device").asText().equals(device)) {
                return turn;
            }
        }
        throw new AssertionError("no turn of " + device);
    }

    /// Rounds until nothing is left to be asked for.
    final void rounds() {
        for (int i = 0; i < 5; i++) {
            room.round();
        }
    }

    /// The ids of actions that devices have, by device.
    final Map<String, String> sent() {
        Map<String, String> sent = new HashMap<>();
        for (String line : house.sent) {
            String[] parts = line.split("[/ ]", 4);
            sent.put(parts[0], parts[2]);
        }
        return sent;
    }

    final void answer(String device, String result) {
        assertThat(
                house.remote.actions().result(new DeviceId(device), sent().getOrDefault(device, "none"),
                        Json.parse(result)))
                .isTrue();
    }

    final void allAnswer(JsonNode fleetAction, String result) throws Exception {
        for (JsonNode turn : turns(fleetAction, "?state=asked")) {
            answer(turn.path("device").asText(), result);
        }
    }

    static final String SET = """
            {"action":"set_interval","params":{"seconds":5},"model":"LP-2000","why":"too much traffic",%s}""";
}
