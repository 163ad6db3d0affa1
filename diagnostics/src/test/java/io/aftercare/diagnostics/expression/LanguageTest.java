package io.aftercare.diagnostics.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    private static final Device DEVICE = new Device(1, new DeviceId("SN-1"), "LP-2000", "A1", "2.10.0", "",
            LocalDate.of(2026, 1, 1), "eu", "", Map.of("line", "7"), "active", 1, Instant.EPOCH, null);

    private static final long NOON = Instant.parse("2026-01-11T12:00:00Z").getEpochSecond() * 1_000_000;

    private static int evaluate(String text, Map<String, Double> values) {
        Expression expression = Language.condition(text);
        Layout layout = new Layout();
        Condition condition = expression.condition(layout);
        Frame frame = new Frame(layout);
        frame.describe(DEVICE);
        layout.metrics().forEach((name, slot) -> {
            if (values.containsKey(name)) {
                frame.value(slot, values.get(name), NOON);
            }
        });
        frame.text("mode", "eco", NOON);
        frame.text("print-mode", "duplex", NOON);
        frame.text("module.fw", "2.10.1", NOON);
        frame.judgeAt(NOON);
        return condition.of(frame);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            temp > 80                                                ~ 1
            80 < temp                                                ~ 1
            temp > 80.0 && rpm < 500                                 ~ 0
            env.humidity == 40                                       ~ 1
            metric("fuser-temp") >= 7                                ~ 1
            abs(0 - temp) > 80                                       ~ 1
            never > 1                                                ~ -1
            never > 1 && rpm < 500                                   ~ 0
            never > 1 || temp > 80                                   ~ 1
            !(never > 1)                                             ~ -1
            semver(device.firmware) > semver("2.9.3")                ~ 1
            semver(device.firmware) < semver("2.10.0-rc.1")          ~ 0
            device.age_days == 10 && temp > 0                        ~ 1
            device.tags["none"] == "x"                               ~ -1
            temp == 81 ? rpm > 900 : rpm > 1100                      ~ 1
            temp in [80, 81]                                         ~ 1
            mode == "eco"                                            ~ 1
            mode in ["boost", "eco"] && temp > 80                    ~ 1
            mode.startsWith("b") || temp > 90                        ~ 0
            mode != "eco" || never > 1                               ~ -1
            "turbo" == mode                                          ~ 0
            nowhere == "x"                                           ~ -1
            nowhere == "x" || mode == "eco"                          ~ 1
            attribute("print-mode") == "duplex"                      ~ 1
            attribute("print-mode").matches("^d.*x$") && temp > 80   ~ 1
            semver(module.fw) < semver("2.4.0")                      ~ 0
            semver(module.fw) > semver(device.firmware)              ~ 1
            semver(mode) > semver("1.0.0")                           ~ -1
            mode == device.model                                     ~ 0
            device.tags["line"] == mode                              ~ 0
            ("line" in device.tags ? mode : device.model) == "eco"   ~ 1
            metric("mode") > 3 || attribute("mode") == "eco"         ~ 1
            abs(0 - 5) > 4                                           ~ 1
            """)
    void aConditionMeansWhatItSays(String text, int verdict) {
        Map<String, Double> values = Map.of("temp", 81.0, "rpm", 1000.0, "env.humidity", 40.0, "fuser-temp",
                7.0);
        assertThat(evaluate(text, values)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            temp >                               | column 7
            temp                                 | a condition is either true or false
            temp > "hot"                         | texts have no order
            temp > 1 && temp == "x"              | temp is used as a text here and as a number at column 1
            mode == "x" && avg(mode, "5m") > 1   | mode is used as a number here and as a text at column 1
            mode > semver("1.0.0")               | write semver(mode)
            avg(temp, "0.5s") > 3                | 90s, 5m
            avg(temp, "500ms") > 3               | shorter than a second
            avg(temp, "31d") > 3                 | 30 days
            avg(temp) > 3                        | write avg(temp, "5m")
            medain(temp, "5m") > 3               | there is no function medain
            quantil(temp, 0.5, "5m") > 3         | do you mean quantile(temp, 0.95, "1h")?
            quantile(temp, 95, "5m") > 3         | between 0 and 1
            changed(temp, "5m") > 1              | no matching overload
            within(temp, 3 > 2, "5m")            | write within(temp > 80, rpm < 500, "10m")
            device.model.matches("(")            | no regular expression
            mode.matches(device.model)           | a pattern is written out
            events(mode, "5m") > 3               | write events("PAPER_JAM", "1h")
            (temp > 80 ? mode : device.model) == "eco" | compare each text by itself
            anomaly([temp]) > 0.5                | two and more
            metric(temp) > 1                     | the name is written out
            time_to(temp, rpm) < 60              | the limit is a plain number
            door_open && temp > 3                | compare a switch as door_open == 1
            device.modle == "x"                  | device.model
            device == 3                          | device is not known
            avg(temp, "5 min") > 3               | 90s, 5m
            avg(temp, "0s") > 3                  | it has no length
            avg(temp * 2, "5m") > 3              | takes the name of a metric
            mean(temp, "5m") > 3                 | do you mean avg(temp, "5m")?
            [1, 2].exists(x, x > temp)           | exists
            temp % 2 == 0                        | no matching overload
            {"a": 1}["a"] > temp                 | not part of the rule language
            temp > 1 && device.model             | no matching overload
            """)
    void aMistakeIsToldByItsPlaceAndRemedy(String text, String message) {
        assertThatThrownBy(() -> Language.condition(text)).isInstanceOf(InvalidExpression.class)
                .hasMessageContaining(message).hasMessageContaining("column");
    }

    @Test
    void whatIsUnknownIsSettledByTheOtherSideAlone() {
        assertThat(evaluate("device.tags[\"none\"] == \"x\" || temp > 80", Map.of("temp", 81.0)))
                .isEqualTo(1);
    }

    @Test
    void anEndlessExpressionIsRefused() {
        assertThatThrownBy(() -> Language.condition("(".repeat(200) + "temp > 1" + ")".repeat(200)))
                .isInstanceOf(InvalidExpression.class);
        assertThatThrownBy(() -> Language.condition("temp > 1 && ".repeat(1000) + "temp > 1"))
                .isInstanceOf(InvalidExpression.class).hasMessageContaining("split it into two rules");
    }

    @Test
    void whatTwoConditionsShareHasOneSlotAndOneWindow() {
        Layout layout = new Layout();
        Language.condition("avg(temp, \"5m\") > 3 && temp > 1").condition(layout);
        Language.condition("sum(temp, \"5m\") > avg(temp, \"300s\")").condition(layout);
        assertThat(layout.tracks()).hasSize(1);
        assertThat(layout.metrics()).containsOnlyKeys("temp");
        assertThat(layout.readings()).hasSize(2);
        assertThat(layout.windows()).isEqualTo(1);
    }

    @Test
    void thePartsOfAConditionAreNamedForExplaining() {
        assertThat(Language.condition("temp > 80 && (rpm < 5 || rpm > 9) && avg(temp, \"5m\") > 70")
                .parts(new Layout()))
                .extracting(Expression.Part::text)
                .containsExactly("temp > 80.0", "rpm < 5.0 || rpm > 9.0", "avg(temp, \"5m\") > 70.0");
    }
}
