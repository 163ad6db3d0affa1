package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.device.VirtualDevice;
import io.aftercare.simulator.fleet.Fleet;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.ota.FailurePlan;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fleet on a bad day, half of it by HTTP and half by MQTT alone: each device has a trouble of its own while it is updated
/// with two components. In the end each is where it should be, and the backend says the same.
class MixedFailuresIT {
    private static final String MODEL = "LP-2000";
    private static final String OLD = "2.3.1";
    private static final String NEW = "2.4.0";
    private static final Set<String> ENDS = Set.of("confirmed", "failed", "rolled_back");
    private static final Map<String, String> TROUBLES = new TreeMap<>(Map.ofEntries(
            Map.entry("power-loss@accepted", "confirmed"), Map.entry("power-loss@downloading", "confirmed"),
            Map.entry("power-loss@downloaded", "confirmed"), Map.entry("power-loss@verifying", "confirmed"),
            Map.entry("power-loss@installing", "confirmed"), Map.entry("power-loss@rebooting", "confirmed"),
            Map.entry("power-loss@trialx2", "confirmed"), Map.entry("power-loss@trialx3", "rolled_back"),
            Map.entry("flash", "confirmed"), Map.entry("hash", "confirmed"), Map.entry("hashx2", "failed"),
            Map.entry("disk", "confirmed"), Map.entry("battery", "confirmed"),
            Map.entry("boot", "rolled_back"), Map.entry("crash-loop", "rolled_back"),
            Map.entry("hardware", "failed"), Map.entry("slow-link=300000", "confirmed")));

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> expected = new TreeMap<>();

    @Test
    void everyDeviceEndsWhereItShouldAndTheBackendAgrees() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            KeygenTool.run(folder, System.out, System.err);
            try (Fleet byHttp = fleet(backend, admin, false); Fleet byMqtt = fleet(backend, admin, true)) {
                byHttp.start();
                byMqtt.start();
                for (String device : expected.keySet()) {
                    admin.await("/api/v1/devices/" + device, it -> it.path("firmware").asText().equals(OLD));
                }
                String campaign = running(backend, admin);
                JsonNode end = admin.await("/api/v1/campaigns/" + campaign + "/devices?limit=100",
                        list -> list.path("items").size() == expected.size() && list.path("items")
                                .findValuesAsText("state").stream().allMatch(ENDS::contains));
                Map<String, String> found = new TreeMap<>();
                end.path("items").forEach(each -> found.put(each.path("device").asText(),
                        each.path("state").asText()));
                assertThat(found).isEqualTo(expected);
                for (VirtualDevice device : Stream.of(byHttp, byMqtt).flatMap(each -> each.devices().stream())
                        .toList()) {
                    String version = "confirmed".equals(expected.get(device.id())) ? NEW : OLD;
                    assertThat(device.firmwareVersion()).as(device.id()).isEqualTo(version);
                    admin.await("/api/v1/devices/" + device.id(),
                            it -> it.path("firmware").asText().equals(version));
                }
                assertCodes(end);
            }
        }
    }

    // what went wrong for good begins with its code
    private static void assertCodes(JsonNode end) {
        for (JsonNode each : end.path("items")) {
            if (!each.path("state").asText().equals("confirmed")) {
                assertThat(each.path("error").asText()).as(each.path("device").asText())
                        .matches("(boot|crash-loop|hash|refused, incompatible hardware): .+");
            }
        }
    }

    private Fleet fleet(BackendProcess backend, StaffClient admin, boolean overMqtt) throws Exception {
        List<Credential> devices = new ArrayList<>();
        List<String> plan = new ArrayList<>();
        for (Map.Entry<String, String> trouble : TROUBLES.entrySet()) {
            String id = (overMqtt ? "M-" : "H-") + trouble.getKey().replaceAll("[^a-z0-9]", "-");
            devices.add(new Credential(id, MODEL, admin.register(MODEL, id)));
            plan.add(trouble.getKey() + ":" + id);
            expected.put(id, trouble.getValue());
        }
        OtaSettings ota = new OtaSettings(overMqtt, 16_384, Duration.ofMillis(200), Duration.ofMillis(20),
                Duration.ofMillis(50), FailurePlan.parse(plan, 1));
        DeviceSettings quick = new DeviceSettings(Duration.ofSeconds(2), Duration.ofMillis(200), 1_000,
                Pace.SHOW);
        return new Fleet(new Fleet.Setup(devices, new Broker("127.0.0.1", backend.mqttPort()), backend.http(),
                TrustedKeys.read(List.of("release=" + folder.resolve("release.pub"))), "B1",
                folder.resolve("devices-" + overMqtt), quick, ota, FaultPlan.NOTHING, 1));
    }

    private String running(BackendProcess backend, StaffClient admin) throws Exception {
        admin.post("/api/v1/users", Map.of("username", "approver", "password", "let it go then", "roles",
                List.of("release-approver"))).expect(201);
        StaffApi team = StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD);
        String release = team.postParts("/releases", firmware(admin)).orFail().path("id").asText();
        JsonNode campaign = Json.parse("""
                {"name": "all", "target": "device.model == \\"LP-2000\\"", "release": "%s",
                 "stages": [{"percent": 100}], "mode": "forced", "retry": {"attempts": 4, "backoff": "PT1S"},
                 "gate": {"success": 0.1, "error": 1, "minimum": 100, "soak": "PT0S"}}""".formatted(release));
        String id = admin.post("/api/v1/campaigns", campaign).expect(201).path("id").asText();
        StaffApi.login(backend.http().toString(), "approver", "let it go then")
                .post("/campaigns/" + id + "/approve").orFail();
        team.post("/campaigns/" + id + "/start").orFail();
        return id;
    }

    private Multipart firmware(StaffClient admin) throws IOException, InterruptedException {
        admin.post("/api/v1/signing-keys",
                Map.of("name", "release", "publicKey", Files.readString(folder.resolve("release.pub"))))
                .expect(201);
        Path main = Files.writeString(folder.resolve("main.fw"),
                "{\"version\":\"" + NEW + "\"}" + " ".repeat(200_000));
        Path modem = Files.writeString(folder.resolve("modem.fw"), "modem ".repeat(12_000));
        ObjectNode manifest = Json.object().put("product", MODEL).put("counter", 240).put("version", NEW)
                .put("minFrom", "2.0.0").put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        manifest.putArray("hardware").add("B1");
        manifest.putArray("fixes");
        Path envelope = folder.resolve("envelope.json");
        Path plain = Files.writeString(folder.resolve("manifest.json"), Json.text(manifest));
        assertThat(SignTool.run(folder.resolve("release.key"), "release", plain, envelope,
                List.of(main, modem), System.out, System.err)).isZero();
        return new Multipart().file("envelope", envelope, "application/json")
                .file("artifact", main, "application/octet-stream")
                .file("artifact", modem, "application/octet-stream");
    }
}
