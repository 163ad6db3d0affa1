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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fixes and their devices, over the real database: who is scheduled when, and what the desk is told of each.
class FixIT {
    private static final byte[] IMAGE = "the fixed firmware".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of("");

    private final List<OpenFault> faults = new CopyOnWriteArrayList<>();
    private Database database;
    private OtaServer server;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder,
                (_, codes) -> faults.stream().filter(fault -> codes.contains(fault.code())).toList());
        for (int i = 1; i <= 4; i++) {
            server.device("P" + i, "LP-2000", "B1", "2.3.0");
        }
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void aFaultThatIsRaisedWhileTheCampaignRunsIsScheduledAtOnceAndOnce() throws Exception {
        String release = publish();
        String id = running(release);
        raised("F1", "P1");
        await("fix.scheduled", id, "P1", 1);
        raised("F2", "P1");
        assertThat(await("fix.scheduled", id, "P1", 2).path("stages").asInt()).isEqualTo(1);
        server.ota.faultsChanged();
        raised("F3", "P2");
        await("fix.scheduled", id, "P2", 1);
        assertThat(told(id, "P1")).as("nothing new of it").containsExactly("fix.scheduled", "fix.scheduled");
        JsonNode carried = get("/api/v1/campaigns/" + id + "/fixes").path("items");
        assertThat(carried.findValuesAsText("device")).containsExactly("P1", "P2");
        assertThat(carried.get(0).path("tickets").findValuesAsText("number")).containsExactly("T-1", "T-2");
    }

    @Test
    void aPauseWithholdsTheFixAResumeSchedulesItAnewAnAbortEndsIt() throws Exception {
        raised("F1", "P1");
        String release = publish();
        String id = running(release);
        await("fix.scheduled", id, "P1", 1);
        act(id, "pause");
        assertThat(await("fix.withheld", id, "P1", 2).path("reason").asText()).isEqualTo("paused by ann");
        assertThat(fixes(release).get(0).path("state").asText()).isEqualTo("withheld");
        act(id, "resume");
        await("fix.scheduled", id, "P1", 3);
        act(id, "abort");
        assertThat(await("fix.failed", id, "P1", 4).path("reason").asText()).isEqualTo("aborted by ann");
        JsonNode fix = fixes(release).get(0);
        assertThat(fix.path("state").asText()).isEqualTo("failed");
        assertThat(fix.path("reason").asText()).isEqualTo("aborted by ann");
        assertThat(get("/api/v1/campaigns").path("items")).as("nothing is proposed after an abort")
                .noneMatch(each -> each.path("proposed").asBoolean()
                        && each.path("state").asText().equals("awaiting-approval"));
    }

    @Test
    void aDeviceThatRunsTheFixIsToldOfAndOneThatCannotIsToldWhy() throws Exception {
        raised("F1", "P1");
        raised("F2", "P2");
        String release = publish();
        String id = running(release);
        for (String device : List.of("P1", "P2")) {
            await("fix.scheduled", id, device, 1);
        }
        act(id, "pause");
        OtaServer.await("both at their steps", () -> told(id, "P1").size() > 1 && told(id, "P2").size() > 1);
        act(id, "resume");
        await("fix.scheduled", id, "P1", 3);
        await("fix.scheduled", id, "P2", 3);
        for (String device : List.of("P1", "P2", "P3", "P4")) {
            server.offer(device);
            server.status(device, release, device.equals("P2") ? "rolled_back" : "installing", "boot: hangs");
        }
        server.runs("P1", "2.4.0");
        server.status("P1", release, "confirmed", "");
        JsonNode installed = await("fix.installed", id, "P1", 4);
        assertThat(installed.path("soak").asText()).isEqualTo("PT0S");
        assertThat(await("fix.failed", id, "P2", 4).path("reason").asText()).contains("boot: hangs");
        assertThat(fixes(release).findValuesAsText("state")).contains("installed", "failed");
    }

    @Test
    void aProposalGrowsUntilItIsApprovedAndALaterDeviceGetsAnother() throws Exception {
        raised("F1", "P1");
        String release = publish();
        OtaServer.await("the proposal", () -> targets().equals(List.of("device.id in [\"P1\"]")));
        assertThat(get("/api/v1/releases/" + release).path("fixing").toString())
                .isEqualTo("{\"devices\":1,\"faults\":1,\"tickets\":1}");
        assertThat(fixes(release).get(0).path("state").asText()).isEqualTo("waiting");
        raised("F2", "P2");
        OtaServer.await("the proposal with both",
                () -> targets().equals(List.of("device.id in [\"P1\", \"P2\"]")));
        assertThat(server.send("bob", "POST", "/api/v1/campaigns/C1/approve", "").status()).isEqualTo(200);
        raised("F3", "P3");
        OtaServer.await("a second proposal", () -> targets()
                .equals(List.of("device.id in [\"P3\"]", "device.id in [\"P1\", \"P2\"]")));
    }

    @Test
    void anAbortWithdrawsAProposalThatWaitsAndNothingIsProposedUntilSomebodyMakesACampaign()
            throws Exception {
        String release = publish();
        String id = made(release, "device.id == \"P1\"");
        raised("F1", "P1");
        raised("F2", "P2");
        OtaServer.await("a proposal for whom the campaign leaves out",
                () -> targets().getFirst().equals("device.id in [\"P2\"]"));
        act(id, "abort");
        OtaServer.await("its end", () -> campaign("C2").path("state").asText().equals("aborted"));
        JsonNode why = campaign("C2").path("why").get(0);
        assertThat(why.path("code").asText()).isEqualTo("decided-against");
        assertThat(why.path("facts").path("campaign").asText()).isEqualTo(id);
        raised("F3", "P3");
        String later = made(release, "device.id == \"P1\"");
        raised("F4", "P3");
        OtaServer.await("a proposal, since somebody has thought better of it",
                () -> targets().getFirst().equals("device.id in [\"P2\", \"P3\"]"));
        assertThat(targets()).as("none was made in between").hasSize(4);
        assertThat(campaign(later).path("state").asText()).isEqualTo("awaiting-approval");
    }

    @Test
    void whatTheBackendMadeIsToldAsCodeAndFacts() throws Exception {
        raised("F1", "P1");
        publish();
        OtaServer.await("the proposal", () -> targets().size() == 1);
        JsonNode called = campaign("C1").path("called");
        assertThat(called.path("code").asText()).isEqualTo("fix");
        assertThat(called.path("facts").toString()).contains("FUSER_OVERHEAT", "2.4.0");
    }

    private JsonNode campaign(String id) {
        return get("/api/v1/campaigns/" + id);
    }

    private String made(String release, String target) throws IOException, InterruptedException {
        OtaServer.Answer made = server.send("ann", "POST", "/api/v1/campaigns", Json.text(Json.object()
                .put("name", "by hand").put("release", release).put("target", target)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asText();
    }

    private void raised(String fault, String device) {
        faults.add(new OpenFault(fault, new DeviceId(device), "FUSER_OVERHEAT", "2.3.0"));
        server.ota.faultsChanged();
    }

    private List<String> targets() {
        return get("/api/v1/campaigns").path("items").findValuesAsText("target");
    }

    private JsonNode fixes(String release) {
        return get("/api/v1/releases/" + release + "/fixes").path("items");
    }

    private List<String> told(String campaign, String device) {
        return server.fixes.stream().filter(fix -> fix.key().startsWith(campaign + "/" + device + "/"))
                .map(OtaServer.Fix::topic).toList();
    }

    private JsonNode await(String topic, String campaign, String device, int n) {
        String key = campaign + "/" + device + "/" + n;
        OtaServer.await(topic + " " + key + " of " + server.fixes,
                () -> server.fixes.stream().anyMatch(fix -> fix.key().equals(key)));
        OtaServer.Fix found = server.fixes.stream().filter(fix -> fix.key().equals(key)).findFirst()
                .orElseThrow();
        assertThat(found.topic()).isEqualTo(topic);
        assertThat(found.payload().path("n").asInt()).isEqualTo(n);
        return found.payload();
    }

    private void act(String id, String verb) throws IOException, InterruptedException {
        OtaServer.Answer answer = server.send("ann", "POST", "/api/v1/campaigns/" + id + "/" + verb, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private String running(String release) throws IOException, InterruptedException {
        OtaServer.Answer made = server.send("ann", "POST", "/api/v1/campaigns", """
                {"name": "fix", "release": "%s", "stages": [{"percent": 100}],
                 "gate": {"success": 0.9, "error": 1, "minimum": 4, "soak": "PT0S"}}""".formatted(release));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("id").asText();
        assertThat(server.send("bob", "POST", "/api/v1/campaigns/" + id + "/approve", "").status())
                .isEqualTo(200);
        act(id, "start");
        return id;
    }

    private String publish() throws IOException, InterruptedException {
        Firmware team = new Firmware();
        assertThat(server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "release-2026").put("publicKey", team.publicPem())))
                .status()).isEqualTo(201);
        ObjectNode manifest = Firmware.manifest("LP-2000", 240, "2.4.0", IMAGE);
        manifest.putArray("hardware").add("B1");
        manifest.putArray("fixes").add("FUSER_OVERHEAT");
        return server.publish(Part.envelope(team.sign(manifest, "release-2026")),
                Part.artifact("fw.bin", IMAGE));
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
