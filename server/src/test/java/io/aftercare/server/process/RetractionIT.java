package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.fleet.Fleet;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.ota.DeviceMemory;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that has downloaded an update and waits for its time, when the campaign is aborted: while it listens, and while it
/// is away.
class RetractionIT {
    private static final String MODEL = "LP-2000";
    private static final String OLD = "2.3.1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aDeviceThatWaitsKeepsItsVersionWhenTheCampaignIsAborted() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            KeygenTool.run(folder, System.out, System.err);
            List<Credential> devices = List.of(new Credential("LP-1", MODEL, admin.register(MODEL, "LP-1")));
            String release = "";
            try (Fleet fleet = fleet(backend, devices)) {
                fleet.start();
                admin.await("/api/v1/devices/LP-1", it -> it.path("firmware").asText().equals(OLD));
                release = release(backend, admin);
                String here = waiting(backend, admin, release);
                abort(admin, here);
                awaitForgotten(admin, here);
            }
            String away;
            try (Fleet fleet = fleet(backend, devices)) {
                fleet.start();
                away = waiting(backend, admin, release);
            }
            abort(admin, away);
            assertThat(waits()).as("it was not there to hear it").isTrue();
            try (Fleet fleet = fleet(backend, devices)) {
                fleet.start();
                awaitForgotten(admin, away);
                assertThat(fleet.devices().getFirst().firmwareVersion()).isEqualTo(OLD);
            }
        }
    }

    private boolean waits() throws IOException {
        return !DeviceMemory.open(folder.resolve("devices").resolve("LP-1"), OLD).content().job().offer()
                .isEmpty();
    }

    private void awaitForgotten(StaffClient admin, String campaign) throws Exception {
        admin.await("/api/v1/campaigns/" + campaign + "/devices", list -> {
            try {
                return list.path("items").get(0).path("state").asText().equals("cancelled") && !waits();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void abort(StaffClient admin, String campaign) throws Exception {
        admin.post("/api/v1/campaigns/" + campaign + "/abort", Map.of("reason", "the fan stops")).expect(200);
    }

    private Fleet fleet(BackendProcess backend, List<Credential> devices) throws Exception {
        OtaSettings ota = new OtaSettings(false, 16_384, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50));
        DeviceSettings quick = new DeviceSettings(Duration.ofSeconds(2), Duration.ofMillis(200), 1_000,
                Pace.SHOW);
        return new Fleet(new Fleet.Setup(devices, new Broker("127.0.0.1", backend.mqttPort()), backend.http(),
                TrustedKeys.read(List.of("release=" + folder.resolve("release.pub"))), "B1",
                folder.resolve("devices"), quick, ota, FaultPlan.NOTHING, 1));
    }

    // a campaign whose device has downloaded and may not install for a long time
    private static String waiting(BackendProcess backend, StaffClient admin, String release)
            throws Exception {
        ObjectNode campaign = Json.object().put("name", "later").put("release", release).put("mode", "soft")
                .put("installAfter", Instant.now().plusSeconds(86_400).toString());
        String id = admin.post("/api/v1/campaigns", campaign).expect(201).path("id").asText();
        StaffApi.login(backend.http().toString(), "approver", "let it go then")
                .post("/campaigns/" + id + "/approve").orFail();
        admin.post("/api/v1/campaigns/" + id + "/start", Map.of()).expect(200);
        admin.await("/api/v1/campaigns/" + id + "/devices",
                list -> list.path("items").path(0).path("state").asText().equals("downloaded"));
        return id;
    }

    private String release(BackendProcess backend, StaffClient admin) throws Exception {
        admin.post("/api/v1/users", Map.of("username", "approver", "password", "let it go then", "roles",
                List.of("release-approver"))).expect(201);
        admin.post("/api/v1/signing-keys",
                Map.of("name", "release", "publicKey", Files.readString(folder.resolve("release.pub"))))
                .expect(201);
        Path main = Files.writeString(folder.resolve("main.fw"), "{\"version\":\"2.4.0\"}");
        ObjectNode manifest = Json.object().put("product", MODEL).put("counter", 240).put("version", "2.4.0")
                .put("minFrom", "2.0.0").put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(864_000).toString());
        manifest.putArray("hardware").add("B1");
        manifest.putArray("fixes");
        Path envelope = folder.resolve("envelope.json");
        Path plain = Files.writeString(folder.resolve("manifest.json"), Json.text(manifest));
        assertThat(SignTool.run(folder.resolve("release.key"), "release", plain, envelope, List.of(main),
                System.out, System.err)).isZero();
        return StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD)
                .postParts("/releases", new Multipart().file("envelope", envelope, "application/json")
                        .file("artifact", main, "application/octet-stream"))
                .orFail().path("id").asText();
    }
}
