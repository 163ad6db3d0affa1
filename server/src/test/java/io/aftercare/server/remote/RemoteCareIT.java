package io.aftercare.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.physics.Kind;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// People look into devices and mend them, on one backend, each story with a device of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteCareIT {
    /// Of the program that the crashes are of; its README says how it was made.
    private static final String BUILD = "af5fb0bc1a6b00974a5559c3f6bc32813d9887c4";
    private static final Path PROGRAM = Path.of("..", "remote", "src", "test", "resources", "crash",
            "spooler.elf");
    private static final Map<String, String> BYTES = Map.of("Content-Type", "application/octet-stream");
    private RemoteDesk desk;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, InterruptedException {
        desk = RemoteDesk.open(folder, Map.of("AFTERCARE_REMOTE_SHELL", "on"));
    }

    @AfterAll
    void close() throws IOException {
        desk.close();
    }

    @Test
    void anAgentReadsWhatADeviceSaysOfItself() throws IOException, InterruptedException {
        desk.device(Kind.ROUTER, "RT-90-A");
        assertThat(desk.done(desk.agent, "RT-90-A", Map.of("action", "ping")).path("output").asText())
                .isEqualTo("pong");
        JsonNode logs = desk.done(desk.agent, "RT-90-A",
                Map.of("action", "get_logs", "params", Map.of("lines", 20)));
        assertThat(logs.path("output").asText()).contains("started: power-on");
        JsonNode test = desk.done(desk.agent, "RT-90-A", Map.of("action", "self_test")).path("output");
        assertThat(test.path("passed").asBoolean()).isTrue();
        assertThat(test.path("tests")).isNotEmpty()
                .allSatisfy(each -> assertThat(each.path("limit").isObject()).isTrue());
    }

    @Test
    void aFactoryResetNeedsATypedIdAndASecondPersonAndThenClearsWhatWasSet()
            throws IOException, InterruptedException {
        String device = "RT-90-B";
        desk.device(Kind.ROUTER, device);
        String ticket = desk.ticket(device);
        Map<String, Object> wish = Map.of("action", "factory_reset", "ticket", ticket, "confirm", device);
        desk.ask(desk.agent, device, wish).expect(403);
        desk.ask(desk.engineer, device, Map.of("action", "factory_reset", "ticket", ticket)).expect(409);
        desk.ask(desk.engineer, device, Map.of("action", "factory_reset", "confirm", device)).expect(409);
        JsonNode asked = desk.ask(desk.engineer, device, wish).expect(202);
        String action = asked.path("id").asText();
        assertThat(asked.path("state").asText()).isEqualTo("requested");
        desk.engineer.post("/api/v1/actions/" + action + "/approve", Map.of()).expect(409);
        desk.agent.post("/api/v1/actions/" + action + "/approve", Map.of()).expect(403);
        desk.second.post("/api/v1/actions/" + action + "/approve", Map.of()).expect(200);
        JsonNode done = desk.ended(action);
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("succeeded");
        assertThat(done.path("requestedBy").asText()).isEqualTo("erik");
        assertThat(done.path("decidedBy").asText()).isEqualTo("eva");
        assertThat(desk.audit(action)).extracting(each -> each.path("actor").asText()).contains("erik",
                "eva");
    }

    @Test
    void aSleepingDeviceIsToldWhenItWakes() throws IOException, InterruptedException {
        String device = "RT-90-C";
        desk.register(Kind.ROUTER, device);
        String action = desk.ask(desk.agent, device, Map.of("action", "restart_wan")).expect(202).path("id")
                .asText();
        assertThat(desk.agent.get("/api/v1/actions/" + action).expect(200).path("sentAt").isNull()).isTrue();
        desk.switchOn(device, FaultPlan.NOTHING);
        JsonNode done = desk.ended(action);
        assertThat(done.path("state").asText()).isEqualTo("succeeded");
        assertThat(done.path("output").asText()).startsWith("WAN link restarted");
    }

    @Test
    void whatIsTakenBackBeforeADeviceWakesIsNeverDone() throws IOException, InterruptedException {
        String device = "RT-90-D";
        desk.register(Kind.ROUTER, device);
        String ticket = desk.ticket(device);
        String reboot = desk.ask(desk.engineer, device, Map.of("action", "reboot", "ticket", ticket))
                .expect(202)
                .path("id").asText();
        desk.engineer.post("/api/v1/actions/" + reboot + "/cancel", Map.of("reason", "not needed"))
                .expect(200);
        desk.switchOn(device, FaultPlan.NOTHING);
        assertThat(desk.done(desk.agent, device, Map.of("action", "ping")).path("state").asText())
                .isEqualTo("succeeded");
        assertThat(desk.ended(reboot).path("state").asText()).isEqualTo("cancelled");
        assertThat(desk.done(desk.agent, device, Map.of("action", "get_logs")).path("output").asText())
                .contains("asked for ping").doesNotContain("asked for reboot");
    }

    @Test
    @Tag("R91")
    void aRuleBeginsARunbookThatClearsTheFaultAndTheTicketSaysWhyItBelievesSo()
            throws IOException, InterruptedException {
        String device = "RT-90-E";
        desk.register(Kind.ROUTER, device);
        JsonNode runbook = desk.engineer.post("/api/v1/runbooks", Map.of("name", "Restart the link", "about",
                Map.of("models", List.of("RT-90"), "codes", List.of("WAN_SLOW"), "soak", "PT2S"), "steps",
                List.of(Map.of("action", Map.of("action", "restart_wan", "class", "B")),
                        Map.of("check", Map.of("fault", "cleared", "within", "PT30S")),
                        Map.of("check",
                                Map.of("metric", "wan_latency_ms", "op", "<", "value", 100, "over", "PT2S",
                                        "within", "PT30S")),
                        Map.of("end", Map.of("result", "fixed")))))
                .expect(201);
        desk.quality.send("POST", "/api/v1/runbooks/" + runbook.path("id").asText() + "/approve",
                HttpRequest.BodyPublishers.noBody(),
                Map.of("If-Match", "\"" + runbook.path("version").asInt() + "\"")).expect(200);
        StaffClient.Answer rule = desk.admin.put("/api/v1/rules/wan-slow", "application/yaml", """
                id: wan-slow
                title: WAN link slow
                applies_to: { model: [RT-90] }
                fault: { code: WAN_SLOW, severity: minor }
                when: 'wan_latency_ms > 200.0'
                for: 1s
                clear_when: 'wan_latency_ms < 100.0'
                clear_for: 1s
                ticket: { open: true, priority: P3, skill: network }
                remedies:
                  - { runbook: 'Restart the link', auto: true }
                tests:
                  - name: slow seconds open it, a restart clears it
                    step: 1s
                    series: { wan_latency_ms: "12x5 390x5 12x5" }
                    expect: [ { at: 9s, open: true }, { at: 14s, open: false } ]
                """);
        assertThat(rule.status()).as(rule.body().toString()).isIn(200, 201);
        desk.switchOn(device, FaultPlan.parse(List.of("wan-hung@2s")));
        String ticket = desk.admin
                .await("/api/v1/tickets?device=" + device, it -> !it.path("items").isEmpty())
                .at("/items/0/id").asText();
        JsonNode solved = desk.admin.await("/api/v1/tickets/" + ticket,
                it -> it.path("state").asText().equals("resolved"));
        assertThat(solved.path("rootCause").asText()).isEqualTo("Remote fix: runbook Restart the link");
        JsonNode run = desk.admin.get("/api/v1/tickets/" + ticket + "/runbooks").expect(200).at("/items/0");
        assertThat(run.path("result").asText()).isEqualTo("fixed");
        assertThat(run.path("reason").asText())
                .startsWith("believed fixed because fault WAN_SLOW cleared at ")
                .contains("wan_latency_ms");
        assertThat(solved.path("timeline").findValuesAsText("text"))
                .anyMatch(text -> text.contains("The device did restart_wan: WAN link restarted"));
        assertThat(desk.admin.get("/api/v1/devices/" + device + "/actions").expect(200).path("items"))
                .singleElement()
                .satisfies(each -> assertThat(each.path("state").asText()).isEqualTo("succeeded"));
    }

    @Test
    void anAgentReadsTheLogThatTheCustomerAllowedAndItIsGoneAfterTheCase()
            throws IOException, InterruptedException, SQLException {
        String device = "RT-90-F";
        desk.device(Kind.ROUTER, device);
        String ticket = desk.ticket(device);
        Map<String, Object> wish = Map.of("ticket", ticket, "why", "It stops at night", "level", "debug");
        JsonNode question = desk.consent(ticket, "data");
        desk.agent.post("/api/v1/devices/" + device + "/logs", wish).expect(409);
        desk.allowed(question);
        String log = "/api/v1/logs/" + desk.agent.post("/api/v1/devices/" + device + "/logs", wish)
                .expect(202).path("id").asText();
        JsonNode ready = desk.agent.await(log, it -> it.path("state").asText().equals("ready"));
        assertThat(ready.path("redacted")).as(ready.toString()).isNotEmpty();
        assertThat(desk.agent.get(log + "/lines?q=signed+in").expect(200).path("items")).isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("text").asText()).contains("account: signed in as")
                        .doesNotContain("@"));
        assertThat(desk.agent.get(log + "/lines?q=%5Easked+for&regex=true&level=info").expect(200)
                .path("items")).isNotEmpty();
        assertThat(desk.agent.get(log + "/lines?q=asked+for&level=warning").expect(200).path("items"))
                .isEmpty();
        assertThat(desk.agent.get(log + "/lines?q=authorization").expect(200).path("items")).isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("text").asText())
                        .doesNotContainPattern("Bearer [0-9a-f]{12}"));
        desk.coordinator.get(log + "/lines").expect(403);
        assertThat(desk.audit(ready.path("id").asText()))
                .extracting(each -> each.path("action").asText()).contains("log.read");

        desk.close(ticket);
        desk.monthPasses(ticket);
        desk.agent.await(log, it -> it.path("state").asText().equals("purged"));
        desk.agent.get(log + "/lines").expect(409);
        assertThat(desk.audit("ticket/" + ticket)).extracting(each -> each.path("action").asText())
                .contains("remote.purge");
    }

    private static boolean canSymbolize() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(folder -> Stream
                .of("addr2line", "llvm-symbolizer").map(each -> Path.of(folder, each))
                .anyMatch(Files::isExecutable));
    }

    @Test
    void aCrashWithoutSymbolsGetsItsNamesWhenTheyAreUploaded() throws IOException, InterruptedException {
        assumeTrue(canSymbolize() || "true".equals(System.getenv("CI")),
                "install addr2line (apt-get install binutils) to run this test");
        String device = "RT-90-G";
        desk.register(Kind.ROUTER, device);
        desk.event(device,
                Json.parse(
                        """
                                {"ts":%d,"code":"crash","level":"critical","message":"Segmentation fault","data":{
                                 "id":"crash-1","process":"spoolerd","reason":"SIGSEGV","firmware":"5.1.0",
                                 "modules":[{"name":"spoolerd","buildId":"%s","base":"0x555555554000","size":16384}],
                                 "threads":[{"name":"main","crashed":true,"stack":[{"module":0,"offset":"0x1000"},
                                  {"module":0,"offset":"0x101a"},{"module":0,"offset":"0x103d"},{"module":0,"offset":"0x1053"}]}]}}"""
                                .formatted(System.currentTimeMillis(), BUILD)));
        JsonNode crash = desk.engineer.await("/api/v1/devices/" + device + "/crashes",
                page -> page.at("/items/0/state").asText().equals("symbols-missing")).at("/items/0");
        assertThat(crash.path("missing").toString()).contains(BUILD);
        assertThat(desk.engineer.get("/api/v1/missing-symbols?product=RT-90").expect(200).path("items"))
                .anySatisfy(each -> assertThat(each.path("buildId").asText()).isEqualTo(BUILD));
        String symbols = "/api/v1/symbols?product=RT-90&firmware=5.1.0&name=spoolerd";
        desk.agent.send("POST", symbols, HttpRequest.BodyPublishers.ofFile(PROGRAM), BYTES).expect(403);
        desk.firmware.send("POST", symbols, HttpRequest.BodyPublishers.ofFile(PROGRAM), BYTES).expect(201);
        JsonNode named = desk.engineer.await("/api/v1/crashes/" + crash.path("id").asText(),
                it -> it.path("state").asText().equals("symbolicated"));
        assertThat(named.at("/threads/0/stack").findValuesAsText("function")).contains("length_of", "drain",
                "print_all");
        JsonNode group = desk.engineer.get("/api/v1/crash-groups/" + named.path("group").asText())
                .expect(200);
        assertThat(group.path("title").asText()).isEqualTo("SIGSEGV in length_of (spooler.c:7)");
        assertThat(group.path("crashes").asInt()).isEqualTo(1);
        assertThat(desk.engineer.get("/api/v1/missing-symbols?product=RT-90").expect(200).path("items"))
                .noneSatisfy(each -> assertThat(each.path("buildId").asText()).isEqualTo(BUILD));
    }

    @Test
    void aFleetActionStopsAtTheDeviceThatWasToTryItAndTheOthersAreLeftAlone()
            throws IOException, InterruptedException {
        desk.router("RT-92", "RT-92-1", "reject@0s");
        desk.router("RT-92", "RT-92-2");
        desk.router("RT-92", "RT-92-3");
        Map<String, Object> wish = Map.of("action", "restart_wan", "model", "RT-92", "target", "true", "why",
                "The links are slow since Monday", "canary", List.of("RT-92-1"), "gate",
                Map.of("minimum", 1, "action", "abort", "soak", "PT1S"));
        desk.agent.post("/api/v1/fleet-actions", wish).expect(403);
        assertThat(desk.engineer.post("/api/v1/fleet-actions/preview", wish).expect(200).path("devices")
                .asInt()).isEqualTo(3);
        String all = "/api/v1/fleet-actions/"
                + desk.engineer.post("/api/v1/fleet-actions", wish).expect(201).path("id").asText();
        JsonNode over = desk.engineer.await(all,
                it -> it.path("state").asText().equals("aborted") && it.at("/counts/cancelled").asInt() == 2);
        assertThat(over.at("/counts/failed").asInt()).as(over.toString()).isEqualTo(1);
        assertThat(over.path("reason").asText()).isNotEmpty();
        assertThat(desk.engineer.get(all + "/devices?state=failed").expect(200).path("items"))
                .singleElement().satisfies(each -> {
                    assertThat(each.path("device").asText()).isEqualTo("RT-92-1");
                    assertThat(each.path("reason").asText()).isNotEmpty();
                });
        for (String other : List.of("RT-92-2", "RT-92-3")) {
            assertThat(desk.agent.get("/api/v1/devices/" + other + "/actions").expect(200).path("items"))
                    .as(other).isEmpty();
        }
    }

    @Test
    void aShellNeedsTheCustomerAndASecondPersonAndIsRecordedUntilSomebodyKillsIt()
            throws IOException, InterruptedException {
        String device = "RT-90-H";
        desk.device(Kind.ROUTER, device);
        String ticket = desk.ticket(device);
        String shells = "/api/v1/devices/" + device + "/shells";
        Map<String, Object> wish = Map.of("ticket", ticket, "why", "The link hangs", "minutes", 10, "confirm",
                device);
        desk.engineer.post(shells, wish).expect(409);
        desk.allowed(desk.consent(ticket, "shell"));
        desk.agent.post(shells, wish).expect(403);
        String id = desk.engineer.post(shells, wish).expect(202).path("id").asText();
        String shell = "/api/v1/shells/" + id;
        desk.engineer.post(shell + "/approve", Map.of()).expect(409);
        desk.second.post(shell + "/approve", Map.of()).expect(200);
        desk.engineer.await(shell, it -> it.path("state").asText().equals("open"));
        desk.second.post(shell + "/input", Map.of("text", "ls\n")).expect(403);
        desk.engineer.post(shell + "/input", Map.of("text", "echo so it is\n")).expect(204);
        desk.awaitText(desk.engineer, shell + "/recording", "so it is\\r\\n");

        desk.second.post(shell + "/kill", Map.of("reason", "Seen enough")).expect(200);
        JsonNode closed = desk.engineer.await(shell, it -> it.path("state").asText().equals("closed"));
        assertThat(closed.path("reason").asText()).isEqualTo("killed");
        assertThat(closed.path("closedBy").asText()).isEqualTo("eva");
        desk.engineer.post(shell + "/input", Map.of("text", "ls\n")).expect(409);
        JsonNode verdict = desk.engineer.get(shell + "/recording/verify").expect(200);
        assertThat(verdict.path("intact").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(desk.audit(id).toString()).contains("shell.open", "shell.read",
                verdict.path("hash").asText());
        desk.agent.get(shell + "/recording").expect(403);
    }
}
