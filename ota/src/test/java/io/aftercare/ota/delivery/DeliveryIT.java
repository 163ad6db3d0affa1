package io.aftercare.ota.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// What a device gets, by HTTP and by MQTT, and what it does not; and that a restart in the middle changes nothing.
class DeliveryIT {
    private static final byte[] IMAGE = new byte[200_000];
    private static final byte[] BOOT = new byte[777];

    static {
        new Random(1).nextBytes(IMAGE);
        new Random(2).nextBytes(BOOT);
    }

    @TempDir
    Path folder;

    private Database database;
    private OtaServer server;
    private String token;
    private String release;

    @BeforeEach
    void startACampaign(TestInfo info) throws Exception {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        token = server.device("P1", "LP-2000", "B1", "2.3.0");
        server.device("P2", "LP-2000", "B1", "2.3.0");
        Firmware team = new Firmware();
        server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "k1").put("publicKey", team.publicPem())));
        ObjectNode manifest = Firmware.manifest("LP-2000", 1, "2.4.0", IMAGE);
        ((ArrayNode) manifest.get("artifacts")).addObject().put("name", "boot.bin").put("size", BOOT.length)
                .put("sha256", Firmware.sha256(BOOT));
        release = server.publish(Part.envelope(team.sign(manifest, "k1")), Part.artifact("fw.bin", IMAGE),
                Part.artifact("boot.bin", BOOT));
        ObjectNode campaign = Json.object().put("name", "All").put("release", release).put("target",
                "device.id == \"P1\"").put("mode", "soft").put("deadline", "2030-01-01T00:00:00Z");
        if (info.getTags().contains("paced")) {
            campaign.putObject("rate").put("bytesPerSecond", 200_000).put("devicesPerMinute", 600);
        }
        campaign.putArray("stages").addObject().put("percent", 100);
        campaign.putObject("gate").put("soak", "PT0S");
        for (String[] step : new String[][]{{"ann", "", Json.text(campaign)}, {"bob", "/C1/approve", ""},
                {"ann", "/C1/start", ""}}) {
            OtaServer.Answer done = server.send(step[0], "POST", "/api/v1/campaigns" + step[1], step[2]);
            assertThat(done.status()).as(done.text()).isBetween(200, 201);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void anArtifactIsServedWholeInRangesAndConditionally() throws Exception {
        JsonNode offer = server.offer("P1");
        assertThat(offer.path("force").asBoolean()).isFalse();
        assertThat(offer.path("deadline").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(offer.path("artifacts")).hasSize(2);
        String url = offer.path("url").asText();
        HttpResponse<byte[]> whole = get(url, token);
        String etag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(IMAGE);
        assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");

        HttpResponse<byte[]> part = get(url, token, "Range", "bytes=100-299", "If-Range", etag);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100-299/200000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(IMAGE, 100, 300));
        assertThat(get(url, token, "Range", "bytes=-5").body())
                .isEqualTo(Arrays.copyOfRange(IMAGE, 199_995, 200_000));
        assertThat(get(url, token, "Range", "bytes=100-", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> beyond = get(url, token, "Range", "bytes=200000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */200000");
        assertThat(get(url, token, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(get(url, token, "If-Match", "\"other\", " + etag).statusCode()).isEqualTo(200);
        assertThat(get(url, token, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        String modified = whole.headers().firstValue("Last-Modified").orElseThrow();
        assertThat(get(url, token, "Range", "bytes=100-", "If-Range", modified).statusCode()).isEqualTo(206);

        HttpResponse<byte[]> head = server.client().send(HttpRequest.newBuilder(server.uri(url))
                .header("Authorization", "Bearer " + token)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(200_000);
        assertThat(head.body()).isEmpty();
    }

    @Test
    @Tag("paced")
    void allDownloadsTogetherKeepToTheCampaignsRate() throws Exception {
        String url = server.offer("P1").path("url").asText();
        long begin = System.nanoTime();
        assertThat(get(url, token).body()).isEqualTo(IMAGE);
        assertThat(get(url, token, "Range", "bytes=100000-").body())
                .isEqualTo(Arrays.copyOfRange(IMAGE, 100_000, 200_000));
        assertThat(System.nanoTime() - begin).as("300,000 bytes at 200,000 a second")
                .isGreaterThan(1_200_000_000L);
    }

    @Test
    void onlyItsOwnDeviceGetsItAndOnlyWhatIsAssigned() throws Exception {
        String url = server.offer("P1").path("url").asText();
        assertThat(get(url, "wrong").statusCode()).isEqualTo(401);
        assertThat(get(url.replace("P1", "P2"), token).statusCode()).isEqualTo(401);
        assertThat(get("/device/v1/P1/artifacts/" + "0".repeat(64), token).statusCode()).isEqualTo(404);
        assertThat(get("/device/v1/P1/artifacts/..%2f..%2fetc%2fpasswd", token).statusCode()).isBetween(400,
                404);
        assertThat(server.send("ann", "POST", "/api/v1/campaigns/C1/abort", "").status()).isEqualTo(200);
        assertThat(get(url, token).statusCode()).isEqualTo(404);
    }

    @Test
    void chunksOverMqttMakeTheWholeRelease() throws Exception {
        server.offer("P1");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int size = 4096;
        for (long n = 0;; n++) {
            server.ota.onChunkRequest(server.find("P1"), release, n, size);
            OtaServer.Sent sent = server.sent.removeLast();
            assertThat(sent.suffix()).isEqualTo("ota/" + release + "/chunk/" + n + "/data");
            all.writeBytes(sent.payload());
            if (sent.payload().length < size) {
                break;
            }
        }
        byte[] expected = Arrays.copyOf(IMAGE, IMAGE.length + BOOT.length);
        System.arraycopy(BOOT, 0, expected, IMAGE.length, BOOT.length);
        assertThat(all.toByteArray()).isEqualTo(expected);

        server.ota.onChunkRequest(server.find("P2"), release, 0, size);
        server.ota.onChunkRequest(server.find("P1"), "R99", 0, size);
        server.ota.onChunkRequest(server.find("P1"), release, 0, 0);
        server.ota.onChunkRequest(server.find("P1"), release, 0, 1 << 20);
        server.ota.onChunkRequest(server.find("P1"), release, -1, size);
        assertThat(server.sent).hasSize(5).allMatch(sent -> sent.suffix().equals("ota/error"));
        assertThat(server.meters.counter("aftercare_ota_chunks_refused_total").count()).isEqualTo(5);
    }

    @Test
    void whatIsNoReportIsToldSoAndHarmsNothing() {
        server.offer("P1");
        for (String text : new String[]{"", "nonsense", "[]", "{}",
                "{\"release\":\"R1\",\"state\":\"flying\"}",
                "{\"release\":\"R1\",\"state\":\"offered\"}"}) {
            assertThat(server.ota.onStatus(server.find("P1"), text.getBytes(StandardCharsets.UTF_8))).as(text)
                    .isPresent();
        }
        assertThat(server.status("P1", "R77", "accepted", "")).as("no such release").isFalse();
        assertThat(server.status("P2", release, "confirmed", "")).as("not in the campaign").isFalse();
        assertThat(server.ota.history(server.find("P2"), 10)).isEmpty();
    }

    @Test
    void aServerStartedAnewGoesOnWhereTheOldOneStopped() throws Exception {
        server.offer("P1");
        server.status("P1", release, "accepted", "");
        server.status("P1", release, "downloading", "");
        server.close();
        server = new OtaServer(database, folder, (_, _) -> List.of());
        server.ota.onConnected(server.find("P1"));
        assertThat(server.offer("P1").path("release").asText()).isEqualTo(release);
        server.status("P1", release, "rebooting", "");
        server.ota.onConnected(server.find("P1"));
        assertThat(server.sent).as("a device that installs is left alone").isEmpty();
        server.runs("P1", "2.4.0");
        server.status("P1", release, "confirmed", "");
        OtaServer.await("the end", () -> state().equals("finished"));
        assertThat(server.ota.history(server.find("P1"), 10)).extracting(step -> step.path("state").asText())
                .containsExactly("confirmed", "rebooting", "downloading", "accepted", "offered");
        OtaServer.await("gauges",
                () -> server.meters.get("aftercare_ota_deployments").tag("state", "confirmed")
                        .gauge().value() == 0);
    }

    @Test
    void aPausedCampaignOffersNothingAndOneThatIsResumedDoes() throws Exception {
        server.offer("P1");
        assertThat(server.send("ann", "POST", "/api/v1/campaigns/C1/pause", "").json().path("state").asText())
                .isEqualTo("paused");
        server.ota.onConnected(server.find("P1"));
        assertThat(server.sent).isEmpty();
        assertThat(
                server.send("ann", "POST", "/api/v1/campaigns/C1/resume", "").json().path("state").asText())
                .isEqualTo("running");
        // what was on its way when it paused is gone, so it comes again
        assertThat(server.offer("P1").path("campaign").asText()).isEqualTo("C1");
    }

    @Test
    void aDeviceThatWaitsToInstallIsToldThatItsUpdateIsCancelledAndOnceMoreWhenItConnects() throws Exception {
        server.offer("P1");
        server.status("P1", release, "downloaded", "");
        server.send("ann", "POST", "/api/v1/campaigns/C1/abort", "{\"reason\":\"bad fans\"}");
        JsonNode word = server.retraction("P1");
        assertThat(word.path("campaign").asText()).isEqualTo("C1");
        assertThat(word.path("release").asText()).isEqualTo(release);
        assertThat(word.path("reason").asText()).contains("bad fans");
        assertThat(word.has("url") || word.has("envelope")).isFalse();
        server.ota.onConnected(server.find("P2"));
        server.ota.onConnected(server.find("P1"));
        assertThat(server.retraction("P1")).as("what was sent before may be lost").isEqualTo(word);
        server.ota.onConnected(server.find("P1"));
        assertThat(server.sent).as("told when it came, and P2 never heard of it").isEmpty();
    }

    @Test
    void aWithdrawnReleaseEndsItsCampaignsAndItsDownloads() throws Exception {
        String url = server.offer("P1").path("url").asText();
        server.status("P1", release, "downloading", "");
        String waiting = server.send("ann", "POST", "/api/v1/campaigns", Json.text(Json.object()
                .put("name", "Later").put("release", release))).json().path("id").asText();
        assertThat(
                server.send("ann", "POST", "/api/v1/releases/" + release + "/withdraw", "{\"reason\":\" \"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.send("eve", "POST", "/api/v1/releases/" + release + "/withdraw",
                "{\"reason\":\"x\"}").status()).isEqualTo(403);
        OtaServer.Answer done = server.send("bob", "POST", "/api/v1/releases/" + release + "/withdraw",
                "{\"reason\":\"the heater runs away\"}");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().path("withdrawal").path("by").asText()).isEqualTo("bob");
        assertThat(server.send("ann", "GET", "/api/v1/releases", "").json().path("items").get(0)
                .path("withdrawal").path("reason").asText()).isEqualTo("the heater runs away");

        JsonNode ended = server.send("eve", "GET", "/api/v1/campaigns/C1", "").json();
        assertThat(ended.path("state").asText()).isEqualTo("aborted");
        assertThat(ended.path("reason").asText()).contains("withdrawn", "the heater runs away");
        assertThat(server.retraction("P1").path("reason").asText()).contains("the heater runs away");
        HttpResponse<byte[]> gone = get(url, token);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(new String(gone.body(), StandardCharsets.UTF_8)).contains("the heater runs away");
        assertThat(server.ota.onChunkRequest(server.find("P1"), release, 0, 100).orElseThrow())
                .contains("the heater runs away");
        assertThat(server.ota.onChunkRequest(server.find("P2"), release, 0, 100))
                .as("P2 never heard of it").isEmpty();
        assertThat(server.sent).isNotEmpty().allMatch(sent -> sent.suffix().equals("ota/error"));
        assertThat(server.status("P1", release, "downloaded", "")).as("its reports are still taken").isTrue();

        for (String path : List.of("/campaigns/" + waiting + "/approve", "/campaigns/C1/resume",
                "/campaigns/" + waiting + "/start", "/releases/" + release + "/withdraw")) {
            OtaServer.Answer refused = server.send("bob", "POST", "/api/v1" + path,
                    path.contains("withdraw") ? "{\"reason\":\"again\"}" : "");
            assertThat(refused.status()).as(path + refused.text()).isEqualTo(409);
        }
        OtaServer.Answer anew = server.send("ann", "POST", "/api/v1/campaigns", Json.text(Json.object()
                .put("name", "Anew").put("release", release)));
        assertThat(anew.status()).isEqualTo(409);
        assertThat(anew.text()).contains("higher counter");
    }

    @Test
    void aDeviceThatInstallsAWithdrawnReleaseIsLeftToFinish() throws Exception {
        server.offer("P1");
        server.status("P1", release, "installing", "");
        server.send("ann", "POST", "/api/v1/releases/" + release + "/withdraw", "{\"reason\":\"bad\"}");
        assertThat(server.ota.onChunkRequest(server.find("P1"), release, 0, 100)).isPresent();
        server.runs("P1", "2.4.0");
        server.status("P1", release, "confirmed", "");
        assertThat(server.ota.history(server.find("P1"), 1).getFirst().path("state").asText())
                .isEqualTo("confirmed");
    }

    private String state() {
        try {
            return server.send("eve", "GET", "/api/v1/campaigns/C1", "").json().path("state").asText();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> get(String path, String secret, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).header("Authorization",
                "Bearer " + secret);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return server.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
