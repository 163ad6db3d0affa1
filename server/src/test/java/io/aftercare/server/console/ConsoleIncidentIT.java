package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Faults that many devices share, and what is led when many customers are hit.
@ConsoleTest
class ConsoleIncidentIT {
    /// As many as make an incident, unless a setting says otherwise.
    private static final int HIT = 5;

    @Test
    void aFixOfAnIncidentIsBegunWithItsDevicesFilledIn(@As("engineer") Desk desk, @As("firmware") Desk bench)
            throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        List<TestDevice> devices = new ArrayList<>();
        try {
            String incident = incident(world, model, devices);
            desk.open("incidents?model=" + model);
            desk.row(model).locator("a.title").click();
            desk.reads("Devices with the fault");
            assertThat(desk.at("ac-incident tbody a[href^='#/device/']")).hasCount(HIT);
            desk.sees("ac-chart canvas");
            assertThat(desk.axe()).isEmpty();
            desk.click("text=Take it");
            desk.reads("It is yours");
            desk.click("summary:has-text('Launch a fix')");
            desk.click("text=Action on all that are alike");
            assertThat(desk.at("[name=target]")).hasValue("device.firmware == \"2.4.0\"");
            desk.at("[name=action]").selectOption("ping");
            desk.click("text=Count the devices");
            assertThat(desk.at("button[value=send]")).hasText("Run on " + HIT + " devices");
            assertThat(desk.axe()).isEmpty();

            bench.open("incident/" + incident);
            bench.click("summary:has-text('Launch a fix')");
            bench.click("text=Campaign for all that are alike");
            bench.page().waitForURL(url -> url.contains("#/campaign-new?")
                    && url.contains("product=" + model) && url.contains("target=device.firmware"));
        } finally {
            devices.forEach(TestDevice::close);
        }
    }

    // devices with one firmware that all overheat
    private static String incident(ConsoleWorld world, String model, List<TestDevice> devices)
            throws Exception {
        world.admin().post("/api/v1/products", Map.of("model", model, "name", "Printer", "metrics",
                List.of(Map.of("name", "fuser_temp", "unit", "°C")), "actions",
                List.of(Map.of("name", "ping", "class", "A", "params", Map.of("type", "object")))))
                .expect(201);
        world.rule("hot", """
                title: Too hot
                applies_to: { model: %s }
                fault: { code: TOO_HOT, severity: major }
                when: 'fuser_temp > 210'
                """.formatted(model));
        for (int i = 0; i < HIT; i++) {
            TestDevice device = world.device(model).on();
            devices.add(device);
            device.say("state", Map.of("firmware", "2.4.0"));
            device.measure("fuser_temp", 231);
        }
        return world.admin().await("/api/v1/incidents?model=" + model,
                it -> it.path("items").path(0).path("openMembers").asInt() == HIT)
                .path("items").path(0).path("id").asText();
    }

    @Test
    void anEmergencyIsWarnedOfLedAndWrittenDown(@As("coordinator") Desk desk) {
        String title = desk.world().fresh("Routers offline in the south");
        desk.open("emergencies");
        desk.click("text=Warn of an emergency");
        desk.at("dialog [name=level]").selectOption("2");
        desk.type("dialog [name=title]", title);
        desk.click("dialog footer button.danger");
        assertThat(desk.at("h1")).hasText(title);
        assertThat(desk.at(".headline .badge").first()).hasText("Level 2");

        desk.click("text=Lead it");
        desk.reads(ConsoleWorld.name("coordinator") + " leads");
        desk.click(".actionbar button:has-text('Respond')");
        desk.type("dialog [name=reason]", "Forty calls in ten minutes");
        desk.click("dialog footer button.primary");
        assertThat(desk.at(".headline .badge").nth(1)).hasText("Responding");

        assertThat(desk.at("ol.timeline li").first()).containsText("Warning → Responding");
        desk.speak("zh");
        assertThat(desk.at("ol.timeline li").first()).containsText("预警 → 响应中");
        desk.speak("en");
        desk.click(".actionbar button:has-text('Edit')");
        desk.at("dialog [name=level]").selectOption("1");
        desk.click("dialog footer button.primary");
        assertThat(desk.at("ol.timeline li").first()).containsText("Level: Major");

        desk.at(".log-form [name=kind]").selectOption("decision");
        desk.press("n");
        desk.type(".log-form [name=text]", "Every caller is told to wait for 2.4.1");
        desk.press("Control+Enter");
        Locator newest = desk.at("ol.timeline li").first();
        assertThat(newest).containsText("Decision");
        assertThat(newest).containsText("Every caller is told to wait for 2.4.1");
        assertThat(desk.axe()).isEmpty();

        desk.click("text=Ask for something");
        desk.type("dialog [name=text]", "Tell the carrier");
        desk.click("dialog footer button.primary");
        desk.reads("Tell the carrier");
        desk.open("emergencies?state=open");
        assertThat(desk.row(title)).containsText("Responding");
    }

    @Test
    void aDrillIsPlannedRunAndEvaluated(@As("coordinator") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String title = world.fresh("A battery on fire");
        String device = world.device(world.fresh("EB")).id;
        desk.open("drills");
        desk.click("text=Plan a drill");
        desk.type("dialog [name=title]", title);
        desk.type("dialog [name=content]", "As the plan says");
        desk.type("dialog [name=people]", ConsoleWorld.name("engineer"));
        desk.type("dialog [name=criteria]", "Together in ten minutes");
        desk.type("dialog [name=devices]", device);
        desk.click("dialog footer button.primary");
        assertThat(desk.at("h1")).hasText(title);
        desk.click(".actionbar button:has-text('Run')");
        desk.click("dialog footer button.danger");
        assertThat(desk.at(".headline .badge").first()).hasText("Was run");
        desk.click(".actionbar button:has-text('Evaluate')");
        desk.type("dialog [name='score.0']", "80");
        desk.type("dialog [name=findings]", "Nobody had the key");
        desk.click("dialog footer button.primary");
        assertThat(desk.row("Together in ten minutes")).containsText("80");
        desk.reads("Nobody had the key");
        assertThat(desk.axe()).isEmpty();
    }
}
