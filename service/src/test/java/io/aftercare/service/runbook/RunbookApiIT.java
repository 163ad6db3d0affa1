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

    @Test
    void whatIsWrongWithARunbookIsToldAtItsPlaceAndNothingIsKept() {
        Answer wrong = api.call(ENA, "POST", "/runbooks",
                """
                        {"name":"Wrong","about":{"soak":"PT0S"},"steps":[{"wait":"PT1M"},{"check":{"metric":"memory","op":"~","value":1}}]}""");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().get("errors").findValuesAsText("field")).containsExactly("about.soak",
                "steps[1].check.op");
        assertThat(api.get("/runbooks?limit=1000").body().get("items").findValuesAsText("name"))
                .doesNotContain("Wrong");
    }

    @Test
    void everyConditionThatIsMissingIsNamedAndNothingIsAsked() {
        String device = device();
        DeviceId id = new DeviceId(device);
        String runbook = approved("Needs much", """
                {"models":["LP"],"codes":["LEAK"]}""", """
                [{"action":{"action":"fly"}},{"action":{"action":"reboot","class":"B"}}]""");
        String ticket = fault(device, "[]");
        api.remote.offline.add(id);
        api.remote.updating.add(id);
        api.remote.consents.put(id, "the customer's consent is over");
        Answer refused = begin(ticket, runbook);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("it is for LP, and the device is a RT",
                "the product RT has no action fly",
                "reboot is of class C for RT, and the runbook takes it for B",
                "the device is not connected", "in the middle of a firmware update",
                "the customer's consent is over");
        JsonNode panel = api.get("/tickets/" + ticket).body().get("runbook");
        assertThat(panel).noneMatch(
                one -> one.get("preselected").asBoolean() && one.get("name").asText().equals("Needs much"));
        assertThat(api.remote.wanted.stream().filter(one -> one.device().equals(id))).isEmpty();
        assertThat(api.get("/tickets/" + ticket + "/runbooks").body().get("items")).isEmpty();
    }

    @Test
    void aDangerousStepWaitsForTheDevicesIdAndADisruptiveOneForAClick() throws InterruptedException {
        String device = device();
        String runbook = approved("Reset", ABOUT,
                """
                        [{"action":{"action":"reboot"}},{"action":{"action":"factory_reset","onFail":"no"}},{"end":{"result":"fixed"}},
                         {"label":"no","end":{"result":"escalate","reason":"the reset was refused"}}]""");
        String ticket = fault(device, "[]");
        JsonNode run = begin(ticket, runbook).body();
        String path = "/tickets/" + ticket + "/runbooks/" + run.get("id").asText();
        assertThat(run.at("/now/waitsFor").asText()).isEqualTo("confirm");
        assertThat(run.at("/now/actionClass").asText()).isEqualTo("C");
        assertThat(say(path, 2, "{\"confirm\":\"yes\"}").status()).isEqualTo(409);
        assertThat(say(path, 1, "{\"result\":\"done\"}").body().get("detail").asText())
                .contains("no step that a person does");
        assertThat(say(path, 1, "{\"confirm\":\"yes\",\"answer\":\"yes\"}").status()).isEqualTo(400);
        assertThat(say(path, 1, "{\"confirm\":\"yes\"}").status()).isEqualTo(200);
        var reboot = wanted("reboot");
        assertThat(reboot.confirm()).isEqualTo(device);
        assertThat(reboot.who().name()).isEqualTo("ann");
        api.await(path, one -> one.get("state").asText().equals("waiting-device"));
        ended(api.remote.id(reboot), "succeeded", "restarted", null);
        ended(api.remote.id(reboot) + "-other", "succeeded", null, null);
        api.await(path, one -> one.at("/now/step").asInt() == 2);
        assertThat(say(path, 2, "{\"confirm\":\"yes\"}").body().get("detail").asText())
                .contains("device's id");
        api.remote.refusals.put("factory_reset", new RemoteActions.Refused(409,
                "The customer refused to allow this"));
        assertThat(say(path, 2, "{\"confirm\":\"" + device + "\"}").status()).isEqualTo(200);
        JsonNode over = api.await(path, one -> one.get("isFinished").asBoolean());
        assertThat(over.get("result").asText()).isEqualTo("escalate");
        assertThat(over.at("/trail/1/text").asText())
                .contains("was refused: The customer refused to allow this");
        // the device answers a second time, and late: nothing comes of it
        ended(api.remote.id(reboot), "failed", null, "again");
        assertThat(api.get(path).body().get("version")).isEqualTo(over.get("version"));
    }

    @Test
    void aQuestionLeadsToABranchAndARunCanBeStopped() {
        String runbook = approved("Asks", ABOUT,
                """
                        [{"ask":{"zh":"红灯?","en":"Red light?","choices":[{"answer":"yes","zh":"是","en":"Yes","then":"red"},
                          {"answer":"no","zh":"否","en":"No"}]}},{"end":{"result":"not-fixed"}},
                         {"label":"red","wait":"PT1H"},{"end":{"result":"dispatch","reason":"a red light"}}]""");
        String ticket = fault(device(), "[]");
        JsonNode run = begin(ticket, runbook).body();
        String path = "/tickets/" + ticket + "/runbooks/" + run.get("id").asText();
        assertThat(run.at("/now/choices").findValuesAsText("answer")).containsExactly("yes", "no");
        assertThat(say(path, 1, "{\"answer\":\"maybe\"}").body().get("detail").asText()).contains("yes, no");
        assertThat(api.call("ann:agent", "POST", path + "/steps/1", "{\"answer\":\"yes\"}", "If-Match", "9")
                .status())
                .isEqualTo(412);
        assertThat(say(path, 1, "{\"answer\":\"yes\",\"note\":\"seen\"}").body().get("state").asText())
                .isEqualTo("waiting-time");
        assertThat(begin(ticket, runbook).body().get("detail").asText()).contains("is being carried out");
        assertThat(api.call(ENA, "POST", path + "/stop", "{\"reason\":\"wrong device\"}").body().get("state")
                .asText())
                .isEqualTo("cancelled");
        assertThat(api.call(ENA, "POST", path + "/stop", "{\"reason\":\"again\"}").status()).isEqualTo(409);
        assertThat(api.get("/tickets/" + ticket).body().at("/dispatch").isNull()).isTrue();
    }

    @Test
    void aFaultThatComesBackIsNoSuccessAndTheOrderLearnsIt() throws InterruptedException {
        approved("Returns", "{\"codes\":[\"BACK\"],\"soak\":\"PT1M\"}", """
                [{"action":{"action":"restart_wan"}},{"end":{"result":"fixed"}}]""");
        String device = device();
        String ticket = fault(device, "[{\"runbook\":\"Returns\",\"auto\":true}]", "BACK");
        var wanted = wanted("restart_wan");
        api.await("/tickets/" + ticket + "/runbooks",
                page -> page.at("/items/0/state").asText().equals("waiting-device"));
        ended(api.remote.id(wanted), "succeeded", "restarted", null);
        api.await("/tickets/" + ticket, page -> page.get("state").asText().equals("fix-scheduled"));
        api.clock.forward(Duration.ofSeconds(5));
        fires(device);
        api.tell("fault.reraised", "F-" + faults + "/2",
                notice(device, "[{\"runbook\":\"Returns\",\"auto\":true}]", "BACK"));
        JsonNode page = api.await("/tickets/" + ticket, one -> one.get("state").asText().equals("reopened"));
        assertThat(page.get("dispatch").isNull()).isTrue();
        JsonNode learned = api
                .await("/tickets/" + ticket, one -> one.at("/runbook/0/learned/lost").asInt() == 1)
                .at("/runbook/0");
        assertThat(learned.at("/learned/runs").asInt()).isEqualTo(1);
        assertThat(learned.at("/learned/atLeast").asDouble()).isZero();
        assertThat(learned.get("tried").asBoolean()).isTrue();
        api.await("/tickets/" + ticket, one -> one.get("timeline").findValuesAsText("text").stream()
                .anyMatch(text -> text.contains("No runbook is left that may help")));
    }

    @Test
    void aRunbookGoesOutAsAFileAndComesInAgain() {
        String runbook = approved("As a file", ABOUT, RESTART);
        String file = api.page("ann:agent", "/runbooks/" + runbook + "/document").body();
        assertThat(file).startsWith("name: As a file").contains("restart_wan");
        Answer again = api.call(ENA, "POST", "/runbooks", file.replace("As a file", "From a file"),
                "Content-Type",
                "application/yaml");
        assertThat(again.status()).as(again.body().toString()).isEqualTo(201);
        assertThat(again.body().get("steps")).isEqualTo(api.get("/runbooks/" + runbook).body().get("steps"));
        assertThat(
                api.call(ENA, "POST", "/runbooks", "steps: [", "Content-Type", "application/yaml").status())
                .isEqualTo(400);
        JsonNode ready = api.get("/runbook-library?model=RT-90").body().get("items");
        assertThat(ready.findValuesAsText("id")).contains("router-restart-wan")
                .doesNotContain("lock-calibrate");
        String ids = "{\"ids\":[\"router-restart-wan\"]}";
        assertThat(api.call(QUINN, "POST", "/runbook-library/install", ids).body().get("installed"))
                .hasSize(1);
        assertThat(api.call(QUINN, "POST", "/runbook-library/install", ids).body().get("kept")).hasSize(1);
        assertThat(api.call(QUINN, "POST", "/runbook-library/install", "{\"ids\":[\"none\"]}").status())
                .isEqualTo(404);
    }

    @Test
    void aRuleWaitsForADeviceThatIsAwayAndGivesUpAfterADay() throws InterruptedException {
        approved("Away", "{\"codes\":[\"AWAY\"]}",
                "[{\"action\":{\"action\":\"self_test\"}},{\"end\":{\"result\":\"not-fixed\"}}]");
        String remedies = "[{\"runbook\":\"Away\",\"auto\":true},{\"dispatch\":{}}]";
        DeviceId back = new DeviceId(device());
        api.remote.offline.add(back);
        String ticket = fault(back.value(), remedies, "AWAY");
        JsonNode page = api.await("/tickets/" + ticket, one -> one.get("timeline").findValuesAsText("text")
                .stream()
                .anyMatch(text -> text.equals("Runbook Away cannot begin: the device is not connected")));
        assertThat(page.at("/runbook/0/failed/0").asText()).isEqualTo("the device is not connected");
        assertThat(page.at("/runbook/0/preselected").asBoolean()).isFalse();
        DeviceId gone = new DeviceId(device());
        api.remote.offline.add(gone);
        String lost = fault(gone.value(), remedies, "AWAY");
        api.await("/tickets/" + lost, one -> one.get("timeline").findValuesAsText("text").stream()
                .anyMatch(text -> text.contains("cannot begin")));
        api.remote.offline.remove(back);
        api.clock.forward(Duration.ofSeconds(61));
        assertThat(wanted("self_test").device()).isEqualTo(back);
        api.clock.forward(Duration.ofHours(25));
        assertThat(api.await("/tickets/" + lost, one -> one.get("dispatch").isObject()).at("/dispatch/why")
                .asText())
                .isEqualTo("No runbook mended it.");
        assertThat(api.remote.wanted).isEmpty();
    }

    private Answer say(String path, int step, String body) {
        return api.post(path + "/steps/" + step, body);
    }

    private RemoteActions.Wanted wanted(String action) throws InterruptedException {
        var wanted = Objects.requireNonNull(api.remote.wanted.poll(10, TimeUnit.SECONDS));
        assertThat(wanted.action()).isEqualTo(action);
        return wanted;
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
        return fault(device, remedies, "LEAK");
    }

    private String fault(String device, String remedies, String code) {
        String fault = "F-" + ++faults;
        fires(device);
        api.tell("fault.raised", fault, notice(device, remedies, code));
        return api.await("/tickets?fault=" + fault, page -> !page.get("items").isEmpty()).at("/items/0/id")
                .asText();
    }

    private JsonNode notice(String device, String remedies, String code) {
        return Json.parse("""
                {"fault":"F-%d","device":"%s","code":"%s","severity":"minor","rule":"leak","ruleVersion":1,
                 "title":"Memory fills","at":"%s","count":1,"values":{"memory":88},
                 "ticket":{"open":true,"priority":"P3","skill":""},"remedies":%s}"""
                .formatted(faults, device, code, api.clock.instant(), remedies));
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
