package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.FleetFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How fleet actions are asked for, and go from stage to stage.
class FleetActionIT extends FleetActionCase {
    @Test
    void canaryThenStagesAndEachDeviceHasAnActionOfItsOwn() throws Exception {
        JsonNode fleet = asked(SET
                .formatted("\"devices\":[\"SN-10\",\"SN-11\",\"SN-12\",\"SN-13\"],\"canary\":[\"SN-12\"]"));
        assertThat(fleet.path("state").asText()).isEqualTo("running");
        rounds();
        assertThat(sent().keySet()).as("the canary alone").containsExactly("SN-12");
        assertThat(house.sent.getFirst()).contains("\"action\":\"set_interval\"", "\"seconds\":5");
        answer("SN-12", "{\"status\":\"succeeded\"}");
        rounds();
        assertThat(house.sent).as("it is watched first").hasSize(1);
        assertThat(now(fleet).path("stages").path(0).path("state").asText()).isEqualTo("soaking");
        house.clock.pass(SOAK);
        rounds();
        assertThat(now(fleet).path("stage").asInt()).as("one and a tenth of four are the canary")
                .isEqualTo(4);
        assertThat(sent()).hasSize(4);
        allAnswer(fleet, "{\"status\":\"succeeded\"}");
        rounds();
        house.clock.pass(SOAK);
        rounds();
        JsonNode done = now(fleet);
        assertThat(done.path("state").asText()).isEqualTo("finished");
        assertThat(done.path("counts").path("succeeded").asInt()).isEqualTo(4);
        JsonNode action = house.as("e:engineer", "GET",
                "/actions/" + turn(fleet, "SN-11").path("action").asText(), null).json();
        assertThat(action.path("state").asText()).isEqualTo("succeeded");
        assertThat(action.path("why").asText()).isEqualTo("too much traffic");
    }

    @Test
    void aFailedCanaryStopsItBeforeAnybodyElseIsTouched() throws Exception {
        JsonNode fleet = asked(SET.formatted("\"devices\":[\"SN-10\",\"SN-11\",\"SN-12\"]"));
        rounds();
        assertThat(house.sent).hasSize(1);
        allAnswer(fleet, "{\"status\":\"failed\",\"error\":\"no such register\"}");
        rounds();
        house.clock.pass(Duration.ofHours(2));
        rounds();
        JsonNode paused = now(fleet);
        assertThat(paused.path("state").asText()).isEqualTo("paused");
        assertThat(paused.path("reason").asText()).contains("stage 1: 1 of 1 failed");
        assertThat(house.sent).hasSize(1);
        assertThat(turns(fleet, "?state=failed").path(0).path("reason").asText())
                .isEqualTo("no such register");
        assertThat(act("e:engineer", fleet, "resume").json().path("stage").asInt()).isEqualTo(2);
        rounds();
        assertThat(house.sent).as("a person has looked at it").hasSizeGreaterThan(1);
    }

    @Test
    void aDeviceThatRaisesAFaultAfterItsSuccessCountsAsFailed() throws Exception {
        JsonNode fleet = asked(
                SET.formatted("\"devices\":[\"SN-10\",\"SN-11\",\"SN-12\"],\"gate\":{\"action\":\"abort\"}"));
        rounds();
        String canary = turns(fleet, "?state=asked").path(0).path("device").asText();
        answer(canary, "{\"status\":\"succeeded\"}");
        house.clock.pass(Duration.ofMinutes(1));
        house.raised.add(new FleetFacts.Raised(new DeviceId(canary), "overheat", house.clock.instant()));
        rounds();
        assertThat(now(fleet).path("state").asText()).isEqualTo("aborted");
        assertThat(turn(fleet, canary).path("fault").asText()).isEqualTo("overheat");
        assertThat(now(fleet).path("counts").path("cancelled").asInt()).isEqualTo(2);
        assertThat(house.sent).hasSize(1);
    }

    @Test
    void manyDevicesOrDangerousActionsWantTheNumberAndASecondPerson() throws Exception {
        String all = SET.formatted("\"target\":\"true\"");
        JsonNode preview = house.as("e:engineer", "POST", "/fleet-actions/preview", all).json();
        assertThat(preview.path("devices").asInt()).isEqualTo(20);
        assertThat(preview.path("needsConfirm").asBoolean()).isTrue();
        assertThat(preview.path("needsSecondPerson").asBoolean()).isTrue();
        assertThat(preview.path("stages").toString()).isEqualTo("[1,1,18]");
        assertThat(ask("e:engineer", all).text()).contains("Confirm with the number of devices, 20");
        assertThat(ask("a:agent", all).status()).isEqualTo(403);
        JsonNode fleet = asked(
                SET.formatted("\"target\":\"true\",\"confirm\":20,\"stages\":[{\"percent\":100}]"));
        assertThat(fleet.path("state").asText()).isEqualTo("awaiting-approval");
        rounds();
        assertThat(house.sent).isEmpty();
        assertThat(act("e:engineer", fleet, "approve").text()).contains("another person has to");
        assertThat(act("u:engineer:us", fleet, "approve").text())
                .contains("15 of 20 devices are not in region");
        assertThat(act("f:engineer", fleet, "approve").json().path("decidedBy").asText()).isEqualTo("f");
        rounds();
        assertThat(sent()).hasSize(20);
        String dangerous = """
                {"action":"factory_reset","model":"LP-2000","why":"sold","devices":["SN-10"],%s"confirm":1}""";
        assertThat(ask("e:engineer", dangerous.formatted("")).text()).contains("needs the ticket");
        assertThat(ask("e:engineer", dangerous.formatted("\"ticket\":\"T-9\",")).text())
                .contains("T-000009 is not an open ticket of one of the devices");
        JsonNode reset = asked(dangerous.formatted("\"ticket\":\"T-1\","));
        assertThat(reset.path("state").asText()).isEqualTo("awaiting-approval");
        act("f:engineer", reset, "approve");
        rounds();
        JsonNode action = house.as("e:engineer", "GET",
                "/actions/" + turn(reset, "SN-10").path("action").asText(), null).json();
        assertThat(action.path("state").asText()).as("it is sent without asking another time")
                .isEqualTo("sent");
        assertThat(action.path("decidedBy").asText()).isEqualTo("f");
        assertThat(action.path("ticket").asText()).isEqualTo("T-000001");
    }

    @Test
    void manySmallOnesAreNoWayAroundTheSecondPerson() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            names.add("\"SN-" + (10 + i) + "\"");
        }
        assertThat(
                asked(SET.formatted("\"devices\":[" + String.join(",", names) + "]")).path("state").asText())
                .isEqualTo("running");
        String oneMore = SET.formatted("\"devices\":[\"SN-20\"],\"confirm\":1");
        assertThat(asked(oneMore).path("state").asText()).isEqualTo("awaiting-approval");
        house.clock.pass(Duration.ofMinutes(61));
        assertThat(asked(oneMore).path("state").asText()).isEqualTo("running");
    }

    @Test
    void whatDoesNotFitIsRefusedWithAReasonAndInTheAudit() throws Exception {
        Map<String, String> bad = Map.of(
                SET.formatted("\"devices\":[\"SN-10\"],\"target\":\"true\""), "one of both",
                SET.formatted("\"devices\":[\"SN-99\"]"),
                "no such device of model LP-2000 may connect: SN-99",
                SET.formatted("\"devices\":[\"SN-10\"],\"canary\":[\"SN-11\"]"),
                "not among the devices: SN-11",
                SET.formatted("\"target\":\"mars\""), "chooses no device",
                SET.formatted("\"devices\":[\"SN-10\"],\"stages\":[{\"percent\":50}]"),
                "has to be 100 percent",
                SET.formatted(
                        "\"devices\":[\"SN-10\"],\"stages\":[{\"percent\":50},{\"percent\":50},{\"percent\":100}]"),
                "more devices than the stage before",
                SET.formatted(
                        "\"devices\":[\"SN-10\"],\"window\":{\"start\":\"01:00\",\"duration\":\"PT30H\"}"),
                "at most PT24H",
                SET.formatted("\"devices\":[\"SN-10\"],\"deadline\":\"P90D\""), "from PT1M to PT720H",
                SET.formatted("\"devices\":[\"SN-10\"]").replace("\"seconds\":5", "\"seconds\":0"), "params",
                SET.formatted("\"devices\":[\"SN-10\"]").replace("set_interval", "explode"),
                "has no action explode");
        for (Map.Entry<String, String> each : bad.entrySet()) {
            Answer answer = ask("e:engineer", each.getKey());
            assertThat(answer.status()).as(answer.text()).isIn(400, 409);
            assertThat(answer.text()).contains(each.getValue());
        }
        assertThat(
                ask("e:engineer", SET.formatted("\"devices\":[\"SN-10\"]").replace("LP-2000", "LP-1")).text())
                .contains("there is no product LP-1");
        assertThat(ask("r:engineer:us", SET.formatted("\"devices\":[\"SN-10\"]")).status()).isEqualTo(403);
        List<String> deeds = house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit ORDER BY id").mapTo(String.class).list());
        assertThat(deeds).hasSize(bad.size() + 2).containsOnly("action.refuse");
        assertThat(house.sent).isEmpty();
    }

    @Test
    void aChangeOfAnOldVersionLosesTheRace() throws Exception {
        JsonNode fleet = asked(SET.formatted("\"devices\":[\"SN-10\"]"));
        Answer paused = house.as("a:agent", "POST", path(fleet, "/pause"), "{\"reason\":\"wait\"}",
                "If-Match",
                "\"1\"");
        assertThat(paused.json().path("state").asText()).as(paused.text()).isEqualTo("paused");
        assertThat(house.as("e:engineer", "POST", path(fleet, "/resume"), null, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        List<String> listed = new ArrayList<>();
        house.as("a:agent", "GET", "/fleet-actions?state=paused", null).json().path("items")
                .forEach(each -> listed.add(each.path("id").asText()));
        assertThat(listed).containsExactly(fleet.path("id").asText());
    }
}
