package io.aftercare.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.campaign.OpenFaults.OpenFault;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtaLoopIT {
    private static final byte[] IMAGE = "the fixed firmware".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void aFixGoesFromTheSignedReleaseThroughTheStagesToEveryDevice() throws Exception {
        List<OpenFault> faults = List.of(new OpenFault("F1", new DeviceId("P2"), "FUSER_OVERHEAT", "2.3.0"));
        try (Database database = TestDatabase.create("ota");
                OtaServer server = new OtaServer(database, folder,
                        (model, codes) -> codes.contains("FUSER_OVERHEAT") ? faults : List.of())) {
            String token = server.device("P1", "LP-2000", "B1", "2.3.0");
            server.device("P2", "LP-2000", "B1", "2.3.0");
            server.device("P3", "LP-2000", "A1", "2.3.0");
            server.device("X1", "other", "B1", "2.3.0");
            String release = publish(server);

            OtaServer.await("the proposal", () -> campaigns(server).size() == 1);
            assertThat(campaigns(server).get(0).path("proposed").asBoolean()).isTrue();
            assertThat(campaigns(server).get(0).path("state").asText()).isEqualTo("awaiting-approval");
            assertThat(server.send("ann", "POST", "/api/v1/campaigns/C1/approve", "").status())
                    .isEqualTo(409);

            String id = approved(server, release);
            suspect(server, id);

            // three devices, one of other hardware: 50 % are two of them
            for (String device : List.of("P1", "P2")) {
                JsonNode offer = server.offer(device);
                assertThat(offer.path("release").asText()).isEqualTo(release);
                assertThat(offer.path("url").asText())
                        .isEqualTo("/device/v1/" + device + "/artifacts/" + Firmware.sha256(IMAGE));
                assertThat(offer.path("envelope").path("payloadType").asText()).contains("manifest");
                if (device.equals("P1")) {
                    download(server, token, offer);
                }
                for (String state : List.of("accepted", "downloading", "downloaded", "verifying",
                        "installing",
                        "rebooting")) {
                    assertThat(server.status(device, release, state, "")).isTrue();
                }
                server.runs(device, "2.4.0");
                server.status(device, release, "confirmed", "");
                assertThat(deployment(server, id, device).path("state").asText()).isEqualTo("confirmed");
            }
            OtaServer.await("the end", () -> campaign(server, id).path("state").asText().equals("finished"));
            JsonNode end = campaign(server, id);
            assertThat(end.path("counts").path("confirmed").asInt()).isEqualTo(2);
            assertThat(end.path("counts").path("skipped").asInt()).isEqualTo(1);
            assertThat(deployment(server, id, "P3").path("error").asText()).contains("hardware A1");
            OtaServer.await("the desk's news", () -> server.fixes.size() == 3);
            assertThat(server.fixes).extracting(OtaServer.Fix::topic).containsExactlyInAnyOrder(
                    "fix.scheduled",
                    "fix.installed", "fix.installed");
            JsonNode installed = server.fixes.stream().filter(fix -> fix.key().equals(id + "/P2/2"))
                    .findFirst()
                    .orElseThrow().payload();
            assertThat(installed.path("soak").asText()).isEqualTo("PT0S");
            assertThat(installed.path("codes").get(0).asText()).isEqualTo("FUSER_OVERHEAT");
        }
    }

    // made by ann, approved by bob, started
    private static String approved(OtaServer server, String release)
            throws IOException, InterruptedException {
        JsonNode made = server.send("ann", "POST", "/api/v1/campaigns", campaign(release)).json();
        String id = made.path("id").asText();
        assertThat(made.path("state").asText()).isEqualTo("awaiting-approval");
        assertThat(made.path("matched").asInt()).isEqualTo(3);
        assertThat(campaign(server, "C1").path("state").asText()).isEqualTo("aborted");
        OtaServer.Answer own = server.send("ann", "POST", "/api/v1/campaigns/" + id + "/approve", "");
        assertThat(own.status()).isEqualTo(409);
        assertThat(own.text()).contains("somebody else");
        assertThat(server.send("ann", "POST", "/api/v1/campaigns/" + id + "/start", "").status())
                .isEqualTo(409);
        assertThat(server.send("bob", "POST", "/api/v1/campaigns/" + id + "/approve", "").json()
                .path("approvedBy")
                .asText()).isEqualTo("bob");
        assertThat(server.send("ann", "POST", "/api/v1/campaigns/" + id + "/start", "").json()
                .path("state").asText())
                .isEqualTo("running");
        return id;
    }

    // an incident pauses it once, and a person lets it go on
    private static void suspect(OtaServer server, String id) throws IOException, InterruptedException {
        server.database.useTransaction(handle -> {
            server.ota.halt(handle, "LP-2000", "2.3.9", "another version");
            server.ota.halt(handle, "LP-2000", "2.4.0", "incident I1: 9 of 20 devices");
            server.ota.halt(handle, "LP-2000", "2.4.0", "incident I2: told again");
        });
        JsonNode paused = campaign(server, id);
        assertThat(paused.path("state").asText()).isEqualTo("paused");
        assertThat(paused.path("reason").asText()).isEqualTo("incident I1: 9 of 20 devices");
        int audited = server.database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT count(*) FROM fleet.audit WHERE action = 'campaign.halt' AND actor = 'system'")
                .mapTo(Integer.class).one());
        assertThat(audited).isEqualTo(1);
        assertThat(server.send("ann", "POST", "/api/v1/campaigns/" + id + "/resume", "").json().path("state")
                .asText()).isEqualTo("running");
    }

    private static void download(OtaServer server, String token, JsonNode offer)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(offer.path("url").asText()));
        HttpResponse<byte[]> whole = server.client().send(
                request.copy().header("Authorization", "Bearer " + token).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(IMAGE);
        HttpResponse<byte[]> rest = server.client().send(
                request.copy().header("Authorization", "Bearer " + token).header("Range", "bytes=1000-")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).hasSize(IMAGE.length - 1000);
        assertThat(server.client().send(request.copy().header("Authorization", "Bearer wrong").build(),
                HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    }

    private static String publish(OtaServer server) throws IOException, InterruptedException {
        Firmware team = new Firmware();
        assertThat(server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "release-2026").put("publicKey", team.publicPem())))
                .status())
                .isEqualTo(201);
        ObjectNode manifest = Firmware.manifest("LP-2000", 240, "2.4.0", IMAGE);
        manifest.putArray("hardware").add("B1");
        manifest.putArray("fixes").add("FUSER_OVERHEAT");
        return server.publish(Part.envelope(team.sign(manifest, "release-2026")),
                Part.artifact("fw.bin", IMAGE));
    }

    private static String campaign(String release) {
        ObjectNode campaign = Json.object().put("name", "Fuser control").put("release", release).put("target",
                "device.model == \"LP-2000\"");
        campaign.putArray("stages").addObject().put("percent", 50);
        ((com.fasterxml.jackson.databind.node.ArrayNode) campaign.get("stages")).addObject().put("percent",
                100);
        campaign.putObject("gate").put("success", 0.95).put("error", 0.5).put("minimum", 1).put("soak",
                "PT0S");
        return Json.text(campaign);
    }

    private static JsonNode get(OtaServer server, String path) {
        try {
            OtaServer.Answer answer = server.send("eve", "GET", path, "");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.json();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode campaigns(OtaServer server) {
        return get(server, "/api/v1/campaigns").path("items");
    }

    private static JsonNode campaign(OtaServer server, String id) {
        return get(server, "/api/v1/campaigns/" + id);
    }

    private static JsonNode deployment(OtaServer server, String campaign, String device) {
        for (JsonNode each : get(server, "/api/v1/campaigns/" + campaign + "/devices").path("items")) {
            if (each.path("device").asText().equals(device)) {
                return each;
            }
        }
        throw new AssertionError(device + " is not in " + campaign);
    }
}
