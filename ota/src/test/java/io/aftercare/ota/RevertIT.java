package io.aftercare.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A release that turns out to be bad, and the way back from it.
class RevertIT {
    private static final byte[] IMAGE = "firmware".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Database database;
    private OtaServer server;
    private final Firmware team = new Firmware();

    @BeforeEach
    void open() throws IOException, InterruptedException {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        for (String device : List.of("P1", "P2", "P3", "P4")) {
            server.device(device, "LP-2000", "B1", "2.3.0");
        }
        send("ann", "POST", "/api/v1/signing-keys",
                Json.object().put("name", "release-2026").put("publicKey", team.publicPem()));
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void aBadReleaseIsTakenBackWithoutAnybodyWhereThatWasApproved() throws Exception {
        publish(230, "2.3.0", null);
        String bad = publish(240, "2.4.0", 230L);
        String campaign = running(bad, "rollback");
        update("P1", bad);
        server.offer("P2");
        server.status("P2", bad, "installing", "");
        server.offer("P3");
        server.offer("P4");

        halt("incident I1");
        halt("incident I1"); // told twice, done once

        JsonNode ended = get("/api/v1/campaigns/" + campaign);
        assertThat(ended.path("state").asText()).isEqualTo("aborted");
        assertThat(ended.path("reason").asText()).isEqualTo("incident I1; C2 returns its devices to 2.3.0");
        JsonNode back = get("/api/v1/campaigns/C2");
        assertThat(back.path("revert").asBoolean()).isTrue();
        assertThat(back.path("revertOf").asText()).isEqualTo(campaign);
        assertThat(back.path("state").asText()).isEqualTo("running");
        assertThat(back.path("author").asText()).isEqualTo("system");
        assertThat(back.path("approvedBy").asText()).isEqualTo("bob");
        assertThat(audited("campaign.revert", "campaign/C2")).isEqualTo(1);

        JsonNode offer = server.offer("P1");
        assertThat(offer.path("revert").asBoolean()).isTrue();
        assertThat(offer.path("version").asText()).isEqualTo("2.3.0");
        server.runs("P1", "2.3.0");
        server.status("P1", offer.path("release").asText(), "confirmed", "");
        // P2 could not be stopped: it is followed until it is known what it runs; P3 and P4 were stopped in time
        JsonNode counts = get("/api/v1/campaigns/C2").path("counts");
        assertThat(counts.path("confirmed").asInt()).isEqualTo(1);
        assertThat(counts.path("pending").asInt()).isEqualTo(1);
        server.status("P2", bad, "failed", "refused: wrong signature");
        database.useTransaction(handle -> handle.execute("UPDATE ota.deployment SET due_at = now()"
                + " WHERE campaign = 2 AND state = 'pending'"));
        OtaServer.await("the end of the return",
                () -> get("/api/v1/campaigns/C2").path("state").asText().equals("finished"));
        assertThat(get("/api/v1/campaigns/C2").path("counts").path("skipped").asInt()).isEqualTo(1);
        assertThat(get("/api/v1/campaigns").path("items")).hasSize(2);
    }

    @Test
    void aPausedCampaignOffersTheWayBackUntilItGoesOn() throws Exception {
        publish(230, "2.3.0", null);
        String bad = publish(240, "2.4.0", 230L);
        String campaign = running(bad, "pause");
        update("P1", bad);
        halt("incident I1");
        assertThat(get("/api/v1/campaigns/" + campaign).path("reason").asText())
                .isEqualTo("incident I1; C2 would return its devices to 2.3.0");
        assertThat(get("/api/v1/campaigns/C2").path("state").asText()).isEqualTo("awaiting-approval");

        send("ann", "POST", "/api/v1/campaigns/" + campaign + "/resume", Json.object());
        assertThat(get("/api/v1/campaigns/C2").path("reason").asText()).isEqualTo("C1 goes on");
        halt("incident I2");
        assertThat(get("/api/v1/campaigns/C3").path("revertOf").asText()).isEqualTo(campaign);

        assertThat(server.send("ann", "POST", "/api/v1/campaigns/C3/approve", "").status()).isEqualTo(409);
        send("bob", "POST", "/api/v1/campaigns/C3/approve", Json.object());
        send("bob", "POST", "/api/v1/campaigns/C3/start", Json.object());
        assertThat(get("/api/v1/campaigns/" + campaign).path("state").asText()).isEqualTo("aborted");
    }

    @Test
    void withoutALeaveSignedInAdvanceThereIsNoWayBack() throws Exception {
        String old = publish(230, "2.3.0", null);
        String bad = publish(240, "2.4.0", null);
        String campaign = running(bad, "rollback");
        update("P1", bad);
        halt("incident I1");
        assertThat(get("/api/v1/campaigns/" + campaign).path("reason").asText())
                .startsWith("incident I1; its devices cannot return").contains("revertTo");
        assertThat(get("/api/v1/campaigns").path("items")).hasSize(1);
        OtaServer.Answer refused = server.send("ann", "POST", "/api/v1/campaigns",
                Json.text(Json.object().put("name", "back").put("release", old).put("revert", true)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("revertTo");
    }

    @Test
    void aPersonReturnsThoseThatMay() throws Exception {
        String old = publish(230, "2.3.0", null);
        publish(240, "2.4.0", 230L);
        publish(250, "2.5.0", null);
        server.runs("P1", "2.4.0");
        server.runs("P2", "2.5.0");
        ObjectNode back = Json.object().put("name", "back").put("release", old).put("revert", true);
        back.putArray("stages").addObject().put("percent", 100);
        JsonNode made = send("ann", "POST", "/api/v1/campaigns", back);
        assertThat(made.path("matched").asInt()).isEqualTo(2);
        send("bob", "POST", "/api/v1/campaigns/C1/approve", Json.object());
        send("bob", "POST", "/api/v1/campaigns/C1/start", Json.object());
        assertThat(server.offer("P1").path("revert").asBoolean()).isTrue();
        OtaServer.await("P2 skipped",
                () -> get("/api/v1/campaigns/C1").path("counts").path("skipped").asInt() == 1);
    }

    private void halt(String reason) {
        database.useTransaction(handle -> server.ota.halt(handle, "LP-2000", "2.4.0", reason));
    }

    private void update(String device, String release) {
        server.offer(device);
        server.runs(device, "2.4.0");
        server.status(device, release, "confirmed", "");
    }

    private String running(String release, String action) throws IOException, InterruptedException {
        ObjectNode campaign = Json.object().put("name", "Fuser control").put("release", release);
        campaign.putArray("stages").addObject().put("percent", 100);
        campaign.putObject("gate").put("action", action);
        String id = send("ann", "POST", "/api/v1/campaigns", campaign).path("id").asText();
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

    private int audited(String action, String object) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.audit WHERE action = :action AND object = :object"
                        + " AND actor = 'system'")
                .bind("action", action).bind("object", object).mapTo(Integer.class).one());
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
