package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Rules and what is known, written by people.
@ConsoleTest
class ConsoleRulesIT {
    private static final String TEXT = "ac-code textarea";
    private static final int HOT_FROM_SECONDS = 600;
    private static final int STEP_SECONDS = 10;

    private static String rule(String id, String model, String condition) {
        return """
                id: %s
                title: Oil too hot
                applies_to: { model: %s }
                fault: { code: OIL_HOT, severity: major }
                when: '%s'
                for: 1m
                clear_when: 'oil_temp < 195'
                ticket: { open: true, priority: P2 }
                tests:
                  - name: a hot minute opens it
                    step: 10s
                    series: { oil_temp: "200x6 215x20 190x6" }
                    expect: [ { at: 1m, open: false }, { at: 3m, open: true } ]
                """.formatted(id, model, condition);
    }

    /// Ten minutes ago the device was hot for two minutes.
    private static void past(TestDevice device) {
        TreeMap<Instant, Double> samples = new TreeMap<>();
        Instant from = Instant.now().minusSeconds(HOT_FROM_SECONDS);
        for (int i = 0; i < 24; i++) {
            samples.put(from.plusSeconds((long) i * STEP_SECONDS), i < 6 || i >= 18 ? 180.0 : 220.0);
        }
        device.measured("oil_temp", samples);
    }

    @Test
    void aRuleIsWrittenWithItsMistakesAtTheirPlaceBacktestedPutInForceAndFires(@As("quality") Desk desk)
            throws Exception {
        ConsoleWorld world = desk.world();
        String model = world.fresh("OIL");
        String id = world.fresh("oil-hot");
        try (TestDevice device = world.device(model).on()) {
            past(device);
            desk.open("rule-new");
            desk.type(TEXT, rule(id, model, "avrage(oil_temp, \"1m\") > 210"));
            assertThat(desk.at("ac-code .paint .bad")).hasAttribute("data-line", "5");
            assertThat(desk.at("ac-code .paint .wrong")).hasText("avrage");
            assertThat(desk.at("ac-code .problems li")).containsText("there is no function avrage");
            assertThat(desk.at("[data-do=activate]")).isDisabled();
            assertThat(desk.axe()).isEmpty();
            desk.at("ac-code .problems button").click();
            assertThat(desk.at(TEXT)).isFocused();

            desk.type(TEXT, rule(id, model, "oil_temp > 210"));
            desk.reads("Right. Tests passed: 1");
            desk.click("[data-tab=backtest]");
            desk.click("[data-do=backtest]");
            assertThat(desk.at("[data-figure=faults] b")).hasText("1");
            assertThat(desk.at("ac-backtest-chart .lane a")).hasText(device.id);
            assertThat(desk.at("ac-backtest-chart .lane rect")).hasCount(2);
            desk.reads("It would have opened 1 fault on 1 of 1 devices.");
            assertThat(desk.axe()).isEmpty();

            desk.click("[data-do=activate]");
            desk.reads("It is not in force yet");
            desk.click("dialog footer button.primary");
            desk.sees("ac-rule .headline .badge.good");
            for (int i = 0; i < 3; i++) {
                device.measured("oil_temp", new TreeMap<>(Map
                        .of(Instant.now().minusSeconds(90L - i * 45L), 230.0)));
            }
            desk.open("rules?q=" + id);
            assertThat(desk.row(id).locator("td.num").first()).hasText("1");
            desk.open("rule/" + id + "?tab=device&device=" + device.id);
            desk.reads("Fires");
            assertThat(desk.axe()).isEmpty();
        }
    }

    @Test
    void whoLosesTheRaceForARuleKeepsTheirTextAndIsToldWhoWasFaster(@As("quality") Desk slow,
            @As("engineer") Desk fast) throws Exception {
        ConsoleWorld world = slow.world();
        String model = world.fresh("OIL");
        String name = world.rule("oil", rule("x", model, "oil_temp > 210").replaceFirst("id: .*\n", ""));
        slow.open("rule/" + name);
        slow.type(TEXT, slow.at(TEXT).inputValue().replace("P2", "P1"));
        slow.reads("not saved");

        fast.open("rule/" + name);
        fast.type(TEXT, fast.at(TEXT).inputValue().replace("Oil too hot", "Oil is far too hot"));
        fast.click("[data-do=activate]");
        assertThat(fast.at("dialog .diff .new")).containsText("Oil is far too hot");
        fast.click("dialog footer button.primary");
        assertThat(fast.at("ac-rule h1")).hasText("Oil is far too hot");

        slow.reads("engineer-test saved version 2 meanwhile. Your text is kept.");
        assertThat(slow.at(TEXT).inputValue()).contains("P1").doesNotContain("far too hot");
        slow.click(".notice button");
        assertThat(slow.at("dialog .diff .gone").first()).containsText("far too hot");
        slow.click("dialog footer button");
        fast.click("[data-tab=versions]");
        fast.click("[data-do=rollback]");
        assertThat(fast.at("ac-rule h1")).hasText("Oil too hot");
        assertThat(fast.axe()).isEmpty();
    }

    @Test
    void anArticleIsReviewedBySomebodyElseAndFoundByTwoCharacters(@As("engineer") Desk writer,
            @As("coordinator") Desk reader) throws Exception {
        String mark = writer.world().fresh("HEAD").toUpperCase(Locale.ROOT).replace('-', '_');
        writer.open("article-new");
        writer.type("[name='zh.title']", "打印头校准 " + mark);
        writer.type("[name='zh.body']", "# 步骤\n1. 关机\n2. 清洁");
        writer.type("[name='en.title']", "Aligning the head " + mark);
        writer.type("[name='en.body']", "# Steps\n1. Switch off\n2. Clean");
        writer.type("[name=codes]", mark);
        assertThat(writer.axe()).isEmpty();
        writer.press("Control+s");
        assertThat(writer.at("ac-article .prose li")).hasCount(4);
        writer.click("[data-do=reviewed]");
        writer.reads("You wrote it.");
        writer.click("dialog footer button");

        String article = writer.page().url().replaceAll(".*#/", "");
        reader.open(article);
        reader.click("[data-do=reviewed]");
        reader.click("dialog footer button.primary");
        reader.click("[data-do=published]");
        assertThat(reader.axe()).isEmpty();
        reader.click("dialog footer button.primary");
        assertThat(reader.at("ac-article .headline .badge")).hasText("Published");
        reader.open("articles?code=" + mark);
        reader.type("ac-search input", "校准");
        assertThat(reader.row(mark)).hasCount(1);
        reader.type("ac-search input", "墨盒");
        reader.reads("Nothing fits these filters");
    }

    @Test
    void aRunbookIsRefusedAtItsPlaceAndApprovedByAnother(@As("engineer") Desk writer,
            @As("coordinator") Desk second) throws Exception {
        String name = writer.world().fresh("Restart it");
        String text = """
                name: %s
                steps:
                  - action: { action: restart, class: B }
                  - check: { fault: %s, within: PT5M }
                    onFail: send
                  - end: { result: fixed }
                  - label: send
                    end: { result: dispatch, reason: It did not help }
                """;
        writer.complaints().expect("status of 400.*/runbooks");
        writer.open("runbook-new");
        writer.type(TEXT, text.formatted(name, "claered"));
        writer.click("[data-do=save]");
        assertThat(writer.at("ac-code .paint .bad")).hasAttribute("data-line", "4");
        writer.type(TEXT, text.formatted(name, "cleared"));
        writer.click("[data-do=save]");
        writer.reads("Waits for approval");
        assertThat(writer.at(".flow > li")).hasCount(4);
        assertThat(writer.at(".flow .leads a").first()).hasText("if it fails → 4");
        assertThat(writer.axe()).isEmpty();
        second.open(writer.page().url().replaceAll(".*#/", ""));
        second.click("[data-do=approve]");
        second.click("dialog footer button.primary");
        second.reads("The edition is in force");
    }
}
