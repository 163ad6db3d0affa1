package io.aftercare.diagnostics.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    private static final Device DEVICE = new Device(1, new DeviceId("SN-1"), "LP-2000", "A1", "2.10.0", "",
            LocalDate.of(2026, 1, 1), "eu", "", Map.of("line", "7"), "active", 1, Instant.EPOCH, null);

    private static int evaluate(String text, Map<String, Double> values) {
        Expression expression = Language.condition(text);
        Layout layout = new Layout();
        Condition condition = expression.condition(layout);
        double[] frame = new double[layout.size()];
        Arrays.fill(frame, Double.NaN);
        frame[Layout.NOW] = Instant.parse("2026-01-11T12:00:00Z").getEpochSecond() * 1e6;
        layout.metrics().forEach((name, slot) -> frame[slot] = values.getOrDefault(name, Double.NaN));
        layout.describe(DEVICE, frame);
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
            temp > "hot"                         | no matching overload
            door_open && temp > 3                | compare a switch as door_open == 1
            device.modle == "x"                  | device.model
            device == 3                          | device is not known
            avg(temp, "5 min") > 3               | 90s, 5m
            avg(temp, "0s") > 3                  | it has no length
            avg(temp * 2, "5m") > 3              | takes the name of a metric
            mean(temp, "5m") > 3                 | undeclared reference to 'mean'
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
    }

    @Test
    void thePartsOfAConditionAreNamedForExplaining() {
        assertThat(Language.condition("temp > 80 && (rpm < 5 || rpm > 9) && avg(temp, \"5m\") > 70")
                .parts(new Layout()))
                .extracting(Expression.Part::text)
                .containsExactly("temp > 80.0", "rpm < 5.0 || rpm > 9.0", "avg(temp, \"5m\") > 70.0");
    }
}
