package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.link.Receiver;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A firmware that is bad, from its first devices to the last one that is well again: the whole process, told by MQTT and
/// asked by HTTP alone.
class FirmwareIncidentIT {
    private static final String MODEL = "LP-2000";
    private static final String BAD = "2.4.0";
    private static final int SICK = 6;
    private static final int OTHERS = 10;
    private static final long AWAIT_NANOS = 30_000_000_000L;
    private static final String RULE = """
            id: hot
            title: Too hot
            applies_to: { model: LP-2000 }
            fault: { code: TOO_HOT, severity: major }
            when: 'fuser_temp > 210'
            clear_when: 'fuser_temp < 195'
            """;

    @TempDir
    private Path folder = Path.of("");

    private final List<Link> links = new ArrayList<>();

    @Test
    void aBadFirmwareIsOneIncidentItsCampaignPausesAndTheLastCureEndsIt() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            for (int i = 0; i < SICK + OTHERS; i++) {
                Link link = device(backend, new Credential("P-" + i, MODEL, admin.register(MODEL, "P-" + i)));
                link.send("state", Map.of("firmware", i < SICK ? BAD : "2.3.0", "hardware", "B1"));
                link.telemetry(System.currentTimeMillis(), Map.of("fuser_temp", 180));
            }
            told();
            admin.put("/api/v1/rules/hot", "application/yaml", RULE).expect(201);
            String campaign = running(backend, admin);

            heat(SICK, 220);
            JsonNode incident = admin.await("/api/v1/incidents?state=open",
                    list -> list.path("items").size() == 1
                            && list.path("items").get(0).path("openMembers").asInt() == SICK
                            // whom it suspects follows who joined
                            && list.path("items").get(0).path("suspect").path("value").asText().equals(BAD))
                    .path("items").get(0);
            String id = incident.path("id").asText();
            assertThat(incident.path("suspect").path("dimension").asText()).isEqualTo("firmware");

            JsonNode paused = admin.await("/api/v1/campaigns/" + campaign,
                    it -> it.path("state").asText().equals("paused"));
            assertThat(paused.path("reason").asText()).startsWith("incident " + id + ": ")
                    .contains("with firmware " + BAD);
            JsonNode tickets = admin.await("/api/v1/tickets?origin=proactive",
                    list -> list.path("items").size() == SICK
                            && list.path("items").findValuesAsText("incident").stream().allMatch(id::equals));
            assertThat(tickets.path("items").findValuesAsText("device")).doesNotHaveDuplicates();

            heat(SICK - 1, 180);
            admin.await("/api/v1/incidents/" + id, it -> it.path("openMembers").asInt() == 1
                    && it.path("state").asText().equals("open"));
            heat(SICK, 180);
            admin.await("/api/v1/incidents/" + id, it -> it.path("state").asText().equals("resolved"));
            assertThat(admin.get("/api/v1/campaigns/" + campaign).expect(200).path("state").asText())
                    .as("a person lets it go on").isEqualTo("paused");
        } finally {
            links.forEach(Link::close);
        }
    }

    private Link device(BackendProcess backend, Credential who) {
        Link link = new Link(new Broker("127.0.0.1", backend.mqttPort()), who, List.of("desired"), 100,
                new Random(links.size()));
        links.add(link);
        link.start(new Receiver() {
            @Override
            public void lost() {
                // it comes back by itself
            }

            @Override
            public void connected() {
                // what has to be told waits in the link
            }

            @Override
            public void message(String topic, byte[] payload) {
                // listens to nothing
            }
        });
        return link;
    }

    private void heat(int devices, int degrees) {
        links.stream().limit(devices)
                .forEach(link -> link.telemetry(System.currentTimeMillis(), Map.of("fuser_temp", degrees)));
        told();
    }

    // everything that the devices had to say is acknowledged
    private void told() {
        long deadline = System.nanoTime() + AWAIT_NANOS;
        while (links.stream().anyMatch(link -> link.waiting() > 0)) {
            assertThat(System.nanoTime()).as("acknowledged in time").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    // a campaign of the bad firmware, uploaded by one person, let go by another
    private String running(BackendProcess backend, StaffClient admin) throws Exception {
        admin.post("/api/v1/users", Map.of("username", "approver", "password", "let it go then", "roles",
                List.of("release-approver"))).expect(201);
        StaffApi team = StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD);
        String release = team.postParts("/releases", firmware(admin)).orFail().path("id").asText();
        JsonNode campaign = Json.parse("""
                {"name": "all", "target": "device.model == \\"LP-2000\\"", "release": "%s",
                 "stages": [{"percent": 10}, {"percent": 100}],
                 "gate": {"success": 0.9, "error": 0.1, "minimum": 1, "soak": "PT1H"}}""".formatted(release));
        String id = admin.post("/api/v1/campaigns", campaign).expect(201).path("id").asText();
        StaffApi approver = StaffApi.login(backend.http().toString(), "approver", "let it go then");
        approver.post("/campaigns/" + id + "/approve").orFail();
        assertThat(team.post("/campaigns/" + id + "/start").orFail().path("state").asText())
                .isEqualTo("running");
        return id;
    }

    private Multipart firmware(StaffClient admin) throws Exception {
        KeygenTool.run(folder, System.out, System.err);
        admin.post("/api/v1/signing-keys",
                Map.of("name", "release", "publicKey", Files.readString(folder.resolve("release.pub"))))
                .expect(201);
        Path image = Files.writeString(folder.resolve("printer.fw"), "a firmware".repeat(100));
        ObjectNode manifest = Json.object().put("product", MODEL).put("counter", 240).put("version", BAD)
                .put("minFrom", "2.0.0").put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        manifest.putArray("hardware").add("B1");
        manifest.putArray("fixes");
        Path envelope = folder.resolve("envelope.json");
        Path plain = Files.writeString(folder.resolve("manifest.json"), Json.text(manifest));
        assertThat(SignTool.run(folder.resolve("release.key"), "release", plain, envelope, List.of(image),
                System.out, System.err)).isZero();
        return new Multipart().file("envelope", envelope, "application/json").file("artifact", image,
                "application/octet-stream");
    }
}
