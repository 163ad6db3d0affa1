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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A regression caught at the canary by the health gate, with the whole process: three devices of thirty overheat after the
/// update, too few for the diagnosis to call it an incident by itself. Told by MQTT and asked by HTTP alone.
class CanaryIT {
    private static final String MODEL = "LP-2000";
    private static final int FLEET = 30;
    private static final int CANARY = 3;
    private static final long AWAIT_NANOS = 60_000_000_000L;
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

    private final Map<String, Link> links = new TreeMap<>();

    @Test
    void aRegressionThatOnlyTheComparisonSeesIsTakenBackAndIsAnIncident() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            admin.post("/api/v1/products", Map.of("model", MODEL, "name", "Printer", "metrics",
                    List.of(Map.of("name", "fuser_temp", "unit", "°C")), "actions", List.of())).expect(201);
            for (int i = 0; i < FLEET; i++) {
                String id = "P-" + i;
                Link link = device(backend, new Credential(id, MODEL, admin.register(MODEL, id)));
                link.send("state", Map.of("firmware", "2.3.0", "hardware", "B1"));
                link.telemetry(System.currentTimeMillis(), Map.of("fuser_temp", 180 + i % 5));
            }
            told();
            admin.put("/api/v1/rules/hot", "application/yaml", RULE).expect(201);
            String campaign = running(backend, admin);

            JsonNode offered = admin.await("/api/v1/campaigns/" + campaign + "/devices?state=offered",
                    list -> list.path("items").size() == CANARY);
            String release = admin.get("/api/v1/campaigns/" + campaign).expect(200).path("release").asText();
            List<String> canary = offered.path("items").findValuesAsText("device");
            for (String device : canary) {
                link(device).send("state", Map.of("firmware", "2.4.0", "hardware", "B1"));
                link(device).send("ota/status", Map.of("release", release, "state", "confirmed"));
            }
            told();
            canary.forEach(
                    device -> link(device).telemetry(System.currentTimeMillis(), Map.of("fuser_temp", 220)));
            told();

            JsonNode ended = admin.await("/api/v1/campaigns/" + campaign,
                    it -> it.path("state").asText().equals("aborted"));
            assertThat(ended.path("reason").asText()).startsWith(
                    "health gate, stage 1: TOO_HOT on 3 of 3 updated devices and 0 of 27 waiting ones, p = ")
                    .endsWith("C2 returns its devices to 2.3.0");
            JsonNode incidents = admin.await("/api/v1/incidents?state=open",
                    list -> list.path("items").size() == 1
                            && list.path("items").get(0).path("members").asInt() == CANARY);
            JsonNode incident = incidents.path("items").get(0);
            assertThat(incident.path("code").asText()).isEqualTo("TOO_HOT");
            assertThat(incident.path("suspect").path("value").asText()).isEqualTo("2.4.0");
            assertThat(incident.path("suspect").path("exposedOthers").asInt()).isEqualTo(FLEET - CANARY);
            assertThat(incident.path("text").asText()).startsWith("campaign " + campaign + ": health gate");
            JsonNode health = admin.get("/api/v1/campaigns/" + campaign + "/health").expect(200);
            assertThat(health.path("series").findValuesAsText("name")).contains("fuser_temp");
            admin.await("/api/v1/campaigns/C2/devices?state=offered",
                    list -> list.path("items").size() == CANARY);
        } finally {
            links.values().forEach(Link::close);
        }
    }

    private Link link(String device) {
        return Objects.requireNonNull(links.get(device));
    }

    private Link device(BackendProcess backend, Credential who) {
        Link link = new Link(new Broker("127.0.0.1", backend.mqttPort()), who, List.of("desired"), 100,
                new Random(links.size()));
        links.put(who.id(), link);
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

    // everything that the devices had to say is acknowledged
    private void told() {
        long deadline = System.nanoTime() + AWAIT_NANOS;
        while (links.values().stream().anyMatch(link -> link.waiting() > 0)) {
            assertThat(System.nanoTime()).as("acknowledged in time").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private String running(BackendProcess backend, StaffClient admin) throws Exception {
        admin.post("/api/v1/users", Map.of("username", "approver", "password", "let it go then", "roles",
                List.of("release-approver"))).expect(201);
        StaffApi team = StaffApi.login(backend.http().toString(), "admin", BackendProcess.ADMIN_PASSWORD);
        KeygenTool.run(folder, System.out, System.err);
        admin.post("/api/v1/signing-keys",
                Map.of("name", "release", "publicKey", Files.readString(folder.resolve("release.pub"))))
                .expect(201);
        team.postParts("/releases", firmware(230, "2.3.0")).orFail();
        String release = team.postParts("/releases", firmware(240, "2.4.0")).orFail().path("id").asText();
        JsonNode campaign = Json.parse("""
                {"name": "all", "release": "%s", "stages": [{"percent": 10}, {"percent": 100}],
                 "gate": {"soak": "PT8S", "action": "rollback", "metrics": ["fuser_temp"]}}"""
                .formatted(release));
        String id = admin.post("/api/v1/campaigns", campaign).expect(201).path("id").asText();
        StaffApi approver = StaffApi.login(backend.http().toString(), "approver", "let it go then");
        approver.post("/campaigns/" + id + "/approve").orFail();
        team.post("/campaigns/" + id + "/start").orFail();
        return id;
    }

    private Multipart firmware(int counter, String version) throws Exception {
        Path image = Files.writeString(folder.resolve("printer.fw"), "a firmware".repeat(100));
        ObjectNode manifest = Json.object().put("product", MODEL).put("counter", counter)
                .put("version", version)
                .put("minFrom", "2.0.0").put("issued", Instant.now().minusSeconds(60).toString())
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        manifest.putArray("hardware").add("B1");
        manifest.putArray("fixes");
        if (counter > 230) {
            manifest.put("revertTo", 230);
        }
        Path envelope = folder.resolve("envelope-" + counter + ".json");
        Path plain = Files.writeString(folder.resolve("manifest-" + counter + ".json"), Json.text(manifest));
        assertThat(SignTool.run(folder.resolve("release.key"), "release", plain, envelope, List.of(image),
                System.out, System.err)).isZero();
        return new Multipart().file("envelope", envelope, "application/json").file("artifact", image,
                "application/octet-stream");
    }
}
