package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The people who make firmware for one model, and devices of it that say by MQTT what a test lets them say.
final class Firmware implements AutoCloseable {
    final String model;
    final List<TestDevice> devices = new ArrayList<>();
    private final ConsoleWorld world;
    private final Path folder;
    private final String key;

    private Firmware(ConsoleWorld world, Path folder) {
        this.world = world;
        this.folder = folder;
        this.model = world.fresh("LP");
        this.key = world.fresh("key");
    }

    /// Makes a signing key known, and this many devices with firmware 2.3.0 that measure 180 °C.
    ///
    /// @param folder for keys and images
    static Firmware team(ConsoleWorld world, Path folder, int devices)
            throws IOException, InterruptedException {
        Firmware team = new Firmware(world, folder);
        assertThat(KeygenTool.run(folder, System.out, System.err)).isZero();
        StaffClient admin = world.admin();
        admin.post("/api/v1/signing-keys",
                Map.of("name", team.key, "publicKey", Files.readString(folder.resolve("release.pub"))))
                .expect(201);
        admin.post("/api/v1/products", Map.of("model", team.model, "name", "Printer", "metrics",
                List.of(Map.of("name", "fuser_temp", "unit", "°C")), "actions", List.of())).expect(201);
        for (int i = 0; i < devices; i++) {
            TestDevice device = world.device(team.model).on();
            team.devices.add(device);
            device.say("state", Map.of("firmware", "2.3.0", "hardware", "B1"));
            device.measure("fuser_temp", 180 + i % 5);
        }
        return team;
    }

    /// Has too hot a fuser noticed; opens cases of priority P1.
    void watchHeat() throws IOException, InterruptedException {
        world.rule("hot", """
                title: Too hot
                applies_to: { model: %s }
                fault: { code: TOO_HOT, severity: major }
                when: 'fuser_temp > 210'
                clear_when: 'fuser_temp < 195'
                ticket: { open: true, priority: P1 }
                """.formatted(model));
    }

    /// Uploads a release.
    ///
    /// @param fixes codes of faults
    /// @return its id
    String release(int counter, String version, String... fixes) throws IOException, InterruptedException {
        Path image = Files.writeString(folder.resolve("printer.fw"), "a firmware".repeat(100));
        ObjectNode manifest = Json.object().put("product", model).put("counter", counter)
                .put("version", version).put("minFrom", "2.0.0")
                .put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        manifest.putArray("hardware").add("B1");
        manifest.set("fixes", Json.tree(List.of(fixes)));
        if (counter > 230) {
            manifest.put("revertTo", 230);
        }
        Path envelope = folder.resolve("envelope.json");
        Path plain = Files.writeString(folder.resolve("manifest.json"), Json.text(manifest));
        assertThat(SignTool.run(folder.resolve("release.key"), key, plain, envelope, List.of(image),
                System.out, System.err)).isZero();
        StaffApi staff = StaffApi.login(world.http().toString(), ConsoleWorld.name("firmware"),
                world.password("firmware"));
        return staff.postParts("/releases", new Multipart().file("envelope", envelope, "application/json")
                .file("artifact", image, "application/octet-stream")).orFail().path("id").asText();
    }

    /// Hands a campaign in, as the firmware team: somebody else approves it.
    ///
    /// @param stages percentages
    /// @param gate JSON
    /// @return its id
    String campaign(String release, String gate, int... stages) throws IOException, InterruptedException {
        ObjectNode campaign = Json.object().put("name", world.fresh("Fan curve")).put("release", release);
        for (int percent : stages) {
            campaign.withArray("stages").addObject().put("percent", percent);
        }
        campaign.set("gate", Json.parse(gate));
        try (StaffClient staff = world.staff("firmware")) {
            return staff.post("/api/v1/campaigns", campaign).expect(201).path("id").asText();
        }
    }

    TestDevice device(String id) {
        return devices.stream().filter(one -> one.id.equals(id)).findFirst().orElseThrow();
    }

    /// A device says that it runs this version now, brought by this release.
    void installed(TestDevice device, String release, String version) {
        device.say("state", Map.of("firmware", version, "hardware", "B1"));
        device.say("ota/status", Map.of("release", release, "state", "confirmed"));
    }

    @Override
    public void close() {
        devices.forEach(TestDevice::close);
    }
}
