package io.aftercare.remote.shell;

import static io.aftercare.remote.shell.ShellHouse.ANNA;
import static io.aftercare.remote.shell.ShellHouse.BEN;
import static io.aftercare.remote.shell.ShellHouse.DEVICE;
import static io.aftercare.remote.shell.ShellHouse.WISH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShellsIT {
    private final ShellHouse shells = new ShellHouse();

    @AfterEach
    void stop() {
        shells.close();
    }

    @Test
    void aShellOpensWithConsentConfirmationAndASecondPersonAndIsRecorded() throws Exception {
        String id = shells.requested();
        assertThat(shells.state(id)).isEqualTo("requested");
        assertThat(shells.house.sent).as("nothing goes down before it is approved").isEmpty();
        assertThat(shells.post(BEN, id, "approve", null).json().path("state").asText()).isEqualTo("opening");
        assertThat(shells.house.sent).singleElement().asString().startsWith("SN-1/actions/").contains(
                "\"action\":\"shell\"", "\"session\":\"" + id + "\"", "\"seconds\":600", "\"columns\":80",
                "\"rows\":24");
        shells.answer(id, "{\"status\":\"succeeded\"}");
        JsonNode open = shells.shell(id);
        assertThat(open.path("state").asText()).isEqualTo("open");
        assertThat(open.path("requestedBy").asText()).isEqualTo("anna");
        assertThat(open.path("decidedBy").asText()).isEqualTo("ben");
        shells.shows(id, 1, "$ ");
        assertThat(shells.post(ANNA, id, "input", "{\"text\":\"ls\\n\"}").status()).isEqualTo(204);
        assertThat(shells.post(ANNA, id, "resize", "{\"columns\":120,\"rows\":40}").status()).isEqualTo(204);
        shells.shows(id, 2, "ls\r\nspool\r\n$ ");
        assertThat(shells.heard(id)).hasSize(2);
        assertThat(shells.heard(id).getFirst().toString()).isEqualTo("{\"seq\":1,\"data\":\"bHMK\"}");
        assertThat(shells.heard(id).getLast().path("resize").path("columns").asInt()).isEqualTo(120);
        CastReader.Read meanwhile = CastReader.read(shells.recording(id));
        assertThat(meanwhile.text("o")).as("while it runs").isEqualTo("$ ls\r\nspool\r\n$ ");
        assertThat(shells.post(ANNA, id, "close", null).json().path("reason").asText()).isEqualTo("user");
        assertThat(shells.heard(id).getLast().toString()).isEqualTo("{\"seq\":3,\"close\":\"user\"}");

        CastReader.Read cast = CastReader.read(shells.recording(id));
        assertThat(cast.text("i")).isEqualTo("ls\n");
        assertThat(cast.text("r")).isEqualTo("120x40");
        assertThat(cast.header().path("title").asText()).contains(id, "SN-1", "T-000001", "anna");
        JsonNode closed = shells.audited("shell.close").getFirst();
        assertThat(closed.path("recording").asText()).isEqualTo(shells.verdict(id).path("hash").asText());
        assertThat(shells.verdict(id).path("intact").asBoolean()).isTrue();
        assertThat(shells.audited("shell.request")).singleElement()
                .satisfies(entry -> assertThat(entry.path("why").asText()).isEqualTo("the spooler hangs"));
        assertThat(shells.audited("shell.approve")).hasSize(1);
        assertThat(shells.audited("shell.open")).hasSize(1);
        assertThat(shells.audited("shell.read")).hasSize(2);
        assertThat(shells.audited("shell.close").toString()).as("the audit has no keys").doesNotContain("ls");
    }

    @Test
    void thereIsNoneWithoutTheSettingTheProductsWordOrTheCustomers() throws Exception {
        try (ShellHouse off = new ShellHouse(ShellLimits.defaults(false))) {
            assertRefused(off, off.ask(ANNA, WISH), "AFTERCARE_REMOTE_SHELL=on");
        }
        shells.allow(false);
        assertRefused(shells, shells.ask(ANNA, WISH), "its document would say \"shell\": true");
        shells.allow(true);
        for (Consent consent : Set.of(Consent.NOT_ASKED, Consent.ASKED, Consent.REFUSED, Consent.EXPIRED,
                Consent.WITHDRAWN)) {
            shells.house.consents.put(Purpose.SHELL, consent);
            assertRefused(shells, shells.ask(ANNA, WISH),
                    "The customer's consent to a shell, for ticket T-000001");
        }
        assertThat(shells.audited("shell.refuse")).hasSize(6);
        assertThat(shells.house.sent).isEmpty();
        assertThat(shells.house.as(ANNA, "GET", "/shells", null).json().path("items")).isEmpty();
    }

    private static void assertRefused(ShellHouse shells, Answer answer, String why) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().path("detail").asText()).contains(why);
        assertThat(shells.audited("shell.refuse").getLast().path("reason").asText()).contains(why);
    }

    @Test
    void whatGuardsActionsOfClassDGuardsShells() throws Exception {
        assertThat(shells.ask("a:agent", WISH).status()).isEqualTo(403);
        assertThat(shells.ask("x:auditor", WISH).status()).isEqualTo(403);
        assertThat(shells.ask("f:engineer:us:", WISH).status()).isEqualTo(403);
        assertThat(shells.ask(ANNA, WISH.replace("\"SN-1\"", "\"SN-2\"")).status()).isEqualTo(409);
        assertThat(shells.ask(ANNA, WISH.replace(",\"confirm\":\"SN-1\"", "")).status()).isEqualTo(409);
        assertThat(shells.ask(ANNA, WISH.replace("T-1", "T-9")).status()).isEqualTo(409);
        assertThat(shells.ask(ANNA, WISH.replace("10,", "31,")).status()).isEqualTo(400);
        shells.house.updating.add(DEVICE);
        assertThat(shells.ask(ANNA, WISH).status()).isEqualTo(409);
        shells.house.updating.clear();
        assertThat(shells.audited("action.refuse")).as("refusals are in the audit").isNotEmpty();
        Answer direct = shells.house.as(ANNA, "POST", "/devices/SN-1/actions",
                "{\"action\":\"shell\",\"ticket\":\"T-1\",\"confirm\":\"SN-1\",\"params\":{\"session\":\"s1\",\"seconds\":9999,"
                        + "\"columns\":80,\"rows\":24}}");
        assertThat(direct.status()).isEqualTo(409);
        assertThat(direct.json().path("detail").asText()).contains("/devices/{id}/shells");

        String id = shells.requested();
        assertThat(shells.post(ANNA, id, "approve", null).status()).as("not who asked").isEqualTo(409);
        assertThat(shells.state(id)).isEqualTo("requested");
        assertThat(shells.house.as(BEN, "POST", "/shells/" + id + "/approve", null, "If-Match", "\"9\"")
                .status())
                .isEqualTo(412);
        shells.house.consents.put(Purpose.SHELL, Consent.WITHDRAWN);
        assertThat(shells.post(BEN, id, "approve", null).status()).isEqualTo(409);
        assertThat(shells.house.sent).isEmpty();
    }

    @Test
    void aSecondPersonMayRefuse() throws Exception {
        String id = shells.requested();
        assertThat(shells.post(BEN, id, "reject", "{\"reason\":\"send somebody\"}").json().path("reason")
                .asText())
                .isEqualTo("rejected");
        assertThat(shells.shell(id).path("note").asText()).isEqualTo("send somebody");
        assertThat(shells.post(BEN, id, "approve", null).status()).isEqualTo(409);
        assertThat(shells.house.sent).isEmpty();
    }

    @Test
    void aDeviceHasOneSessionAtATimeAndAllDevicesHaveABound() throws Exception {
        String first = shells.requested();
        assertRefused(shells, shells.ask(BEN, WISH), "has a session already");
        shells.post(ANNA, first, "close", null);
        assertThat(shells.ask(BEN, WISH).status()).isEqualTo(202);
        for (int i = 2; i <= 20; i++) {
            shells.house.device("SN-" + i, "eu", "berlin");
            assertThat(shells.house.as(ANNA, "POST", "/devices/SN-" + i + "/shells",
                    WISH.replace("SN-1", "SN-" + i)).status()).isEqualTo(202);
        }
        shells.house.device("SN-21", "eu", "berlin");
        assertRefused(shells, shells.house.as(ANNA, "POST", "/devices/SN-21/shells",
                WISH.replace("SN-1", "SN-21")), "There are 20 sessions already");
        JsonNode page = shells.house.as(ANNA, "GET", "/shells?limit=2&state=requested", null).json();
        assertThat(page.path("items")).hasSize(2);
        assertThat(shells.house.as(ANNA, "GET",
                "/shells?limit=30&state=requested&cursor=" + page.path("next").asText(), null).json()
                .path("items")).hasSize(18);
        assertThat(shells.house.as(ANNA, "GET", "/shells?device=SN-1", null).json().path("items")).hasSize(2);
        assertThat(shells.house.as(ANNA, "POST", "/shells/kill-all", "{}").status()).isEqualTo(403);
        Answer all = shells.house.as("root:admin", "POST", "/shells/kill-all",
                "{\"reason\":\"an incident\"}");
        assertThat(all.json().path("killed")).hasSize(20);
        assertThat(shells.house.as(ANNA, "GET", "/shells?state=requested", null).json().path("items"))
                .isEmpty();
    }

    @Test
    void aDeviceThatRefusesFailsOrStaysSilentEndsIt() throws Exception {
        String refused = shells.opening();
        shells.answer(refused, "{\"status\":\"rejected\",\"error\":\"no shell here\"}");
        assertThat(shells.reason(refused)).isEqualTo("refused");
        assertThat(shells.shell(refused).path("note").asText()).contains("no shell here");

        shells.house.start();
        String silent = shells.opening();
        shells.house.clock.pass(Duration.ofMinutes(2));
        await(() -> shells.reason(silent).equals("device-gone"));
        shells.answer(silent, "{\"status\":\"succeeded\"}");
        assertThat(shells.state(silent)).isEqualTo("closed");
        assertThat(shells.heard(silent)).as("what opened too late is shut").singleElement()
                .satisfies(close -> assertThat(close.has("close")).isTrue());

        String forgotten = shells.requested();
        shells.house.clock.pass(Duration.ofMinutes(31));
        await(() -> shells.reason(forgotten).equals("expired"));
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    @Test
    void timeIdlenessAndConsentEndItByThemselves() throws Exception {
        shells.house.start();
        String idle = shells.open();
        shells.house.clock.pass(Duration.ofMinutes(4));
        shells.post(ANNA, idle, "input", "{\"data\":\"bHMK\"}");
        shells.house.clock.pass(Duration.ofMinutes(4));
        shells.shows(idle, 1, "output is no sign of a person");
        assertThat(shells.state(idle)).isEqualTo("open");
        shells.house.clock.pass(Duration.ofMinutes(2));
        await(() -> shells.reason(idle).equals("idle") || shells.reason(idle).equals("time-over"));

        String late = shells.open();
        for (int i = 0; i < 3; i++) {
            shells.house.clock.pass(Duration.ofMinutes(3));
            assertThat(shells.post(ANNA, late, "input", "{\"text\":\"x\"}").status()).isEqualTo(204);
        }
        shells.house.clock.pass(Duration.ofMinutes(1));
        await(() -> shells.reason(late).equals("time-over"));
        assertThat(shells.heard(late).getLast().path("close").asText()).isEqualTo("time-over");

        String withdrawn = shells.open();
        shells.house.consents.put(Purpose.SHELL, Consent.WITHDRAWN);
        await(() -> shells.reason(withdrawn).equals("consent-withdrawn"));
        assertThat(shells.heard(withdrawn).getLast().path("close").asText()).isEqualTo("consent-withdrawn");
        assertThat(shells.post(ANNA, withdrawn, "input", "{\"text\":\"x\"}").status()).isEqualTo(409);
    }

    @Test
    void theKillSwitchWorksInEveryStateAndTwice() throws Exception {
        for (String state : List.of("requested", "opening", "open")) {
            String id = switch (state) {
                case "requested" -> shells.requested();
                case "opening" -> shells.opening();
                default -> shells.open();
            };
            Answer killed = shells.post("carl:engineer", id, "kill", "{\"reason\":\"that looks wrong\"}");
            assertThat(killed.json().path("reason").asText()).as(state).isEqualTo("killed");
            assertThat(killed.json().path("closedBy").asText()).isEqualTo("carl");
            assertThat(shells.post("carl:engineer", id, "kill", null).status()).isEqualTo(200);
            assertThat(shells.reason(id)).isEqualTo("killed");
        }
        assertThat(shells.post(BEN, shells.open(), "close", null).status()).as("not one's own")
                .isEqualTo(403);
    }

    @Test
    void aShellThatWasKilledWhileItOpenedIsShutWhenItComes() throws Exception {
        String id = shells.opening();
        shells.post(BEN, id, "kill", null);
        shells.answer(id, "{\"status\":\"succeeded\"}");
        assertThat(shells.state(id)).isEqualTo("closed");
        assertThat(shells.heard(id)).isNotEmpty().allSatisfy(it -> assertThat(it.has("close")).isTrue());
        shells.shows(id, 1, "secret");
        assertThat(shells.recording(id)).doesNotContain("secret");
    }

    @Test
    void theDeviceEndsItByClosingByGoingAndByBreakingTheProtocol() throws Exception {
        String exit = shells.open();
        shells.says(exit, "{\"seq\":1,\"close\":\"exit\"}");
        assertThat(shells.reason(exit)).isEqualTo("device-ended");
        assertThat(shells.shell(exit).path("note").asText()).isEqualTo("exit");
        assertThat(shells.heard(exit)).as("it knows").isEmpty();

        String gone = shells.open();
        shells.terminals().connectionChanged(DEVICE);
        assertThat(shells.reason(gone)).isEqualTo("device-gone");
        shells.house.sent.clear();
        shells.terminals().reachable(DEVICE);
        assertThat(shells.heard(gone)).singleElement().asString()
                .isEqualTo("{\"seq\":0,\"close\":\"device-gone\"}");
        shells.says(gone, "{\"seq\":0,\"close\":\"unknown\"}");
        shells.house.sent.clear();
        shells.terminals().reachable(DEVICE);
        assertThat(shells.heard(gone)).as("it has said so").isEmpty();

        for (String nonsense : List.of("", "[]", "{}", "{\"seq\":-1,\"data\":\"\"}",
                "{\"seq\":1,\"data\":\"*\"}",
                "{\"seq\":1,\"data\":\"" + "A".repeat(30_000) + "\"}", "{\"seq\":1.5,\"close\":\"\"}")) {
            String id = shells.open();
            shells.says(id, nonsense);
            assertThat(shells.reason(id)).as(nonsense).isEqualTo("protocol");
        }
    }

    @Test
    void aKeyForADeviceThatIsAwayEndsTheSession() throws Exception {
        String id = shells.open();
        shells.house.connected = false;
        assertThat(shells.post(ANNA, id, "input", "{\"text\":\"rm\"}").status()).isEqualTo(409);
        assertThat(shells.reason(id)).isEqualTo("device-gone");
    }

    @Test
    void aDeviceThatFloodsIsCutOff() throws Exception {
        String burst = shells.open();
        String block = "x".repeat(16 << 10);
        int sent = 0;
        while (shells.state(burst).equals("open")) {
            shells.shows(burst, ++sent, block);
            assertThat(sent).isLessThan(100);
        }
        assertThat(shells.reason(burst)).isEqualTo("limit");
        assertThat(shells.shell(burst).path("recording").path("bytes").asInt()).isLessThanOrEqualTo(1 << 20);

        String slow = shells.open();
        for (sent = 0; shells.state(slow).equals("open");) {
            shells.house.clock.pass(Duration.ofMillis(100));
            shells.shows(slow, ++sent, block);
            assertThat(sent).isLessThan(400);
        }
        assertThat(shells.reason(slow)).isEqualTo("limit");
        assertThat(shells.shell(slow).path("recording").path("bytes").asInt()).isBetween(4 << 20, 5 << 20);
    }

    @Test
    void repetitionsAreDroppedAndGapsAreMarked() throws Exception {
        String id = shells.open();
        shells.shows(id, 1, "a");
        shells.shows(id, 1, "a");
        shells.shows(id, 2, "b");
        shells.shows(id, 1, "a");
        shells.shows(id, 5, "e");
        CastReader.Read cast = CastReader.read(shells.recording(id));
        assertThat(cast.text("o")).isEqualTo("abe");
        assertThat(cast.text("m")).isEqualTo("2 messages of the device lost");
        assertThat(shells.dropped("repeated")).isEqualTo(2);
    }

    @Test
    void whatIsForNoOpenSessionOfTheDeviceReachesNobodyAndIsAuditedOnce() throws Exception {
        shells.house.device("SN-2", "eu", "berlin");
        String id = shells.open();
        for (int i = 1; i <= 3; i++) {
            shells.terminals().output(new DeviceId("SN-2"), id,
                    "{\"seq\":1,\"data\":\"AAAA\"}".getBytes(StandardCharsets.UTF_8));
            shells.says("s000nosuch", "{\"seq\":1,\"data\":\"AAAA\"}");
            shells.says("../" + id, "{\"seq\":1,\"data\":\"AAAA\"}");
        }
        assertThat(CastReader.read(shells.recording(id)).events()).isEmpty();
        assertThat(shells.state(id)).isEqualTo("open");
        assertThat(shells.dropped("unknown")).isEqualTo(9);
        assertThat(shells.audited("shell.stray")).as("once for each device").hasSize(2);
        shells.terminals().output(new DeviceId("SN-2"), id,
                "{\"seq\":1,\"close\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(shells.state(id)).as("nobody closes another's").isEqualTo("open");

        shells.post(ANNA, id, "close", null);
        shells.shows(id, 1, "on its way");
        assertThat(shells.audited("shell.stray")).hasSize(2);
        shells.house.clock.pass(Duration.ofSeconds(11));
        shells.shows(id, 2, "late");
        shells.shows(id, 3, "later");
        assertThat(shells.dropped("closed")).isEqualTo(3);
        assertThat(shells.audited("shell.stray")).hasSize(3);
        assertThat(CastReader.read(shells.recording(id)).events()).isEmpty();
    }

    @Test
    void othersOfTheirOutletAloneSeeIt() throws Exception {
        String id = shells.open();
        assertThat(shells.house.as("x:auditor", "GET", "/shells/" + id + "/recording", null).status())
                .isEqualTo(200);
        assertThat(shells.house.as("p:partner:eu:berlin", "GET", "/shells/" + id, null).status())
                .isEqualTo(403);
        assertThat(shells.house.as("p:partner,engineer:eu:paris", "GET", "/shells/" + id, null).status())
                .isEqualTo(404);
        assertThat(
                shells.house.as("p:partner,engineer:eu:paris", "GET", "/shells", null).json().path("items"))
                .isEmpty();
        assertThat(shells.post(BEN, id, "input", "{\"text\":\"x\"}").status()).isEqualTo(403);
        assertThat(shells.post(ANNA, id, "input", "{}").status()).isEqualTo(400);
        assertThat(shells.post(ANNA, id, "input", "{\"data\":\"*\"}").status()).isEqualTo(400);
    }
}
