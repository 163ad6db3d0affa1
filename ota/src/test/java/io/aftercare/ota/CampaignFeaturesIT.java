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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a campaign can do, over HTTP, against a real database.
class CampaignFeaturesIT {
    private static final byte[] IMAGE = "firmware".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Database database;
    private OtaServer server;
    private String release;
    private String token;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        token = server.device("P1", "LP-2000", "B1", "2.3.0");
        for (String device : List.of("P2", "P3", "P4")) {
            server.device(device, "LP-2000", "B1", "2.3.0");
        }
        Firmware team = new Firmware();
        server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "k1").put("publicKey", team.publicPem())));
        ObjectNode manifest = Firmware.manifest("LP-2000", 1, "2.4.0", IMAGE);
        release = server.publish(Part.envelope(team.sign(manifest, "k1")), Part.artifact("fw.bin", IMAGE));
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void stagesThatDoNotAddUpAreRefusedByName() throws Exception {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("[{\"percent\":50},{\"percent\":10},{\"percent\":100}]", "stages.1.percent"),
                Map.entry("[{\"percent\":50}]", "stages.0"),
                Map.entry("[{\"percent\":50},{\"percent\":101}]", "stages"),
                Map.entry("[{\"percent\":50,\"count\":3},{\"percent\":100}]", "stages.0"),
                Map.entry("[{},{\"percent\":100}]", "stages.0"),
                Map.entry("[{\"count\":3},{\"count\":3}]", "stages.1.count"),
                Map.entry("[{\"target\":\"true\"}]", "stages.0"),
                Map.entry("[{\"percent\":5},{\"target\":\"true\"},{\"percent\":100}]", "stages.1.target"),
                Map.entry("[{\"target\":\"device.colour == 1\"},{\"percent\":100}]", "stages.0.target"),
                Map.entry("[{\"percent\":100,\"start\":\"perhaps\"}]", "stages"), Map.entry("[]", "stages"));
        for (var each : wrong.entrySet()) {
            ObjectNode campaign = campaign();
            campaign.set("stages", Json.parse(each.getKey()));
            OtaServer.Answer answer = server.send("ann", "POST", "/api/v1/campaigns", Json.text(campaign));
            assertThat(answer.status()).as(each.getKey()).isEqualTo(400);
            assertThat(answer.text()).as(each.getKey()).contains(each.getValue());
        }
        ObjectNode many = campaign();
        Stream.iterate(0.1, percent -> percent < 60, percent -> percent + 0.1)
                .forEach(percent -> many.withArray("stages").addObject().put("percent", percent));
        assertThat(server.send("ann", "POST", "/api/v1/campaigns", Json.text(many)).status()).isEqualTo(400);
        ObjectNode partial = campaign().put("partial", true);
        partial.putArray("stages").addObject().put("percent", 50);
        assertThat(server.send("ann", "POST", "/api/v1/campaigns", Json.text(partial)).status())
                .isEqualTo(201);
    }

    @Test
    void aTextThatCannotBeStoredIsRefusedAndNoFailure() throws Exception {
        OtaServer.Answer named = server.send("ann", "POST", "/api/v1/campaigns",
                Json.text(campaign().put("name", "a\0b")));
        assertThat(named.status()).isEqualTo(400);
        assertThat(named.text()).contains("NUL");
        assertThat(server.send("ann", "GET", "/api/v1/campaigns/%00", "").status()).isEqualTo(400);
    }

    @Test
    void theListCountsAsTheDetailDoes() throws Exception {
        String id = running(campaign());
        server.offer("P1");
        act("ann", id, "abort", 200);
        OtaServer.await("the end of all",
                () -> get("/api/v1/campaigns/" + id).path("counts").path("cancelled")
                        .asInt() == 4);
        assertThat(get("/api/v1/campaigns").path("items").get(0)).isEqualTo(get("/api/v1/campaigns/" + id));
    }

    @Test
    void whoApprovesApprovesWhatTheyHaveSeen() throws Exception {
        String path = "/api/v1/campaigns/" + made(campaign().put("draft", true));
        String draft = server.send("bob", "GET", path, "").etag();
        OtaServer.Answer submitted = server.send("ann", "POST", path + "/submit", "",
                Map.of("If-Match", draft));
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(200);
        assertThat(submitted.etag()).isNotEqualTo(draft)
                .isEqualTo(server.send("bob", "GET", path, "").etag());
        OtaServer.Answer late = server.send("bob", "POST", path + "/approve", "", Map.of("If-Match", draft));
        assertThat(late.status()).isEqualTo(412);
        assertThat(get(path).path("state").asText()).isEqualTo("awaiting-approval");
        assertThat(server.send("bob", "POST", path + "/approve", "", Map.of("If-Match", submitted.etag()))
                .status()).isEqualTo(200);
    }

    @Test
    void aTargetThatChoosesNobodyIsRefused() throws Exception {
        OtaServer.Answer answer = server.send("ann", "POST", "/api/v1/campaigns",
                Json.text(campaign().put("target", "device.region == \"nowhere\"")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("target", "no device of LP-2000 matches");
        String id = made(campaign().put("target", "device.id == \"P1\""));
        database.useTransaction(
                handle -> handle.execute("UPDATE fleet.device SET state = 'retired' WHERE id = 'P1'"));
        act("bob", id, "approve", 200);
        assertThat(act("ann", id, "start", 409).path("detail").asText()).contains("any more");
        assertThat(get("/api/v1/campaigns/" + id).path("state").asText()).isEqualTo("approved");
    }

    @Test
    void aCanaryIsChosenByAConditionAndAPersonOpensTheNextStage() throws Exception {
        ObjectNode campaign = campaign();
        campaign.putArray("stages").addObject().put("target", "device.id == \"P3\"");
        campaign.withArray("stages").addObject().put("percent", 50).put("start", "manual");
        campaign.withArray("stages").addObject().put("percent", 100);
        String id = running(campaign);
        server.offer("P3");
        update("P3");
        await(id, "paused");
        JsonNode paused = get("/api/v1/campaigns/" + id);
        assertThat(paused.path("reason").asText()).contains("stage 1 has passed", "waits for a person");
        assertThat(paused.path("actions")).extracting(JsonNode::asText).contains("advance");
        assertThat(paused.path("stages").get(1).path("state").asText()).isEqualTo("waiting");
        assertThat(paused.path("stages").get(0).path("target").asText()).isEqualTo("device.id == \"P3\"");
        assertThat(server.sent).as("nobody else").isEmpty();

        assertThat(act("ann", id, "advance", 200).path("state").asText()).isEqualTo("running");
        OtaServer.await("the second device", () -> server.sent.size() == 1);
        act("ann", id, "advance", 200);
        OtaServer.await("the rest, though the second stage has not ended", () -> server.sent.size() == 3);
        assertThat(act("ann", id, "advance", 409).path("detail").asText()).contains("last stage");
    }

    @Test
    void anAbortLeavesThoseThatInstallUnlessItIsForced() throws Exception {
        String id = running(campaign());
        for (String device : List.of("P1", "P2", "P3", "P4")) {
            server.offer(device);
        }
        server.status("P1", release, "downloading", "");
        server.status("P2", release, "installing", "");
        server.status("P3", release, "rebooting", "");
        JsonNode aborted = act("ann", id, "abort", 200);
        assertThat(aborted.path("state").asText()).isEqualTo("aborted");
        assertThat(aborted.path("counts").toString())
                .isEqualTo("{\"cancelled\":2,\"installing\":1,\"rebooting\":1}");
        assertThat(aborted.path("actions")).extracting(JsonNode::asText).containsExactly("abort");
        act("ann", id, "abort", 409);
        update("P3");
        JsonNode forced = server.send("ann", "POST", "/api/v1/campaigns/" + id + "/abort", "{\"force\":true}")
                .json();
        assertThat(forced.path("counts").toString()).isEqualTo("{\"cancelled\":3,\"confirmed\":1}");
        assertThat(forced.path("actions")).isEmpty();
        assertThat(server.status("P2", release, "confirmed", "")).as("what it says later is taken").isTrue();
        assertThat(device(id, "P2").path("state").asText()).isEqualTo("cancelled");
    }

    @Test
    void aPreviewSaysWhoGetsItAndWhyOthersDoNot() throws Exception {
        server.device("P5", "LP-2000", "B1", "2.4.0");
        server.device("P6", "LP-2000", "B1", "2.5.0");
        server.device("P7", "LP-2000", "X9", "2.3.0");
        ObjectNode question = Json.object().put("release", release).put("target", "device.id != \"P4\"");
        JsonNode said = server.send("ann", "POST", "/api/v1/campaigns/preview", Json.text(question)).json();
        assertThat(said.path("matched").asInt()).isEqualTo(6);
        assertThat(said.path("ready").asInt() + said.path("skipped").findValues("devices").stream()
                .mapToInt(JsonNode::asInt).sum()).isEqualTo(6);
        assertThat(said.path("silent").asInt()).as("none was ever heard of")
                .isEqualTo(said.path("ready").asInt());
        assertThat(said.path("skipped").findValuesAsText("reason"))
                .contains("runs 2.4.0 already", "runs 2.5.0, which is newer than 2.4.0");
        database.useTransaction(
                handle -> handle.execute("UPDATE fleet.device SET last_seen = now() WHERE id = 'P2'"));
        assertThat(server.send("ann", "POST", "/api/v1/campaigns/preview", Json.text(question)).json()
                .path("silent").asInt()).isEqualTo(said.path("silent").asInt() - 1);
    }

    @Test
    void failuresAreGroupedByTheirReason() throws Exception {
        ObjectNode campaign = campaign();
        campaign.putObject("retry").put("attempts", 1);
        campaign.putObject("gate").put("error", 1).put("minimum", 4);
        campaign.putArray("stages").addObject().put("percent", 100);
        String id = running(campaign);
        Map.of("P1", "disk: full", "P2", "disk: full", "P3", "power-loss: at 40 %")
                .forEach((device, error) -> {
                    server.offer(device);
                    server.status(device, release, "failed", error);
                });
        OtaServer.await("the failures", () -> get("/api/v1/campaigns/" + id).path("counts").path("failed")
                .asInt() == 3);
        JsonNode failures = get("/api/v1/campaigns/" + id + "/failures").path("items");
        assertThat(failures.findValuesAsText("error")).containsExactly("disk: full", "power-loss: at 40 %");
        assertThat(failures.path(0).path("devices").asInt()).isEqualTo(2);
        assertThat(get("/api/v1/campaigns/" + id + "/devices?error=disk:%20full").path("items")
                .findValuesAsText("device")).containsExactly("P1", "P2");
    }

    @Test
    void oneDeviceIsCancelledAndTriedAgain() throws Exception {
        String id = running(campaign());
        server.offer("P1");
        server.offer("P2");
        String path = "/api/v1/campaigns/" + id + "/devices/";
        JsonNode cancelled = server.send("ann", "POST", path + "P1/cancel", "{\"reason\":\"sold\"}").json();
        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("error").asText()).isEqualTo("sold");
        assertThat(server.retraction("P1").path("reason").asText()).isEqualTo("sold");
        assertThat(server.send("ann", "POST", path + "P1/cancel", "").status()).isEqualTo(409);
        server.status("P2", release, "installing", "");
        assertThat(server.send("ann", "POST", path + "P2/cancel", "").text()).contains("force");
        assertThat(server.send("ann", "POST", path + "P2/retry", "").status()).isEqualTo(409);
        assertThat(server.send("ann", "POST", path + "P2/cancel", "{\"force\":true}").status())
                .isEqualTo(200);
        assertThat(server.send("ann", "POST", path + "X/retry", "").status()).isEqualTo(404);
        assertThat(server.send("eve", "POST", path + "P1/retry", "").status()).isEqualTo(403);
        assertThat(server.send("ann", "POST", path + "P1/retry", "").status()).isEqualTo(200);
        server.offer("P1");
        server.ota.onConnected(server.find("P1"));
        assertThat(server.offer("P1").path("campaign").asText()).isEqualTo(id);
        assertThat(server.sent).as("what it is offered anew is not taken back")
                .noneMatch(sent -> sent.device().equals("P1"));
        update("P1");
        assertThat(server.send("ann", "POST", path + "P1/retry", "").status()).isEqualTo(409);
        assertThat(server.ota.history(server.find("P1"), 10)).extracting(step -> step.path("state").asText())
                .containsExactly("confirmed", "installing", "offered", "pending", "cancelled", "offered");
        assertThat(get("/api/v1/campaigns/" + id + "/devices?outcome=success").path("items")).hasSize(1);
        assertThat(get("/api/v1/campaigns/" + id + "/devices?stage=2").path("items")).isEmpty();
        assertThat(get("/api/v1/campaigns?release=" + release + "&product=LP-2000").path("items")).hasSize(1);
        assertThat(get("/api/v1/campaigns?product=other").path("items")).isEmpty();
    }

    @Test
    void anOfferThatMayBePutOffIsRepeatedWhenItMayNoLonger() throws Exception {
        ObjectNode campaign = campaign().put("mode", "time-forced").put("target", "device.id == \"P1\"");
        OtaServer.Answer answer = server.send("ann", "POST", "/api/v1/campaigns", Json.text(campaign));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("deadline");
        running(campaign.put("deadline", Instant.now().plus(Duration.ofSeconds(3)).toString()));
        assertThat(server.offer("P1").path("force").asBoolean()).isFalse();
        server.status("P1", release, "deferred", "");
        assertThat(server.offer("P1").path("force").asBoolean()).isTrue();
    }

    @Test
    void aFailureIsTriedAgainAsItsCodeAsks() throws Exception {
        ObjectNode campaign = campaign();
        campaign.putObject("gate").put("error", 1).put("minimum", 100);
        ObjectNode retry = campaign.putObject("retry").put("attempts", 1);
        retry.putObject("codes").putObject("power-loss").put("attempts", 2).put("backoff", "PT1S");
        String id = running(campaign);
        server.offer("P1");
        server.offer("P2");
        server.status("P1", release, "failed", "power-loss: at 40 %");
        server.status("P2", release, "failed", "disk: full");
        assertThat(device(id, "P2").path("outcome").asText()).isEqualTo("failure");
        server.offer("P1");
        server.status("P1", release, "failed", "power-loss: at 60 %");
        assertThat(device(id, "P1").path("outcome").asText()).isEqualTo("failure");
        retry.withObject("codes").putObject("Power loss!");
        assertThat(server.send("ann", "POST", "/api/v1/campaigns", Json.text(campaign)).text())
                .contains("retry.codes");
    }

    @Test
    void nothingIsOfferedOfWhichAnArtifactIsMissing() throws Exception {
        String sha256 = Firmware.sha256(IMAGE);
        Path file = folder.resolve("artifacts/sha256").resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2));
        Path aside = folder.resolve("aside");
        Files.move(file, aside);
        String id = running(campaign());
        await(id, "paused");
        assertThat(get("/api/v1/campaigns/" + id).path("reason").asText())
                .contains("artifact fw.bin of release " + release + " is not in the store");
        assertThat(server.sent).isEmpty();
        Files.move(aside, file);
        act("ann", id, "resume", 200);
        server.offer("P1");
    }

    @Test
    void aDownloadWritesNoRowAndReportsAreRepeatedAtWill() throws Exception {
        String id = running(campaign());
        JsonNode offer = server.offer("P1");
        assertThat(server.status("P1", release, "downloading", "")).isTrue();
        long before = written();
        for (String range : List.of("bytes=0-9", "bytes=10-", "bytes=-5")) {
            assertThat(server.client().send(HttpRequest.newBuilder(server.uri(offer.path("url").asText()))
                    .header("Authorization", "Bearer " + token).header("Range", range).build(),
                    HttpResponse.BodyHandlers.ofByteArray()).statusCode()).isEqualTo(206);
        }
        assertThat(written()).as("lines of history").isEqualTo(before);
        for (String state : List.of("downloading", "accepted", "downloading")) {
            assertThat(server.status("P1", release, state, "")).as(state).isTrue();
        }
        assertThat(device(id, "P1").path("state").asText()).isEqualTo("downloading");
        assertThat(written()).isEqualTo(before);
        assertThat(Map.of("news", 1.0, "repeated", 2.0, "late", 1.0)).allSatisfy((outcome, n) -> assertThat(
                server.meters.counter("aftercare_ota_reports_total", "outcome", outcome).count()).as(outcome)
                .isEqualTo(n));
    }

    @Test
    void progressIsToldLive() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        var stream = server.client().sendAsync(HttpRequest.newBuilder(server.uri("/events")).build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
        OtaServer.await("the stream", () -> !lines.isEmpty() || stream.isDone());
        String id = running(campaign());
        server.offer("P1");
        server.status("P1", release, "downloading", "");
        OtaServer.await("news of the device", () -> lines.stream()
                .anyMatch(line -> line.contains(id + "/P1") && line.contains("downloading")));
        OtaServer.await("news of the campaign", () -> lines.stream()
                .anyMatch(line -> line.contains("\"counts\"") && line.contains("\"downloading\":1")));
        stream.cancel(true);
    }

    private long written() {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT count(*) FROM ota.transition")
                .mapTo(Long.class).one());
    }

    private ObjectNode campaign() {
        ObjectNode campaign = Json.object().put("name", "c").put("release", release);
        campaign.putArray("stages").addObject().put("percent", 100);
        campaign.putObject("gate").put("soak", "PT0S");
        return campaign;
    }

    private String made(ObjectNode campaign) throws IOException, InterruptedException {
        OtaServer.Answer made = server.send("ann", "POST", "/api/v1/campaigns", Json.text(campaign));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private String running(ObjectNode campaign) throws IOException, InterruptedException {
        String id = made(campaign);
        act("bob", id, "approve", 200);
        act("ann", id, "start", 200);
        return id;
    }

    private JsonNode act(String user, String id, String verb, int status)
            throws IOException, InterruptedException {
        OtaServer.Answer answer = server.send(user, "POST", "/api/v1/campaigns/" + id + "/" + verb, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    private void update(String device) {
        server.status(device, release, "installing", "");
        server.runs(device, "2.4.0");
        server.status(device, release, "confirmed", "");
    }

    private void await(String id, String state) {
        OtaServer.await(state, () -> get("/api/v1/campaigns/" + id).path("state").asText().equals(state));
    }

    private JsonNode device(String id, String device) {
        List<JsonNode> found = new ArrayList<>();
        get("/api/v1/campaigns/" + id + "/devices").path("items").forEach(found::add);
        return found.stream().filter(each -> each.path("device").asText().equals(device)).findFirst()
                .orElseThrow();
    }

    private JsonNode get(String path) {
        try {
            OtaServer.Answer answer = server.send("eve", "GET", path, "");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.json();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
