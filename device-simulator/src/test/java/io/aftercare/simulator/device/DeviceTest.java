package io.aftercare.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Vectors;
import io.aftercare.simulator.device.Outcome.AfterReboot;
import io.aftercare.simulator.device.Outcome.Rejected;
import io.aftercare.simulator.device.Outcome.Succeeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<String> sent = new ArrayList<>();
    private int performed;
    private Instant now = Instant.parse("2026-05-31T23:59:59Z");

    private ActionDesk desk() {
        return new ActionDesk((action, _) -> {
            performed++;
            return switch (action) {
                case "ping" -> new Succeeded("pong");
                case "reboot" -> new AfterReboot();
                default -> new Rejected("no");
            };
        }, (topic, value) -> sent.add(topic + " " + value), (InstantSource) () -> now);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anActionAskedTwiceIsDoneOnce() {
        ActionDesk desk = desk();
        desk.asked("a1", bytes("{\"action\":\"ping\"}"));
        desk.asked("a1", bytes("{\"action\":\"ping\"}"));
        assertThat(sent).hasSize(2).allMatch(each -> each.contains("succeeded"));
        assertThat(performed).isEqualTo(1);
    }

    @Test
    void answersAreAsInTheVectorsAndAnExpiredActionIsRejected() throws IOException {
        JsonNode vectors = Vectors.read("messages.json");
        byte[] action = bytes(vectors.at("/action/payload").toString());
        desk().asked("a-17", action);
        now = Instant.parse("2026-06-01T00:00:01Z");
        desk().asked("a-17", action);
        assertThat(JSON.readTree(sent.get(0).substring(sent.get(0).indexOf(' '))))
                .isEqualTo(vectors.at("/actionSucceeded/payload"));
        assertThat(JSON.readTree(sent.get(1).substring(sent.get(1).indexOf(' '))))
                .isEqualTo(vectors.at("/actionExpired/payload"));
        assertThat(performed).isEqualTo(1);
    }

    @Test
    void aRebootRunsUntilTheDeviceIsUpAgain() {
        ActionDesk desk = desk();
        desk.asked("a1", bytes("{\"action\":\"reboot\"}"));
        assertThat(sent).containsExactly("actions/a1/result {\"status\":\"running\"}");
        desk.rebooted();
        desk.rebooted();
        assertThat(sent).hasSize(2).last().asString().contains("succeeded");
    }

    @Test
    void whatIsNoJsonIsRejected() {
        desk().asked("a1", bytes("reboot!"));
        assertThat(sent.getFirst()).contains("rejected");
    }

    @Test
    void faultsAreReadAndActiveInTheirTime() {
        FaultPlan plan = FaultPlan.parse(List.of("fuser-overheat@20s", "jam@1m+30s:L-7", "overheat@500ms"));
        assertThat(plan.active("P-1", Duration.ofSeconds(19))).containsExactly("overheat");
        assertThat(plan.active("P-1", Duration.ofSeconds(20))).containsExactlyInAnyOrder("overheat",
                "fuser-overheat");
        assertThat(plan.active("L-7", Duration.ofSeconds(89))).contains("jam");
        assertThat(plan.active("L-7", Duration.ofSeconds(90))).doesNotContain("jam");
        assertThat(plan.active("L-8", Duration.ofSeconds(70))).doesNotContain("jam");
    }

    @Test
    void aWrongFaultIsNamedWithTheRightOnes() {
        assertThatThrownBy(() -> FaultPlan.parse(List.of("melt@3s"))).hasMessageContaining("melt")
                .hasMessageContaining("fuser-overheat");
        assertThatThrownBy(() -> FaultPlan.parse(List.of("jam"))).hasMessageContaining("NAME@AFTER");
    }

    @Test
    void theLogKeepsTheLastLines() {
        DeviceLog log = new DeviceLog();
        for (int i = 0; i < 500; i++) {
            log.add(now, "line " + i);
        }
        assertThat(log.last(2)).containsExactly(now + " line 498", now + " line 499");
        assertThat(log.last(1_000)).hasSize(DeviceLog.LINES_MAX);
    }
}
