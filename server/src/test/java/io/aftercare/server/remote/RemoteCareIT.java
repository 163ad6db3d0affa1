package io.aftercare.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// People look into devices and mend them, on one backend, each story with a device of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteCareIT {
    private RemoteDesk desk;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, InterruptedException {
        desk = RemoteDesk.open(folder, Map.of());
    }

    @AfterAll
    void close() throws IOException {
        desk.close();
    }

    @Test
    void anAgentReadsWhatADeviceSaysOfItself() throws IOException, InterruptedException {
        desk.device(Kind.ROUTER, "RT-90-A");
        assertThat(desk.done(desk.agent, "RT-90-A", Map.of("action", "ping")).path("output").asText())
                .isEqualTo("pong");
        JsonNode logs = desk.done(desk.agent, "RT-90-A",
                Map.of("action", "get_logs", "params", Map.of("lines", 20)));
        assertThat(logs.path("output").asText()).contains("started: power-on");
        JsonNode test = desk.done(desk.agent, "RT-90-A", Map.of("action", "self_test")).path("output");
        assertThat(test.path("passed").asBoolean()).isTrue();
        assertThat(test.path("tests")).isNotEmpty()
                .allSatisfy(each -> assertThat(each.path("limit").isObject()).isTrue());
    }

    @Test
    void aFactoryResetNeedsATypedIdAndASecondPersonAndThenClearsWhatWasSet()
            throws IOException, InterruptedException {
        String device = "RT-90-B";
        desk.device(Kind.ROUTER, device);
        String ticket = desk.ticket(device);
        Map<String, Object> wish = Map.of("action", "factory_reset", "ticket", ticket, "confirm", device);
        desk.ask(desk.agent, device, wish).expect(403);
        desk.ask(desk.engineer, device, Map.of("action", "factory_reset", "ticket", ticket)).expect(409);
        desk.ask(desk.engineer, device, Map.of("action", "factory_reset", "confirm", device)).expect(409);
        JsonNode asked = desk.ask(desk.engineer, device, wish).expect(202);
        String action = asked.path("id").asText();
        assertThat(asked.path("state").asText()).isEqualTo("requested");
        desk.engineer.post("/api/v1/actions/" + action + "/approve", Map.of()).expect(409);
        desk.agent.post("/api/v1/actions/" + action + "/approve", Map.of()).expect(403);
        desk.second.post("/api/v1/actions/" + action + "/approve", Map.of()).expect(200);
        JsonNode done = desk.ended(action);
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("succeeded");
        assertThat(done.path("requestedBy").asText()).isEqualTo("erik");
        assertThat(done.path("decidedBy").asText()).isEqualTo("eva");
        assertThat(desk.audit(action)).extracting(each -> each.path("actor").asText()).contains("erik",
                "eva");
    }

    @Test
    void aSleepingDeviceIsToldWhenItWakes() throws IOException, InterruptedException {
        String device = "RT-90-C";
        desk.register(Kind.ROUTER, device);
        String action = desk.ask(desk.agent, device, Map.of("action", "restart_wan")).expect(202).path("id")
                .asText();
        assertThat(desk.agent.get("/api/v1/actions/" + action).expect(200).path("sentAt").isNull()).isTrue();
        desk.switchOn(device, FaultPlan.NOTHING);
        JsonNode done = desk.ended(action);
        assertThat(done.path("state").asText()).isEqualTo("succeeded");
        assertThat(done.path("output").asText()).startsWith("WAN link restarted");
    }

    @Test
    void whatIsTakenBackBeforeADeviceWakesIsNeverDone() throws IOException, InterruptedException {
        String device = "RT-90-D";
        desk.register(Kind.ROUTER, device);
        String ticket = desk.ticket(device);
        String reboot = desk.ask(desk.engineer, device, Map.of("action", "reboot", "ticket", ticket))
                .expect(202)
                .path("id").asText();
        desk.engineer.post("/api/v1/actions/" + reboot + "/cancel", Map.of("reason", "not needed"))
                .expect(200);
        desk.switchOn(device, FaultPlan.NOTHING);
        assertThat(desk.done(desk.agent, device, Map.of("action", "ping")).path("state").asText())
                .isEqualTo("succeeded");
        assertThat(desk.ended(reboot).path("state").asText()).isEqualTo("cancelled");
        assertThat(desk.done(desk.agent, device, Map.of("action", "get_logs")).path("output").asText())
                .contains("asked for ping").doesNotContain("asked for reboot");
    }
}
