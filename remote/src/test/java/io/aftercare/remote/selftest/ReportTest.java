package io.aftercare.remote.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    @Test
    void limitsAreReadInFiguresAndInWords() {
        Report report = Report.of(Json
                .parse("""
                        {"passed":false,"tests":[
                        {"name":"fuser","passed":false,"value":241.5,"unit":"°C","limit":{"min":150,"max":230},"text":"hot"},
                        {"name":"rssi","passed":true,"value":-61,"limit":"-90.0 to -20.5 dBm"},
                        {"name":"door","passed":true}]}"""));
        assertThat(report).isInstanceOfSatisfying(Report.Read.class, read -> {
            assertThat(read.passed()).isFalse();
            assertThat(read.failed()).isEqualTo(1);
            assertThat(read.results()).extracting(Result::lower).containsExactly(150.0, -90.0, null);
            assertThat(read.results()).extracting(Result::upper).containsExactly(230.0, -20.5, null);
            assertThat(read.results()).extracting(Result::unit).containsExactly("°C", "dBm", "");
        });
    }

    @Test
    void itPassedWhereEachTestAndTheDeviceSaySo() {
        assertThat(passed("true", "true")).isTrue();
        assertThat(passed("true", "false")).isFalse();
        assertThat(passed("false", "true")).isFalse();
        assertThat(passed("null", "true")).isTrue();
    }

    private static boolean passed(String whole, String one) {
        return Report.of(Json.parse("{\"passed\":" + whole + ",\"tests\":[{\"name\":\"a\",\"passed\":" + one
                + "}]}")) instanceof Report.Read read && read.passed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"pong\"                                                              | no tests",
            "{\"tests\":[]}                                                        | no tests",
            "{\"tests\":{\"a\":true}}                                              | no tests",
            "{\"tests\":[{\"passed\":true}]}                                       | a name",
            "{\"tests\":[{\"name\":\"a\"}]}                                        | does not say",
            "{\"tests\":[{\"name\":\"a\",\"passed\":1}]}                           | does not say",
            "{\"tests\":[{\"name\":\"a\",\"passed\":true},{\"name\":\"a\",\"passed\":true}]} | twice"})
    void whatCannotBeReadSaysWhy(String output, String reason) {
        assertThat(Report.of(Json.parse(output))).isInstanceOfSatisfying(Report.Unreadable.class,
                bad -> assertThat(bad.reason()).contains(reason));
    }

    /// Whatever a device makes up is read within the bounds, or is not read.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverComesStaysWithinTheBounds(long seed) {
        Random dice = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            ObjectNode output = Json.object();
            ArrayNode tests = output.putArray("tests");
            for (int i = dice.nextInt(4) == 0 ? 99 + dice.nextInt(4) : dice.nextInt(4); i >= 0; i--) {
                ObjectNode test = tests.addObject().put("name", "t" + i).put("passed", dice.nextBoolean());
                for (String field : List.of("name", "passed", "value", "unit", "limit", "text")) {
                    if (dice.nextInt(300) == 0 || dice.nextInt(3) == 0 && !field.equals("name")
                            && !field.equals("passed")) {
                        test.set(field, any(dice));
                    }
                }
            }
            switch (Report.of(output)) {
                case Report.Unreadable bad -> assertThat(bad.reason()).as("seed " + seed).isNotEmpty();
                case Report.Read read -> {
                    assertThat(read.results()).as("seed " + seed).hasSizeBetween(1, Report.TESTS_MAX);
                    read.results().forEach(result -> bounded(result, "seed " + seed));
                }
            }
        }
    }

    private static void bounded(Result result, String seed) {
        assertThat(result.name().length()).as(seed).isBetween(1, Report.NAME_MAX);
        assertThat(result.unit().length()).as(seed).isLessThanOrEqualTo(Report.UNIT_MAX);
        assertThat(result.text().length() + result.limit().length()).as(seed)
                .isLessThanOrEqualTo(2 * Report.TEXT_MAX);
        JsonNode value = result.value();
        assertThat(value == null || value.isValueNode()).as(seed).isTrue();
    }

    private static JsonNode any(Random dice) {
        return switch (dice.nextInt(7)) {
            case 0 -> Json.object().numberNode(dice.nextDouble() * Math.pow(10, dice.nextInt(600) - 300));
            case 1 -> Json.object().textNode("x".repeat(dice.nextInt(1000)));
            case 2 -> Json.object().nullNode();
            case 3 -> Json.object().put("min", dice.nextInt()).put("max", "9");
            case 4 -> Json.object().textNode("1 to " + "9".repeat(dice.nextInt(40)) + " C");
            case 5 -> Json.object().booleanNode(dice.nextBoolean());
            default -> Json.object().putArray("deep").addArray().add(1);
        };
    }
}
