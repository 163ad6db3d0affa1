package io.aftercare.ota.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.ddi.DdiConfig;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate with a database and devices that come to harm, or not.
class HealthGateIT {
    private static final byte[] IMAGE = "firmware".repeat(100).getBytes(StandardCharsets.UTF_8);
    private static final int FLEET = 40;
    private static final int CANARY = 4;

    @TempDir
    Path folder;

    private final Fleet fleet = new Fleet();
    private final Firmware team = new Firmware();
    private Database database;
    private OtaServer server;

    /// What the neighbours would know.
    private static final class Fleet implements HealthFacts {
        final Queue<Raised> raised = new ConcurrentLinkedQueue<>();
        volatile Set<DeviceId> hot = Set.of();

        @Override
        public List<Raised> raised(List<DeviceId> devices, Instant since) {
            return raised.stream().filter(one -> devices.contains(one.device()) && !one.at().isBefore(since))
                    .toList();
        }

        @Override
        public Set<DeviceId> heard(List<DeviceId> devices, Instant since) {
            return new HashSet<>(devices);
        }

        @Override
        public Map<String, List<Mean>> means(DeviceId device, List<String> metrics, Instant from, Instant to,
                int points) {
            boolean isAfter = to.isAfter(Instant.now().minusSeconds(1));
            double value = 180 + device.value().hashCode() % 7 + (isAfter && hot.contains(device) ? 12 : 0);
            return Map.of("fuser_temp", List.of(new Mean(from, value, 10)));
        }
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of(), DdiConfig.USUAL, fleet);
        for (int i = 0; i < FLEET; i++) {
            server.device("P" + i, "LP-2000", "B1", "2.3.0");
        }
        database.useTransaction(handle -> handle.execute(
                """
                        UPDATE fleet.product SET document = '{"metrics": [{"name": "fuser_temp", "unit": "°C"}]}'"""));
        send("ann", "POST", "/api/v1/signing-keys",
                Json.object().put("name", "release-2026").put("publicKey", team.publicPem()));
        publish(230, "2.3.0", null);
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void devicesThatBreakAfterTheUpdateTakeItBackByThemselves() throws Exception {
        String release = publish(240, "2.4.0", 230L);
        String campaign = running(release, "rollback", Json.array());
        for (String device : canary(release)) {
            fleet.raised
                    .add(new HealthFacts.Raised(new DeviceId(device), "FUSER_OVERHEAT", Instant.now(), true));
        }
        fleet.raised.add(new HealthFacts.Raised(new DeviceId("P0"), "PAPER_JAM", Instant.now(), false));

        OtaServer.await("the rollback",
                () -> get("/api/v1/campaigns/C2").path("state").asText().equals("running"));
        JsonNode stopped = get("/api/v1/campaigns/" + campaign);
        assertThat(stopped.path("state").asText()).isEqualTo("aborted");
        assertThat(stopped.path("reason").asText())
                .startsWith(
                        "health gate, stage 1: FUSER_OVERHEAT on 4 of 4 updated devices and 0 of 36 waiting ones")
                .endsWith("C2 returns its devices to 2.3.0");
        JsonNode health = get("/api/v1/campaigns/" + campaign + "/health");
        assertThat(health.path("verdict").asText()).isEqualTo("worse");
        assertThat(health.path("spent").asDouble()).isBetween(1e-9, 0.01);
        assertThat(health.path("series").get(0).path("points")).isNotEmpty();
        OtaServer.await("word for the diagnosis", () -> server.unhealthy.size() == 1);
        JsonNode told = server.unhealthy.getFirst();
        assertThat(told.path("code").asText()).isEqualTo("FUSER_OVERHEAT");
        assertThat(told.path("version").asText()).isEqualTo("2.4.0");
        int audited = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.audit WHERE action = 'campaign.unhealthy'")
                .mapTo(Integer.class).one());
        assertThat(audited).isEqualTo(1);
    }

    @Test
    void aMetricThatGetsWorsePausesItUntilSomebodyLetsItGoOn() throws Exception {
        String release = publish(240, "2.4.0", 230L);
        String campaign = running(release, "pause", Json.array().add("fuser_temp"));
        List<String> canary = canary(release);
        fleet.hot = new HashSet<>(canary.stream().map(DeviceId::new).toList());
        OtaServer.await("the pause", () -> state(campaign).equals("paused"));
        assertThat(get("/api/v1/campaigns/" + campaign).path("reason").asText())
                .contains(
                        "fuser_temp changed by +12.00 on 4 updated devices and by +0.000 on 36 waiting ones");
        send("ann", "POST", "/api/v1/campaigns/" + campaign + "/resume", Json.object());
        OtaServer.await("the second stage",
                () -> get("/api/v1/campaigns/" + campaign).path("stage").asInt() == 2);
    }

    @Test
    void aHealthyReleaseGoesOnAfterTheLastLook() throws Exception {
        String release = publish(240, "2.4.0", null);
        String campaign = running(release, "rollback",
                Json.array().add(Json.object().put("metric", "fuser_temp")
                        .put("worse", "higher").put("tolerance", 2)));
        canary(release);
        fleet.raised.add(new HealthFacts.Raised(new DeviceId("P0"), "PAPER_JAM", Instant.now(), false));
        OtaServer.await("the second stage",
                () -> get("/api/v1/campaigns/" + campaign).path("stage").asInt() == 2);
        JsonNode looks = get("/api/v1/campaigns/" + campaign + "/health").path("looks");
        assertThat(looks).hasSize(1);
        assertThat(looks.get(0).path("last").asBoolean()).isTrue();
        assertThat(looks.get(0).path("updated").asInt()).isEqualTo(CANARY);
        assertThat(looks.get(0).path("waiting").asInt()).isEqualTo(FLEET - CANARY);
    }

    @Test
    void aMetricThatTheProductDoesNotHaveIsRefused() throws Exception {
        String release = publish(240, "2.4.0", null);
        ObjectNode campaign = campaign(release, "pause", Json.array().add("fuser_tmp"));
        OtaServer.Answer refused = server.send("ann", "POST", "/api/v1/campaigns", Json.text(campaign));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("it declares fuser_temp");
        campaign.withObject("gate").putArray("metrics").add("fuser_temp").add("fuser_temp");
        assertThat(server.send("ann", "POST", "/api/v1/campaigns", Json.text(campaign)).text())
                .contains("named twice");
    }

    /// Updates those that are offered it first.
    private List<String> canary(String release) {
        OtaServer.await("offers", () -> server.sent.size() == CANARY);
        List<String> devices = server.sent.stream().map(OtaServer.Sent::device).toList();
        for (String device : devices) {
            server.runs(device, "2.4.0");
            server.status(device, release, "confirmed", "");
        }
        server.sent.clear();
        return devices;
    }

    private static ObjectNode campaign(String release, String action, JsonNode metrics) {
        ObjectNode campaign = Json.object().put("name", "Fuser control").put("release", release);
        campaign.putArray("stages").addObject().put("percent", 10);
        campaign.withArray("stages").addObject().put("percent", 100);
        campaign.putObject("gate").put("action", action).put("soak", "PT2S").set("metrics", metrics);
        return campaign;
    }

    private String running(String release, String action, JsonNode metrics)
            throws IOException, InterruptedException {
        String id = send("ann", "POST", "/api/v1/campaigns", campaign(release, action, metrics)).path("id")
                .asText();
        send("bob", "POST", "/api/v1/campaigns/" + id + "/approve", Json.object());
        send("bob", "POST", "/api/v1/campaigns/" + id + "/start", Json.object());
        return id;
    }

    private String publish(long counter, String version, @Nullable Long revertTo)
            throws IOException, InterruptedException {
        ObjectNode manifest = Firmware.manifest("LP-2000", counter, version, IMAGE);
        if (revertTo != null) {
            manifest.put("revertTo", revertTo);
        }
        return server.publish(Part.envelope(team.sign(manifest, "release-2026")),
                Part.artifact("fw.bin", IMAGE));
    }

    private String state(String campaign) {
        return get("/api/v1/campaigns/" + campaign).path("state").asText();
    }

    private JsonNode send(String user, String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        OtaServer.Answer answer = server.send(user, method, path, body.isEmpty() ? "" : Json.text(body));
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return answer.json();
    }

    private JsonNode get(String path) {
        try {
            return server.send("eve", "GET", path, "").json();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
