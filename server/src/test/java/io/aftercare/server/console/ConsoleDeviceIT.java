package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do with one device, and with the list of all.
@ConsoleTest
class ConsoleDeviceIT {
    private static final int MANY = 2_000;
    /// A second person approves what one does to more than ten devices within an hour.
    private static final int MORE_THAN_ONE_MAY_ALONE = 11;
    private static final Map<String, Object> SECONDS = Map.of("type", "object", "required",
            List.of("seconds"),
            "additionalProperties", false, "properties",
            Map.of("seconds", Map.of("type", "number", "minimum", 1, "maximum", 3600)));

    @TempDir
    private Path folder;

    @Test
    void anActionForADeviceThatIsAwayIsQueuedAndSaysUntilWhen(@As("engineer") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        world.admin().post("/api/v1/products", Map.of("model", model, "name", "Printer", "metrics", List.of(),
                "actions", List.of(Map.of("name", "ping", "class", "A", "params", Map.of("type", "object"),
                        "timeoutSeconds", 60))))
                .expect(201);
        try (TestDevice device = world.device(model).on()) {
            device.off();
            world.admin().await("/api/v1/devices/" + device.id, it -> !it.path("connected").asBoolean());
            desk.open("device/" + device.id + "?tab=actions");
            desk.reads("The device is offline");
            desk.click(".runnable button");
            desk.click("dialog button.primary");
            desk.reads("ping is queued until");
            assertThat(desk.at(".headline .notice")).containsText("Ping is queued until");
            assertThat(desk.row("ping")).containsText("Queued until");
            assertThat(desk.axe()).isEmpty();
        }
    }

    @Test
    void aConfigurationIsChangedAndRolledBack(@As("engineer") Desk desk) throws Exception {
        String device = desk.world().device(desk.world().fresh("LP")).id;
        desk.open("device/" + device + "?tab=config");
        configure(desk, "{\"sleepMinutes\": 15}", "quiet at night");
        configure(desk, "{\"sleepMinutes\": 2}", "saves power");
        desk.reads("saves power");
        assertThat(desk.row("sleepMinutes")).containsText("2");
        assertThat(desk.axe()).isEmpty();

        desk.at(".versions li button").getByText("Roll back to this").first().click();
        desk.type("dialog [name=why]", "customers complain");
        desk.click("dialog button.primary");
        desk.reads("as version 1");
        assertThat(desk.row("sleepMinutes")).containsText("15");
    }

    private static void configure(Desk desk, String patch, String why) {
        desk.click("text=Change configuration");
        desk.type("dialog [name=patch]", patch);
        desk.type("dialog [name=why]", why);
        desk.click("dialog button.primary");
        desk.reads(why);
    }

    @Test
    void aLogIsAskedForAllowedAndSearched(@As("agent") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        try (Router router = Router.on(world, folder); StaffClient agent = world.staff("agent")) {
            String ticket = world.ticket(router.id, world.fresh("Loses the line"));
            JsonNode question = asked(agent, ticket, "data");
            desk.open("device/" + router.id + "?tab=logs");
            desk.click("header button.primary");
            desk.type("dialog [name=why]", "It stops at night");
            desk.click("dialog button.primary");
            desk.complaints().expect("status of 409");
            desk.sees("dialog .fail");
            answer(agent, ticket, question);
            desk.click("dialog button.primary");
            desk.sees(".lines tbody tr");
            desk.type("ac-log-view input[type=search]", "started");
            assertThat(desk.at(".lines mark").first()).hasText("started");
            desk.reads("Taken out");
            assertThat(desk.axe()).isEmpty();
        }
    }

    private static JsonNode asked(StaffClient agent, String ticket, String purpose) throws Exception {
        return agent.post("/api/v1/tickets/" + ticket + "/remote-consents",
                Map.of("purposes", List.of(purpose), "why", "It stops at night")).expect(201)
                .path("items").path(0);
    }

    // the customer says yes by phone
    private static void answer(StaffClient agent, String ticket, JsonNode question) throws Exception {
        agent.send("POST",
                "/api/v1/tickets/" + ticket + "/remote-consents/" + question.path("id").asText() + "/answer",
                HttpRequest.BodyPublishers.ofString(
                        "{\"given\":true,\"channel\":\"phone\",\"note\":\"Ms Li: yes\",\"language\":\"en\"}"),
                Map.of("Content-Type", "application/json", "If-Match",
                        "\"" + question.path("version").asInt() + "\""))
                .expect(200);
    }

    @Test
    void aShellIsApprovedWatchedKilledAndReadAgain(@As("engineer") Desk desk, Desk second)
            throws Exception {
        ConsoleWorld world = desk.world();
        try (Router router = Router.on(world, folder); StaffClient agent = world.staff("agent")) {
            String ticket = world.ticket(router.id, world.fresh("Loses the line"));
            answer(agent, ticket, asked(agent, ticket, "shell"));
            desk.open("device/" + router.id + "?tab=shell");
            desk.click("text=Ask for a shell");
            desk.type("dialog [name=why]", "It stops at night");
            desk.type("dialog [name=confirm]", router.id);
            desk.click("dialog footer button.danger");
            desk.reads("Another engineer has to approve it");
            second.open("device/" + router.id + "?tab=shell");
            second.button("Approve").click();
            assertThat(desk.at("pre.screen")).containsText("service shell");
            desk.click("pre.screen");
            desk.page().keyboard().type("help");
            desk.press("Enter");
            assertThat(desk.at("pre.screen")).containsText("uptime");
            assertThat(second.at("pre.screen")).containsText("uptime");
            second.reads("only who asked for it can type");
            assertThat(desk.axe()).isEmpty();

            second.button("Kill").click();
            desk.reads("Killed");
            assertThat(desk.at("ac-recording pre.screen")).containsText("uptime");
            desk.button("Play").click();
            assertThat(desk.button("Pause")).isVisible();
            desk.button("Verify").click();
            desk.reads("the chain is whole");
            assertThat(desk.axe()).isEmpty();
        }
    }

    @Test
    void anActionOnManyDevicesIsCountedApprovedAndAborted(@As("engineer") Desk desk, Desk second)
            throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        world.admin().post("/api/v1/products", Map.of("model", model, "name", "Printer", "metrics", List.of(),
                "actions", List.of(Map.of("name", "set_interval", "class", "B", "params", SECONDS))))
                .expect(201);
        for (int i = 0; i < MORE_THAN_ONE_MAY_ALONE; i++) {
            world.device(model);
        }
        desk.open("fleetaction-new?model=" + model + "&action=set_interval");
        desk.type("[name='params.seconds']", "9000");
        desk.type("[name=why]", "Quieter at night");
        desk.click("text=Count the devices");
        assertThat(desk.value("document.querySelector(\"[name='params.seconds']\").validity.rangeOverflow")
                .asBoolean()).as("is told at its place").isTrue();
        desk.type("[name='params.seconds']", "60");
        desk.click("text=Count the devices");
        desk.type("[name=confirm]", Integer.toString(MORE_THAN_ONE_MAY_ALONE));
        desk.click("button[value=send]");
        assertThat(desk.at(".headline .badge")).hasText("Awaiting approval");
        desk.reads("Another person has to approve it");
        second.open(desk.page().url().replaceFirst(".*#/", ""));
        second.button("Approve").click();
        assertThat(desk.at(".headline .badge")).hasText("Running");
        assertThat(desk.row("Canar")).containsText("Running");
        assertThat(desk.at("dl.facts").last()).containsText("60");
        assertThat(desk.axe()).isEmpty();
        desk.button("Abort").click();
        desk.type("dialog [name=reason]", "The wrong night");
        desk.click("dialog footer button.danger");
        assertThat(desk.at(".headline .badge")).hasText("Aborted");
        desk.reads("The wrong night");
    }

    @Test
    void aKindOfCrashIsMended(@As("firmware") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        try (TestDevice device = world.device(model).on()) {
            device.say("event", Map.of("ts", System.currentTimeMillis(), "code", "crash", "level", "critical",
                    "message", "SIGSEGV", "data", Map.of("process", "spoolerd", "buildId", "5f0caa1122",
                            "reason", "HardFault", "stack", List.of("0x1a2c"))));
            world.admin().await("/api/v1/crash-groups?model=" + model, it -> !it.path("items").isEmpty());
            desk.open("crashes?model=" + model);
            desk.row("HardFault").locator("a.title").click();
            desk.reads("HardFault in spoolerd");
            desk.reads("crashed");
            desk.click("text=Resolve");
            desk.type("dialog [name=firmware]", "2.4.0");
            desk.click("dialog button.primary");
            assertThat(desk.at(".headline .badge")).hasText("Resolved");
            desk.click("text=Reopen");
            assertThat(desk.at(".headline .badge")).hasText("Open");
            assertThat(desk.axe()).isEmpty();
        }
    }

    @Test
    void whatWasMeasuredIsReadAsATableAndLookedAtMoreClosely(@As("engineer") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        try (TestDevice device = world.device(world.fresh("LP")).on()) {
            device.measured("fuser_temp", anHour());
            desk.open("device/" + device.id + "?tab=telemetry");
            desk.sees("[data-metric=fuser_temp] canvas");
            desk.click("[data-metric=fuser_temp] .caption button");
            desk.sees("[data-metric=fuser_temp] tbody tr");
            desk.click("ac-strip .caption button");
            assertThat(desk.at("ac-strip tbody tr").first()).containsText("Online");
            desk.click("button[aria-label=Closer]");
            desk.reads("Back to now");
            assertThat(desk.page().url()).contains("from=");
            assertThat(desk.axe()).isEmpty();
        }
    }

    // a sample a minute
    private static SortedMap<Instant, Double> anHour() {
        SortedMap<Instant, Double> samples = new TreeMap<>();
        Instant now = Instant.now();
        for (int back = 59; back >= 0; back--) {
            samples.put(now.minus(Duration.ofMinutes(back)), 180.0 + back % 7);
        }
        return samples;
    }

    @Test
    void aLongListIsGoneThroughByKeysAndScrolled(@As("coordinator") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        world.device(model);
        String rows = IntStream.range(0, MANY).mapToObj(i -> "%s-%05d,%s,%s".formatted(model, i, model,
                i == 0 ? "شارع الملك فهد 🖨️ " + "x".repeat(120) : "north"))
                .collect(Collectors.joining("\n", "id,model,region\n", "\n"));
        world.admin().send("POST", "/api/v1/devices/import", HttpRequest.BodyPublishers.ofString(rows),
                Map.of("Content-Type", "text/csv")).expect(200);
        desk.open("devices?model=" + model + "&q=" + model);
        desk.reads(model + "-00000");
        desk.press("j");
        desk.press("j");
        desk.press("k");
        assertThat(desk.at("tr.current a.title")).hasText(model + "-00000");
        desk.page().waitForCondition(() -> {
            desk.value("document.querySelector('.main').scrollTo(0, 1e9)");
            return desk.at("tbody tr:not(.spacer)").last().textContent()
                    .contains("%s-%05d".formatted(model, MANY - 1));
        });
        assertThat(desk.at("tbody tr:not(.spacer)").count()).as("rows that are drawn").isLessThan(200);
        desk.press("Enter");
        assertThat(desk.at("h1")).hasText(model + "-00000");
    }
}
