package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What devices say over MQTT, as it comes up before the eyes of who looks on.
@ConsoleTest
class ConsoleLiveIT {
    private static final Duration HISTORY = Duration.ofDays(10);
    private static final Duration STEP = Duration.ofHours(1);

    @Test
    void anOverheatingDevicesCaseComesUpWithItsEvidence(@As("agent") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        String title = world.fresh("Fuser overheating");
        try (TestDevice device = world.device(model).on()) {
            world.rule("overheating", """
                    title: %s
                    applies_to: { model: %s }
                    fault: { code: OVERHEAT, severity: major }
                    when: 'fuser_temp > 210.0'
                    ticket: { open: true, priority: P1 }
                    """.formatted(title, model));
            desk.open("queue");
            desk.settled();
            device.measure("fuser_temp", 190.5);
            device.measure("fuser_temp", 231.5);
            desk.click(".news button");
            desk.reads(title);
            assertThat(desk.row(title)).containsText("Proactive");

            desk.page().getByText(title).click();
            desk.sees(".timeline [data-kind=fault]");
            desk.sees("ac-evidence canvas");
            desk.reads("fuser_temp > 210.0");
            assertThat(desk.axe()).isEmpty();
            desk.click("ac-evidence .caption button");
            desk.sees("ac-evidence tbody tr");
            desk.click("[data-do=mine]");
            desk.reads("Assigned to agent-test");
            desk.click("[data-to=in-progress]");
            desk.click("dialog button.primary");
            desk.reads("The ticket is now “In progress”");
        }
    }

    @Test
    void aDevicesValuesChangeAsItsTelemetryComesIn(@As("engineer") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("LP");
        world.admin().post("/api/v1/products", Map.of("model", model, "name", "Printer", "metrics",
                List.of(Map.of("name", "toner_pct", "unit", "%", "min", 5, "max", 100)), "actions",
                List.of()))
                .expect(201);
        try (TestDevice device = world.device(model).on()) {
            device.measured("toner_pct", emptying());
            device.measure("fuser_temp", 190.5);
            desk.open("device/" + device.id);
            assertThat(desk.at("[data-metric=fuser_temp] .value")).hasText("190.5");
            assertThat(desk.at("ac-device")).containsText("is expected to reach 5 on");
            desk.page().waitForCondition(() -> {
                device.measure("fuser_temp", 217.25); // again, because the page's stream may still be on its way
                return desk.at("[data-metric=fuser_temp] .value").textContent().startsWith("217.");
            });
            assertThat(desk.axe()).isEmpty();
        }
    }

    // a cartridge that was full ten days ago and loses five per cent a day, a sample an hour
    private static SortedMap<Instant, Double> emptying() {
        SortedMap<Instant, Double> samples = new TreeMap<>();
        Instant now = Instant.now();
        for (Duration back = HISTORY; !back.isNegative(); back = back.minus(STEP)) {
            samples.put(now.minus(back), 50 + back.toHours() * 5 / 24.0);
        }
        return samples;
    }
}
