package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulator's `house`, on a backend of its own: nothing that it asks for is refused, or it would end with an error, and every page of the
/// console has something to show.
class HouseIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHouseFillsEveryList() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            build(backend);
            assertThat(words(admin, "/devices?limit=1000", "id")).hasSizeGreaterThanOrEqualTo(60);
            assertThat(words(admin, "/tickets?limit=1000", "id")).hasSizeGreaterThan(60);
            assertThat(words(admin, "/tickets?limit=1000", "state")).contains("new", "assessed",
                    "in-progress",
                    "waiting-customer", "waiting-parts", "waiting-device", "waiting-vendor", "fix-scheduled",
                    "resolved", "verified", "closed", "reopened", "cancelled");
            assertThat(words(admin, "/work-orders?limit=100", "state")).contains("draft", "dispatched",
                    "accepted", "en-route", "on-site", "repairing", "testing", "done", "failed");
            assertThat(words(admin, "/rmas?limit=100", "state")).contains("requested", "approved", "shipped",
                    "received", "inspected", "repaired", "rejected");
            assertThat(words(admin, "/campaigns?limit=100", "state")).contains("finished", "running", "draft",
                    "awaiting-approval", "aborted");
            assertThat(words(admin, "/articles?limit=100&state=draft", "id")).isNotEmpty();
            for (String list : List.of("/incidents", "/crash-groups", "/faults", "/complaints",
                    "/emergencies",
                    "/drills", "/requisitions", "/stock-counts", "/loaners", "/costs", "/surveys",
                    "/quality-checks", "/canned-answers", "/rules", "/runbooks", "/releases", "/customers",
                    "/engineers", "/tools", "/follow-ups", "/quarantine")) {
                assertThat(items(admin, list)).as(list).isNotEmpty();
            }
        }
    }

    private void build(BackendProcess backend) throws Exception {
        Path simulator = Path.of("..", "device-simulator", "target", "device-simulator.jar").toAbsolutePath();
        assertThat(simulator).as("made by 'mvn package'").isRegularFile();
        Path output = folder.resolve("house.log");
        Process house = new ProcessBuilder(List.of(BackendProcess.java(), "-jar", simulator.toString(),
                "house",
                "--small", "--url", backend.http().toString(), "--mqtt", "127.0.0.1:" + backend.mqttPort(),
                "--password", BackendProcess.ADMIN_PASSWORD)).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            assertThat(house.waitFor(6, TimeUnit.MINUTES)).as("ends: %s", Files.readString(output)).isTrue();
            assertThat(house.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            house.destroy();
        }
    }

    private static JsonNode items(StaffClient admin, String list) throws Exception {
        return admin.get("/api/v1" + list).expect(200).path("items");
    }

    private static Set<String> words(StaffClient admin, String list, String field) throws Exception {
        Set<String> words = new TreeSet<>();
        items(admin, list).forEach(each -> words.add(each.path(field).asText()));
        return words;
    }
}
