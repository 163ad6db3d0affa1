package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.RootTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.fleet.Fleet;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole chain with the tools that people use: two of three make the root, two of three sign a release of two components,
/// the backend assigns it, and reference devices that were built with the root install it, over HTTP and over MQTT alone.
/// Then the release keys are exchanged, devices follow, and what the old keys signed goes nowhere.
class TrustedUpdateIT {
    private static final String MODEL = "LP-2000";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void devicesWithARootFollowItThroughItsRotation() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            List<Credential> devices = new ArrayList<>();
            for (String id : List.of("by-http", "by-mqtt")) {
                devices.add(new Credential(id, MODEL, admin.register(MODEL, id)));
            }
            admin.post("/api/v1/users", Map.of("username", "approver", "password", "let it go then", "roles",
                    List.of("release-approver"))).expect(201);
            serverKey(admin);
            Path first = root(1, List.of("x", "y", "z"), "a", "b");
            bring(admin, first);
            try (Fleet http = fleet(backend, devices.get(0), first, false);
                    Fleet mqtt = fleet(backend, devices.get(1), first, true)) {
                http.start();
                mqtt.start();
                update(backend, admin, 240, "x", "z");

                Path second = root(2, List.of("x", "v", "w"), "b", "c");
                bring(admin, second);
                StaffApi team = team(backend);
                assertThat(team.postParts("/releases", release(241, "x", "z")).status()).isEqualTo(422);
                update(backend, admin, 241, "v", "w");
            }
            for (Credential device : devices) {
                assertThat(
                        Files.readString(folder.resolve("state").resolve(device.id()).resolve("trust.json"),
                                StandardCharsets.UTF_8))
                        .as("followed the root").contains("payload");
            }
        }
    }

    private Fleet fleet(BackendProcess backend, Credential device, Path root, boolean overMqtt)
            throws Exception {
        OtaSettings ota = new OtaSettings(overMqtt, 16 * 1024, Duration.ZERO, Duration.ofMillis(10),
                Duration.ofMillis(20));
        return new Fleet(new Fleet.Setup(List.of(device), new Broker("127.0.0.1", backend.mqttPort()),
                backend.http(), TrustedKeys.read(List.of()).withRoot(root), "B1", folder.resolve("state"),
                new DeviceSettings(Duration.ofSeconds(1), Duration.ofMillis(100),
                        DeviceSettings.USUAL.samplesMax(), Pace.SHOW),
                ota, FaultPlan.parse(List.of()), 1));
    }

    private void serverKey(StaffClient admin) throws Exception {
        JsonNode key = admin.get("/api/v1/assignment-keys").expect(200).path("items").get(0);
        Files.createDirectories(folder.resolve("server"));
        Files.writeString(folder.resolve("server/release.pub"), key.path("publicKey").asText());
    }

    private Path root(int version, List<String> release, String... signers) throws Exception {
        RootTool.Parts parts = new RootTool.Parts(version, Instant.now(), Instant.now().plusSeconds(86_400),
                role(List.of("a", "b", "c"), 2), role(release, 2),
                new RootTool.Role(Map.of("server", folder.resolve("server/release.pub")), 1), Map.of());
        Path document = folder.resolve("root-" + version + ".json");
        assertThat(RootTool.run(parts, document, System.out, System.err)).isZero();
        Path envelope = folder.resolve("root-" + version + ".envelope.json");
        assertThat(SignTool.root(secret(signers[0]), signers[0], document, envelope, System.out, System.err))
                .isZero();
        assertThat(SignTool.add(secret(signers[1]), signers[1], envelope, envelope, System.out, System.err))
                .isZero();
        return envelope;
    }

    private RootTool.Role role(List<String> names, int threshold) throws Exception {
        Map<String, Path> keys = new TreeMap<>();
        for (String name : names) {
            keys.put(name, secret(name).resolveSibling("release.pub"));
        }
        return new RootTool.Role(keys, threshold);
    }

    private Path secret(String name) throws Exception {
        Path home = folder.resolve("people").resolve(name);
        if (Files.notExists(home)) {
            assertThat(KeygenTool.run(home, System.out, System.err)).isZero();
        }
        return home.resolve("release.key");
    }

    private static void bring(StaffClient admin, Path root) throws Exception {
        admin.send("POST", "/api/v1/roots", HttpRequest.BodyPublishers.ofFile(root),
                Map.of("Content-Type", "application/json")).expect(201);
    }

    private static StaffApi team(BackendProcess backend) throws Exception {
        return StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD);
    }

    private void update(BackendProcess backend, StaffClient admin, long counter, String... signers)
            throws Exception {
        StaffApi team = team(backend);
        String release = team.postParts("/releases", release(counter, signers)).orFail().path("id").asText();
        String id = admin.post("/api/v1/campaigns", Map.of("name", "all", "release", release, "stages",
                List.of(Map.of("percent", 100)))).expect(201).path("id").asText();
        StaffApi.login(backend.http().toString(), "approver", "let it go then")
                .post("/campaigns/" + id + "/approve").orFail();
        team.post("/campaigns/" + id + "/start").orFail();
        JsonNode done = admin.await("/api/v1/campaigns/" + id + "/devices", list -> {
            List<String> states = list.path("items").findValuesAsText("state");
            return states.size() == 2 && states.stream().noneMatch(List.of("pending", "offered", "accepted",
                    "downloading", "downloaded", "verifying", "installing", "rebooting")::contains);
        });
        assertThat(done.path("items").findValuesAsText("state")).as(done.toString())
                .containsOnly("confirmed");
        assertThat(done.path("items").findValuesAsText("firmware")).containsOnly("2.4." + counter);
    }

    private Multipart release(long counter, String... signers) throws Exception {
        Path main = Files.writeString(folder.resolve("main.fw"),
                "{\"version\":\"2.4." + counter + "\"}" + " ".repeat(40_000));
        Path radio = Files.writeString(folder.resolve("radio.fw"), "radio " + counter + "!".repeat(20_000));
        ObjectNode manifest = Json.object().put("product", MODEL).put("counter", counter)
                .put("version", "2.4." + counter).put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        Path plain = Files.writeString(folder.resolve("manifest.json"), Json.text(manifest));
        Path envelope = folder.resolve("release.json");
        assertThat(SignTool.run(secret(signers[0]), signers[0], plain, envelope, List.of(main, radio),
                System.out, System.err)).isZero();
        assertThat(SignTool.add(secret(signers[1]), signers[1], envelope, envelope, System.out, System.err))
                .isZero();
        return new Multipart().file("envelope", envelope, "application/json")
                .file("artifact", main, "application/octet-stream")
                .file("artifact", radio, "application/octet-stream");
    }
}
