package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// hawkBit's interface, request by request.
class DdiIT {
    private static final byte[] IMAGE = new byte[100_000];
    private static final String FILE = "printer-2.4.0.swu";

    static {
        new Random(3).nextBytes(IMAGE);
    }

    @TempDir
    Path folder;

    private Database database;
    private OtaServer server;
    private Rollout rollout;
    private String release;
    private DdiDevice device;

    @BeforeEach
    void publish() throws Exception {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        device = DdiDevice.of(server, "P1", server.device("P1", "LP-2000", "B1", "2.3.0"));
        rollout = new Rollout(server);
        release = rollout.release(1, "2.4.0", FILE, IMAGE);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void aPollWithoutTheRightTokenIsTold401() throws Exception {
        for (String wrong : List.of("TargetToken wrong", "Bearer x", "GatewayToken ", "GatewayToken x", "")) {
            assertThat(new DdiDevice(server, "P1", wrong.isEmpty() ? "None" : wrong).status("GET", "", ""))
                    .as(wrong).isEqualTo(401);
        }
        DdiDevice other = new DdiDevice(server, "P2", device.authorization());
        assertThat(other.status("GET", "", "")).as("unknown device").isEqualTo(401);
        assertThat(device.status("GET", "", "")).isEqualTo(200);
        assertThat(device.status("GET", "nothing/here", "")).isEqualTo(404);
        assertThat(server.heard).containsOnlyKeys("P1");
    }

    @Test
    void aDeviceWithNothingToDoIsToldSoAndAskedOnceForItsAttributes() throws Exception {
        JsonNode first = device.get("");
        assertThat(first.path("config").path("polling").path("sleep").asText()).isEqualTo("00:05:00");
        assertThat(first.path("_links").path("configData").path("href").asText())
                .isEqualTo(server.uri(device.base() + "/configData").toString());
        device.states("2.3.1");
        assertThat(server.find("P1").firmware()).isEqualTo("2.3.1");
        assertThat(server.attributes("P1").path("version").asText())
                .isEqualTo("2.3.1");
        HttpResponse<byte[]> quiet = device.send("GET", "", "");
        assertThat(new String(quiet.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}},\"_links\":{}}");
        String tag = quiet.headers().firstValue("ETag").orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertThat(device.send("GET", "", "", "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
        // remembered as quiet, and yet it hears of a campaign as soon as it is offered
        rollout.start(Rollout.plan(release));
        assertThat(device.await("deploymentBase")).contains("/deploymentBase/1?c=");
        assertThat(device.send("GET", "", "", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void anUpdateIsInstalledBeforeItIsConfirmed() throws Exception {
        String campaign = rollout.start(Rollout.plan(release));
        device.states("2.3.0");
        String href = device.await("deploymentBase");
        JsonNode base = device.get(href);
        JsonNode deployment = base.path("deployment");
        assertThat(base.path("id").asText()).isEqualTo("1");
        assertThat(base.has("actionHistory")).isFalse();
        assertThat(deployment.path("download").asText()).isEqualTo("forced");
        assertThat(deployment.path("update").asText()).isEqualTo("forced");
        JsonNode chunk = deployment.path("chunks").get(0);
        assertThat(chunk.path("version").asText()).isEqualTo("2.4.0");
        JsonNode artifact = chunk.path("artifacts").get(0);
        assertThat(artifact.path("filename").asText()).isEqualTo(FILE);
        assertThat(artifact.path("hashes").path("sha1").asText()).isEqualTo(hash("SHA-1"));
        assertThat(rollout.state(campaign, "P1")).isEqualTo("accepted");
        download(artifact.path("_links"));

        assertThat(device.status("POST", DdiDevice.path(href) + "/feedback",
                "{\"status\":{\"execution\":\"proceeding\",\"result\":{\"finished\":\"none\",\"progress\":{\"cnt\":1,\"of\":4}},"
                        + "\"code\":7,\"details\":[\"halfway\"]},\"id\":\"1\"}"))
                .isEqualTo(200);
        assertThat(rollout.state(campaign, "P1")).isEqualTo("downloading");
        assertThat(rollout.device(campaign, "P1").path("progress").asInt()).isEqualTo(25);
        for (String step : List.of("downloaded", "proceeding", "scheduled", "resumed")) {
            assertThat(device.feedback(href, step, "none")).isEqualTo(200);
        }
        assertThat(rollout.state(campaign, "P1")).isEqualTo("installing");
        JsonNode history = device.get(DdiDevice.path(href) + "?actionHistory=-1").path("actionHistory");
        assertThat(history.path("status").asText()).isEqualTo("RUNNING");
        assertThat(history.path("messages").toString()).contains("halfway", "status code: 7");

        assertThat(device.feedback(href, "closed", "success")).isEqualTo(200);
        assertThat(rollout.state(campaign, "P1")).as("installed, not confirmed").isEqualTo("rebooting");
        assertThat(device.feedback(href, "closed", "success")).as("it is over").isEqualTo(410);
        assertThat(device.link("deploymentBase")).isEmpty();
        assertThat(device.link("configData")).as("its version is wanted").isNotEmpty();
        device.states("2.3.0");
        assertThat(rollout.state(campaign, "P1")).as("it runs the old version still").isEqualTo("rebooting");
        device.states("2.4.0");
        assertThat(rollout.state(campaign, "P1")).isEqualTo("confirmed");
        assertThat(device.link("configData")).isEmpty();
        JsonNode installed = device.get(device.link("installedBase") + "?actionHistory=1");
        assertThat(installed.path("deployment").path("chunks")).hasSize(1);
        assertThat(installed.path("actionHistory").path("status").asText()).isEqualTo("FINISHED");
    }

    private void download(JsonNode links) throws Exception {
        String href = links.path("download").path("href").asText();
        assertThat(links.path("download-http").path("href").asText()).isEqualTo(href);
        HttpResponse<byte[]> whole = device.send("GET", href, "");
        assertThat(whole.body()).isEqualTo(IMAGE);
        String tag = "\"" + hash("SHA-1") + "\"";
        assertThat(whole.headers().firstValue("ETag")).contains(tag);
        assertThat(whole.headers().firstValue("Last-Modified")).isPresent();
        assertThat(whole.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(whole.headers().firstValue("Content-Disposition").orElseThrow()).contains(FILE);
        HttpResponse<byte[]> rest = device.send("GET", href, "", "Range", "bytes=99000-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(IMAGE, 99_000, 100_000));
        assertThat(device.send("GET", href, "", "Range", "bytes=99000-", "If-Range", "\"old\"").statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> beyond = device.send("GET", href, "", "Range", "bytes=100000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */100000");
        assertThat(device.send("GET", href, "", "If-Match", "\"old\"").statusCode()).isEqualTo(412);
        assertThat(new String(device.send("GET", links.path("md5sum").path("href").asText(), "").body(),
                StandardCharsets.UTF_8)).isEqualTo(hash("MD5") + "  " + FILE);
        assertThat(device.get("softwaremodules/1/artifacts")).hasSize(1);
        assertThat(device.status("GET", "softwaremodules/1/artifacts/other.swu", "")).isEqualTo(404);
        assertThat(device.status("GET", "softwaremodules/2/artifacts/" + FILE, "")).isEqualTo(404);
        DdiDevice stranger = DdiDevice.of(server, "P2", server.device("P2", "LP-2000", "B1", "2.3.0"));
        assertThat(stranger.status("GET", "softwaremodules/1/artifacts/" + FILE, "")).isEqualTo(404);
        assertThat(stranger.status("GET", "deploymentBase/1", "")).as("another's action").isEqualTo(404);
    }

    private static String hash(String algorithm) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(IMAGE));
    }

    @Test
    void aFailureIsTriedAgainUnderANewNumber() throws Exception {
        ObjectNode plan = Rollout.plan(release);
        plan.putObject("retry").put("attempts", 2).put("backoff", "PT1S");
        String campaign = rollout.start(plan);
        String first = device.await("deploymentBase");
        assertThat(device.status("POST", DdiDevice.path(first) + "/feedback",
                DdiDevice.words("closed", "failure", "flash is full"))).isEqualTo(200);
        assertThat(rollout.device(campaign, "P1").path("error").asText()).isEqualTo("flash is full");
        assertThat(device.feedback(first, "proceeding", "none")).isEqualTo(410);
        String second = device.await("deploymentBase");
        assertThat(DdiDevice.path(second)).endsWith("/2");
        assertThat(device.feedback(second, "closed", "failure")).isEqualTo(200);
        assertThat(rollout.state(campaign, "P1")).isEqualTo("failed");
        assertThat(device.get("").path("_links").has("deploymentBase")).isFalse();
    }

    @Test
    void aCancellationIsAskedForUntilTheDeviceAnswers() throws Exception {
        String campaign = rollout.start(Rollout.plan(release));
        String href = device.await("deploymentBase");
        assertThat(device.feedback("cancelAction/1", "closed", "success")).as("nothing to cancel")
                .isEqualTo(405);
        rollout.act(campaign, "ann", "abort");
        String cancel = device.await("cancelAction");
        assertThat(device.link("deploymentBase")).isEmpty();
        assertThat(device.get(cancel).path("cancelAction").path("stopId").asText()).isEqualTo("1");
        assertThat(device.status("GET", href, "")).isEqualTo(404);
        assertThat(device.feedback(cancel, "proceeding", "none")).isEqualTo(200);
        assertThat(device.link("cancelAction")).as("no answer yet").isEqualTo(cancel);
        assertThat(device.feedback(cancel, "rejected", "none")).isEqualTo(200);
        assertThat(device.link("deploymentBase")).as("it goes on").isNotEmpty();
        String again = rollout.start(Rollout.plan(release));
        OtaServer.await("another offer", () -> rollout.state(again, "P1").equals("offered"));
        assertThat(device.feedback(href, "closed", "failure")).isEqualTo(200);
        assertThat(device.feedback(href, "closed", "failure")).isEqualTo(410);
        assertThat(rollout.state(campaign, "P1")).as("the campaign is over").isEqualTo("cancelled");
        assertThat(rollout.state(again, "P1")).as("it is no word about this one").isEqualTo("offered");
        device.await("deploymentBase");
        rollout.act(again, "ann", "abort");
        assertThat(device.feedback(device.await("cancelAction"), "closed", "success")).isEqualTo(200);
        assertThat(device.link("cancelAction")).isEmpty();
        assertThat(device.status("GET", "cancelAction/2", "")).isEqualTo(404);
    }

    @Test
    void somebodyAtTheDeviceMayHaveToAgree() throws Exception {
        String campaign = rollout.start(Rollout.plan(release).put("confirm", true));
        String href = device.await("confirmationBase");
        assertThat(device.link("deploymentBase")).isEmpty();
        assertThat(device.get(href).path("confirmation").path("chunks")).hasSize(1);
        assertThat(device.status("GET", "deploymentBase/1", "")).isEqualTo(404);
        assertThat(device.feedback("deploymentBase/1", "closed", "success")).isEqualTo(404);
        String answers = DdiDevice.path(href) + "/feedback";
        assertThat(device.status("POST", answers, "{\"confirmation\":\"perhaps\"}")).isEqualTo(400);
        assertThat(device.status("POST", answers, "{\"confirmation\":\"denied\",\"details\":[\"busy\"]}"))
                .isEqualTo(200);
        assertThat(rollout.state(campaign, "P1")).isEqualTo("deferred");
        JsonNode open = device.get("confirmationBase");
        assertThat(open.path("autoConfirm").path("active").asBoolean()).isFalse();
        assertThat(open.path("_links").path("confirmationBase").path("href").asText()).isEqualTo(href);
        assertThat(device.status("POST", "confirmationBase/activateAutoConfirm", "{\"initiator\":\"eve\"}"))
                .isEqualTo(200);
        assertThat(device.status("POST", "confirmationBase/activateAutoConfirm", "")).isEqualTo(409);
        assertThat(device.get("confirmationBase").path("autoConfirm").path("initiator").asText())
                .isEqualTo("eve");
        assertThat(device.link("deploymentBase")).isNotEmpty();
        assertThat(device.status("POST", "confirmationBase/deactivateAutoConfirm", "")).isEqualTo(200);
        assertThat(device.status("POST", answers, "{\"confirmation\":\"confirmed\"}")).isEqualTo(200);
        assertThat(rollout.state(campaign, "P1")).isEqualTo("accepted");
        assertThat(device.status("POST", answers, "{\"confirmation\":\"confirmed\"}")).isEqualTo(404);
        assertThat(device.link("deploymentBase")).isNotEmpty();
    }

    @Test
    void aClosedWindowShowsNothingAndAnOpenOneSaysSo() throws Exception {
        ZonedDateTime now = Instant.now().atZone(ZoneOffset.UTC);
        ObjectNode plan = Rollout.plan(release);
        plan.putObject("window").put("start", String.format("%02d:00", now.plusHours(6).getHour()))
                .put("duration", "PT1H").put("zone", "UTC");
        String closed = rollout.start(plan);
        OtaServer.await("its turn", () -> !rollout.device(closed, "P1").path("dueAt").asText().isEmpty());
        assertThat(device.link("deploymentBase")).isEmpty();
        rollout.act(closed, "ann", "abort");
        ((ObjectNode) plan.get("window")).put("start", String.format("%02d:00", now.getHour()))
                .put("duration", "PT2H");
        rollout.start(plan);
        assertThat(device.get(device.await("deploymentBase")).path("deployment").path("maintenanceWindow")
                .asText()).isEqualTo("available");
    }

    @Test
    void whatMayBePutOffBecomesForcedAtItsDeadlineUnderAnotherAddress() throws Exception {
        rollout.start(Rollout.plan(release).put("mode", "soft").put("deadline",
                Instant.now().plusSeconds(4).toString()));
        String soft = device.await("deploymentBase");
        assertThat(device.get(soft).path("deployment").path("update").asText()).isEqualTo("attempt");
        OtaServer.await("another address", () -> !device.link("deploymentBase").equals(soft));
        String forced = device.link("deploymentBase");
        assertThat(DdiDevice.path(forced)).isEqualTo(DdiDevice.path(soft));
        assertThat(device.get(forced).path("deployment").path("update").asText()).isEqualTo("forced");
    }

    @Test
    void badInputIsAClearAnswerAndChangesNothing() throws Exception {
        String campaign = rollout.start(Rollout.plan(release));
        String feedback = DdiDevice.path(device.await("deploymentBase")) + "/feedback";
        for (String bad : List.of("", "{", "[]", "{}", "{\"status\":{\"execution\":\"flying\"}}",
                "{\"status\":{\"execution\":\"closed\"}}",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"maybe\"}}}")) {
            HttpResponse<byte[]> answer = device.send("POST", feedback, bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("exceptionClass",
                    "hawkbit.server.error.rest.body.notReadable", "message");
        }
        assertThat(device.status("POST", feedback, DdiDevice.words("proceeding", "none",
                "word ".repeat(51).strip().split(" ")))).as("quota").isEqualTo(429);
        assertThat(
                device.status("POST", "deploymentBase/99/feedback", DdiDevice.words("closed", "success")))
                .isEqualTo(404);
        assertThat(device.status("GET", "deploymentBase/none", "")).isEqualTo(404);
        for (String bad : List.of("{\"data\":7}", "{\"mode\":\"mix\",\"data\":{}}", "{\"data\":{\"a\":[]}}",
                "{\"data\":{\"a\":\"" + "x".repeat(129) + "\"}}")) {
            assertThat(device.status("PUT", "configData", bad)).as(bad).isEqualTo(400);
        }
        ObjectNode many = io.aftercare.fleet.http.Json.object();
        for (int i = 0; i < 101; i++) {
            many.withObject("data").put("a" + i, "1");
        }
        assertThat(device.status("PUT", "configData", many.toString())).isEqualTo(429);
        assertThat(rollout.state(campaign, "P1")).isEqualTo("offered");
    }

    @Test
    void attributesAreMergedReplacedAndRemoved() throws Exception {
        assertThat(device.status("PUT", "configData",
                "{\"id\":\"\",\"time\":\"\",\"data\":{\"a\":\"1\",\"b\":\"2\"}}"))
                .isEqualTo(200);
        assertThat(device.status("PUT", "configData", "{\"mode\":\"merge\",\"data\":{\"b\":\"3\"}}"))
                .isEqualTo(200);
        assertThat(told()).isEqualTo("{\"a\":\"1\",\"b\":\"3\"}");
        assertThat(device.status("PUT", "configData", "{\"mode\":\"remove\",\"data\":{\"a\":\"\"}}"))
                .isEqualTo(200);
        assertThat(told()).isEqualTo("{\"b\":\"3\"}");
        assertThat(device.status("PUT", "configData",
                "{\"mode\":\"replace\",\"data\":{\"hw_revision\":\"B2\"}}"))
                .isEqualTo(200);
        assertThat(told()).isEqualTo("{\"hw_revision\":\"B2\"}");
        assertThat(server.find("P1").hardware()).isEqualTo("B2");
    }

    private String told() {
        return server.attributes("P1").toString();
    }
}
