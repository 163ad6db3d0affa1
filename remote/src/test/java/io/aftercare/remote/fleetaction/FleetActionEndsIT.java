package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.action.TestExpiry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/// What stops fleet actions, holds them up, and leaves devices out.
class FleetActionEndsIT extends FleetActionCase {
    @Test
    void anAbortTakesBackWhatNoDeviceHasAndLeavesTheRestToFinish() throws Exception {
        house.away.add(new DeviceId("SN-11"));
        JsonNode fleet = asked(SET.formatted(
                "\"devices\":[\"SN-10\",\"SN-11\",\"SN-12\"],\"stages\":[{\"count\":2},{\"percent\":100}],\"canary\":[\"SN-10\",\"SN-11\"]"));
        rounds();
        assertThat(sent().keySet()).containsExactly("SN-10");
        assertThat(act("q:quality", fleet, "abort").json().path("reason").asText())
                .isEqualTo("aborted by q: look first");
        rounds();
        house.away.clear();
        house.remote.actions().connected(new DeviceId("SN-11"));
        assertThat(sent().keySet()).as("the sleeper never gets it").containsExactly("SN-10");
        answer("SN-10", "{\"status\":\"succeeded\"}");
        assertThat(turn(fleet, "SN-10").path("state").asText()).isEqualTo("succeeded");
        assertThat(turn(fleet, "SN-11").path("state").asText()).isEqualTo("cancelled");
        assertThat(turn(fleet, "SN-12").path("state").asText()).isEqualTo("cancelled");
        assertThat(act("e:engineer", fleet, "resume").status()).isEqualTo(409);
    }

    @Test
    void aPauseTakesBackWhatSleepersDoNotHaveAndAResumeAsksAgain() throws Exception {
        house.away.add(new DeviceId("SN-11"));
        JsonNode fleet = asked(SET.formatted("\"devices\":[\"SN-11\"],\"expiresIn\":\"P1D\""));
        rounds();
        String first = turn(fleet, "SN-11").path("action").asText();
        act("a:agent", fleet, "pause");
        rounds();
        assertThat(turn(fleet, "SN-11").path("state").asText()).isEqualTo("waiting");
        house.away.clear();
        house.remote.actions().connected(new DeviceId("SN-11"));
        assertThat(house.sent).isEmpty();
        act("e:engineer", fleet, "resume");
        rounds();
        JsonNode turn = turn(fleet, "SN-11");
        assertThat(turn.path("action").asText()).isNotEqualTo(first);
        assertThat(turn.path("attempts").asInt()).isEqualTo(2);
        assertThat(house.sent).hasSize(1);
    }

    @Test
    void outsideOfItsWindowNoDeviceIsTouchedAndASleeperIsTriedInTheNextOne() throws Exception {
        house.database.jdbi().useHandle(handle -> handle.execute(
                "UPDATE fleet.device SET tags = '{\"timezone\":\"Asia/Tokyo\"}' WHERE id = 'SN-11'"));
        house.devices.refresh(new DeviceId("SN-11"));
        // to two o'clock at night in UTC, which is eleven in the morning in Tokyo
        Duration toTwo = Duration.between(house.clock.instant(),
                house.clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(26)));
        house.clock.pass(toTwo);
        JsonNode fleet = asked(SET.formatted("""
                "devices":["SN-10","SN-11","SN-12"],"stages":[{"percent":100}],"expiresIn":"P1D",
                "window":{"start":"01:00","duration":"PT3H","zone":"device"}"""));
        house.away.add(new DeviceId("SN-10"));
        rounds();
        assertThat(sent().keySet()).as("it is day in Tokyo").containsExactly("SN-12");
        JsonNode sleeper = turn(fleet, "SN-10");
        assertThat(sleeper.path("state").asText()).isEqualTo("asked");
        house.clock.pass(Duration.ofHours(2));
        expire();
        house.away.clear();
        house.remote.actions().connected(new DeviceId("SN-10"));
        assertThat(sent()).as("the window is closed").hasSize(1);
        assertThat(turn(fleet, "SN-10").path("state").asText()).isEqualTo("waiting");
        assertThat(turn(fleet, "SN-10").path("reason").asText()).isEqualTo("not there in its window");
        house.clock.pass(Duration.ofHours(12));
        rounds();
        assertThat(sent().keySet()).as("night in Tokyo").containsExactlyInAnyOrder("SN-11", "SN-12");
        house.clock.pass(Duration.ofHours(10));
        rounds();
        assertThat(sent()).as("night here again").containsKey("SN-10");
    }

    @Test
    void whatTheGuardsRefuseIsLeftOutAndAnUpdateIsWaitedFor() throws Exception {
        house.updating.add(new DeviceId("SN-11"));
        JsonNode fleet = asked(
                SET.formatted("\"devices\":[\"SN-10\",\"SN-11\"],\"stages\":[{\"percent\":100}]"));
        rounds();
        assertThat(turn(fleet, "SN-11").path("reason").asText())
                .isEqualTo("in the middle of a firmware update");
        house.updating.clear();
        house.clock.pass(Duration.ofMinutes(6));
        house.consents.put(Purpose.ACTION, Consent.REFUSED);
        rounds();
        assertThat(turn(fleet, "SN-11").path("state").asText()).isEqualTo("skipped");
        assertThat(turn(fleet, "SN-11").path("reason").asText()).contains("refused to allow");
    }

    @Test
    void whoWasNeverThereIsNotCalledAFailure() throws Exception {
        house.away.add(new DeviceId("SN-10"));
        JsonNode fleet = asked(SET.formatted("\"devices\":[\"SN-10\"],\"expiresIn\":\"PT10M\""));
        rounds();
        house.clock.pass(Duration.ofMinutes(11));
        expire();
        rounds();
        JsonNode over = now(fleet);
        assertThat(turn(fleet, "SN-10").path("state").asText()).isEqualTo("unreached");
        assertThat(over.path("state").asText()).isEqualTo("paused");
        assertThat(over.path("reason").asText()).contains("none of its 1 devices having done it");
    }

    private void expire() {
        TestExpiry.expire(house.remote.actions());
    }

    @Test
    void aServerThatDiesBetweenMarkingAndAskingAsksOnce() throws Exception {
        JsonNode fleet = asked(SET.formatted("\"devices\":[\"SN-10\"]"));
        room.round();
        assertThat(house.sent).hasSize(1);
        // as if it had died before the action's id was noted
        house.database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE remote.fleet_turn SET action = NULL"));
        room.round();
        assertThat(house.sent).hasSize(1);
        assertThat(turn(fleet, "SN-10").path("action").asText()).isEqualTo(sent().get("SN-10"));
    }
}
