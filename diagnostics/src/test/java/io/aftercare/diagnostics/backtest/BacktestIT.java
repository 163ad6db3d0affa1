package io.aftercare.diagnostics.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.backtest.ConfirmedCases.Case;
import io.aftercare.diagnostics.engine.History;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacktestIT {
    private static final String RULE = """
            id: hot
            applies_to: { model: LP-2000 }
            fault: { code: HOT }
            when: 'fuser_temp > 210 || fuser_temp > 205 && avg(fuser_temp, "10m") > 204'
            for: 2m
            """;
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("fuser_temp"));
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;
    private TestDiagnostics house = new TestDiagnostics();

    @BeforeEach
    void start() {
        house.close();
        house = new TestDiagnostics(History.NONE, this::replay, (code, from, to) -> List.of(
                new Case("T-1", "SN-1", true, begin.plus(Duration.ofHours(6)),
                        begin.plus(Duration.ofHours(9))),
                new Case("T-2", "SN-2", true, begin.plus(Duration.ofHours(6)),
                        begin.plus(Duration.ofHours(9)))));
        end = house.clock.instant();
        begin = end.minus(Duration.ofHours(10));
        house.start();
        house.device("SN-1");
        house.device("SN-2");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /// A value a minute for ten hours; SN-1 is hot in the third hour and at the very end.
    private void replay(Device device, long from, long to, Consumer<Sample> consumer) {
        Sample sample = new Sample(device, metrics);
        for (int minute = 0; minute < 600; minute++) {
            long micros = begin.plus(Duration.ofMinutes(minute)).getEpochSecond() * 1_000_000;
            boolean hot = device.id().value().equals("SN-1")
                    && (minute >= 120 && minute < 180 || minute >= 599);
            if (micros >= from && micros < to) {
                sample.begin(device, metrics, micros);
                sample.add(0, hot ? 215 : 190);
                consumer.accept(sample);
            }
        }
    }

    private Answer backtest(JsonNode rule) throws Exception {
        var body = Json.object().put("from", begin.toString()).put("to", end.toString());
        body.set("rule", rule);
        return house.as("erna:engineer", "POST", "/rules/backtest", Json.text(body), "Content-Type",
                "application/json");
    }

    @Test
    void aRuleIsTriedOnHistoryBesideWhatPeopleFound() throws Exception {
        Answer answer = backtest(Json.tree(RULE));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode faults = answer.json().path("faults");
        assertThat(faults).hasSize(1);
        assertThat(Instant.parse(faults.get(0).path("openedAt").asText()))
                .isEqualTo(begin.plus(Duration.ofMinutes(122))
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        assertThat(Instant.parse(faults.get(0).path("clearedAt").asText()))
                .isEqualTo(begin.plus(Duration.ofHours(3))
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        assertThat(faults.get(0).path("confirmedBy").asText()).isEqualTo("T-1");
        JsonNode compared = answer.json().path("comparison");
        assertThat(compared.path("precision").asDouble()).isEqualTo(1);
        assertThat(compared.path("recall").asDouble()).isEqualTo(0.5);
        assertThat(Duration.parse(compared.path("leadTime").path("median").asText())).isBetween(
                Duration.ofMinutes(237), Duration.ofMinutes(239));
        assertThat(compared.path("misses").get(0).path("device").asText()).isEqualTo("SN-2");
        assertThat(answer.json().path("devices").asInt()).isEqualTo(2);
        assertThat(answer.json().path("samples").asInt()).isEqualTo(1_200);
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
        assertThat(house.outbox()).as("nothing is told to anybody").isEmpty();
    }

    @Test
    void whatCannotBeTriedIsTold() throws Exception {
        assertThat(backtest(Json.tree("no-such-rule")).status()).isEqualTo(404);
        assertThat(backtest(Json.tree(RULE.replace("fuser_temp > 210", "fuser_temp >"))).text())
                .contains("line 4");
        Instant kept = begin;
        begin = end;
        assertThat(backtest(Json.tree(RULE)).text()).contains("after from");
        begin = kept;
    }

    @Test
    void aRuleExplainsHowItStandsWithADevice() throws Exception {
        house.as("erna:engineer", "PUT", "/rules/hot", RULE, "Content-Type", "application/yaml");
        JsonNode hot = house.as("a:agent", "GET", "/rules/hot/explain?device=SN-1", null).json();
        assertThat(hot.path("applies").asBoolean()).isTrue();
        JsonNode explain = hot.path("explain");
        assertThat(explain.path("state").asText()).isEqualTo("pending");
        assertThat(explain.path("needed").asText()).isEqualTo("2m");
        assertThat(explain.path("parts").get(0).path("parts").findValuesAsText("result")).startsWith("true");
        assertThat(explain.path("parts").get(0).path("parts").get(1).path("parts")).hasSize(2);
        assertThat(explain.path("values").path("avg(fuser_temp, \"10m\")").asDouble()).isBetween(191.0,
                194.0);
        JsonNode cool = house.as("a:agent", "GET", "/rules/hot/explain?device=SN-2", null).json();
        assertThat(cool.path("explain").path("state").asText()).isEqualTo("idle");
        assertThat(house.as("a:agent", "GET", "/rules/hot/explain?device=none", null).status())
                .isEqualTo(404);
    }
}
