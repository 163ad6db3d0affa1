package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartAndStopIT {
    @TempDir
    private Path data = Path.of("");

    /// What it says before it gives up: one line, and the exit code 2.
    private String refusal(Map<String, String> settings) throws Exception {
        BackendProcess backend = BackendProcess.launch(data, settings);
        assertThat(backend.awaitEnd()).as(backend.log()).isEqualTo(2);
        List<String> lines = backend.log().lines().filter(line -> line.contains("AFTERCARE_")).toList();
        assertThat(lines).as(backend.log()).hasSize(1);
        return lines.getFirst();
    }

    @Test
    void aWrongSettingIsOneLineThatNamesItAndTheRemedy() throws Exception {
        assertThat(refusal(Map.of("AFTERCARE_MQTT_PORT", "many")))
                .isEqualTo("AFTERCARE_MQTT_PORT=many: a port from 1 to 65535 is needed, or 0 for a free one");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = "" + taken.getLocalPort();
            assertThat(refusal(Map.of("AFTERCARE_MQTT_PORT", port)))
                    .startsWith("AFTERCARE_MQTT_PORT=" + port + ": ").contains("in use");
            assertThat(refusal(Map.of("AFTERCARE_HTTP_PORT", port)))
                    .startsWith("AFTERCARE_HTTP_PORT=" + port + ": ").contains("in use");
        }
    }

    @Test
    void anUnreachableDatabaseIsNamed() throws Exception {
        int nobody = BackendProcess.freePort();
        assertThat(refusal(
                Map.of("AFTERCARE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + nobody + "/aftercare",
                        "AFTERCARE_DATABASE_USER", "aftercare", "AFTERCARE_DATABASE_PASSWORD", "secret")))
                .startsWith("AFTERCARE_DATABASE_URL=jdbc:postgresql://127.0.0.1:" + nobody)
                .doesNotContain("secret");
    }

    @Test
    void itKeepsItsDataOverAnOrderlyStopAKillAndASecondBackend() throws Exception {
        try (BackendProcess first = BackendProcess.start(data, Map.of());
                StaffClient admin = StaffClient.admin(first.http())) {
            admin.register("LP-2000", "SN-1");
            assertThat(refusal(Map.of())).contains("another backend uses this folder");
            assertThat(first.terminate()).as("being told to stop is no failure").isZero();
        }
        try (BackendProcess second = BackendProcess.start(data, Map.of())) {
            second.kill(); // its PostgreSQL is left behind
        }
        try (BackendProcess third = BackendProcess.start(data, Map.of());
                StaffClient admin = StaffClient.admin(third.http())) {
            assertThat(admin.get("/api/v1/devices/SN-1").expect(200).get("model").asText())
                    .isEqualTo("LP-2000");
            assertThat(admin.get("/api/v1/audit/verify").expect(200).get("intact").asBoolean()).isTrue();
        }
    }
}
