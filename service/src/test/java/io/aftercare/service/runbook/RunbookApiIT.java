package io.aftercare.service.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.ticket.FaultHistory.Sighting;
import io.aftercare.service.ticket.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Runbooks through HTTP, with devices that answer as the test says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookApiIT {
    private static final String ENA = "ena:engineer";
    private static final String QUINN = "quinn:quality";
    private static final String ABOUT = """
            {"models":["RT"],"codes":["LEAK"],"expected":"PT3M","soak":"PT10M","effect":{"zh":"断网几秒","en":"Offline for seconds"}}""";
    private static final String RESTART = """
            [{"action":{"action":"restart_wan","class":"B"}},
             {"check":{"fault":"cleared","within":"PT5M"}},
             {"check":{"metric":"memory","op":"<","value":70,"over":"PT1M","within":"PT5M"},"onFail":"no"},
             {"end":{"result":"fixed"}},
             {"label":"no","end":{"result":"not-fixed","reason":"memory stays high"}}]""";

    @AutoClose
    private final TestApi api = new TestApi();
    private int devices;
    private int faults;

    RunbookApiIT() {
        api.database.jdbi().useHandle(handle -> handle.execute(
                """
                        INSERT INTO fleet.product (model, name, document) VALUES ('RT', 'Router', '{"actions":[
                          {"name":"restart_wan","class":"B"},{"name":"self_test","class":"A"},{"name":"reboot","class":"C"},
                          {"name":"factory_reset","class":"D"}]}')"""));
    }

    @Test
    @Tag("R91")
    void aRunbookClearsAFaultByAnActionAndTelemetryProvesIt() throws InterruptedException {
        String device = device();
        String runbook = approved("Restart the link", ABOUT, RESTART);
        String ticket = fault(device, "[]");
        api.numbers.put("memory", new Numbers(88.2, 80, 90, 60));
        Answer begun = begin(ticket, runbook);
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.body().at("/now/waitsFor").asText()).isEqualTo("device");
        var wanted = Objects.requireNonNull(api.remote.wanted.poll(10, TimeUnit.SECONDS));
        assertThat(wanted.action()).isEqualTo("restart_wan");
        assertThat(wanted.ticket()).isEqualTo(ticket);
        assertThat(wanted.who().name()).isEqualTo("ena");
        String path = "/tickets/" + ticket + "/runbooks/" + begun.body().get("id").asText();
        api.await(path, run -> run.get("state").asText().equals("waiting-device"));
        ended(api.remote.id(wanted), "succeeded", "WAN link restarted", null);
        api.await(path, run -> run.get("state").asText().equals("waiting-time"));
        api.numbers.put("memory", new Numbers(61.4, 60, 63, 60));
        clears(device, "LEAK", api.clock.forward(Duration.ofSeconds(20)));
        api.clock.forward(Duration.ofSeconds(70));
        JsonNode over = api.await(path, run -> run.get("isFinished").asBoolean());
        assertThat(over.get("result").asText()).isEqualTo("fixed");
        assertThat(over.get("reason").asText()).startsWith("believed fixed because fault LEAK cleared at ")
                .contains("memory 88.20 → 61.40 (mean over PT1M");
        JsonNode page = api.await("/tickets/" + ticket,
                one -> one.get("state").asText().equals("fix-scheduled"));
        assertThat(page.at("/fix/runbook").asText()).isEqualTo("Restart the link");
        assertThat(page.at("/nextSteps/0/step").asText()).isEqualTo("watch");
        api.clock.forward(Duration.ofMinutes(11));
        reports(device);
        JsonNode solved = api.await("/tickets/" + ticket,
                one -> one.get("state").asText().equals("resolved"));
        assertThat(solved.get("rootCause").asText()).isEqualTo("Remote fix: runbook Restart the link");
        assertThat(solved.get("timeline").findValuesAsText("text"))
                .anyMatch(text -> text.contains("The device did restart_wan: WAN link restarted"))
                .anyMatch(text -> text.contains("believed fixed because"));
        assertThat(api.get("/runbooks/" + runbook).body().at("/learned/0/fixed").asInt()).isEqualTo(1);
    }

    @Test
    void aRuleBeginsItsRunbookUnaskedAndTheNextOneWhereItDoesNotHelp() throws InterruptedException {
        String device = device();
        approved("First aid", ABOUT,
                """
                        [{"action":{"action":"restart_wan"}},{"check":{"fault":"cleared","within":"PT1M"}},{"end":{"result":"fixed"}}]""");
        approved("Second aid", ABOUT,
                """
                        [{"action":{"action":"self_test"}},{"check":{"selfTest":"passed"}},{"end":{"result":"fixed"}}]""");
        String ticket = fault(device,
                """
                        [{"runbook":"First aid","auto":true},{"runbook":"Second aid","auto":true},{"dispatch":{"skill":"network"}}]""");
        var first = Objects.requireNonNull(api.remote.wanted.poll(10, TimeUnit.SECONDS));
        assertThat(first.who().name()).isEqualTo("system");
        api.await("/tickets/" + ticket + "/runbooks",
                page -> page.at("/items/0/state").asText().equals("waiting-device"));
        ended(api.remote.id(first), "succeeded", "restarted", null);
        api.await("/tickets/" + ticket + "/runbooks",
                page -> page.at("/items/0/state").asText().equals("waiting-time"));
        fires(device);
        api.clock.forward(Duration.ofMinutes(2));
        var second = Objects.requireNonNull(api.remote.wanted.poll(10, TimeUnit.SECONDS));
        assertThat(second.action()).isEqualTo("self_test");
        api.await("/tickets/" + ticket + "/runbooks",
                page -> page.at("/items/1/state").asText().equals("waiting-device"));
        ended(api.remote.id(second), "failed", null, "no answer of the test rig");
        JsonNode page = api.await("/tickets/" + ticket, one -> one.get("dispatch").isObject());
        assertThat(page.at("/runbooks/0/result").asText()).isEqualTo("not-fixed");
        assertThat(page.at("/runbooks/1/state").asText()).isEqualTo("failed");
        assertThat(page.at("/runbooks/1/reason").asText()).contains("no answer of the test rig");
        assertThat(page.at("/dispatch/why").asText()).isEqualTo("No runbook mended it.");
    }

    private Answer begin(String ticket, String runbook) {
        return api.call(ENA, "POST", "/tickets/" + ticket + "/runbooks", "{\"runbook\":\"" + runbook + "\"}");
    }

    private void ended(String action, String state, @Nullable String output, @Nullable String error) {
        ObjectNode payload = Json.object().put("action", action).put("state", state).put("output", output)
                .put("error", error);
        api.tell("action.ended", action + "/" + state, payload);
    }

    private String device() {
        String id = "RT-" + ++devices;
        api.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.device (id, model, token_hash, outlet) VALUES (?, 'RT', sha256(?::bytea), '')",
                id, id));
        return id;
    }

    private String fault(String device, String remedies) {
        String fault = "F-" + ++faults;
        fires(device);
        api.tell("fault.raised", fault, Json.parse("""
                {"fault":"%s","device":"%s","code":"LEAK","severity":"minor","rule":"leak","ruleVersion":1,
                 "title":"Memory fills","at":"%s","count":1,"values":{"memory":88},
                 "ticket":{"open":true,"priority":"P3","skill":""},"remedies":%s}"""
                .formatted(fault, device, api.clock.instant(), remedies)));
        return api.await("/tickets?fault=" + fault, page -> !page.get("items").isEmpty()).at("/items/0/id")
                .asText();
    }

    private void fires(String device) {
        api.sightings.put(new DeviceId(device), new Sighting(api.clock.instant(), true, api.clock.instant()));
    }

    private void clears(String device, String code, Instant at) {
        Sighting before = Objects.requireNonNull(api.sightings.get(new DeviceId(device)));
        api.sightings.put(new DeviceId(device), new Sighting(before.lastRaised(), false, at, at));
        api.tell("fault.cleared", "F-" + faults + "/cleared", Json.object().put("fault", "F-" + faults)
                .put("device", device).put("code", code).put("at", at.toString()));
    }

    private void reports(String device) {
        Sighting before = Objects.requireNonNull(api.sightings.get(new DeviceId(device)));
        api.sightings.put(new DeviceId(device),
                new Sighting(before.lastRaised(), before.firing(), before.cleared(), api.clock.instant()));
    }

    private String approved(String name, String about, String steps) {
        Answer made = api.call(ENA, "POST", "/runbooks",
                "{\"name\":\"" + name + "\",\"about\":" + about + ",\"steps\":" + steps + "}");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        String path = "/runbooks/" + made.body().get("id").asText();
        assertThat(api.call(QUINN, "POST", path + "/approve", null, "If-Match", "1").status()).isEqualTo(200);
        return made.body().get("id").asText();
    }
}
