package io.aftercare.diagnostics.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.backtest.ConfirmedCases.Case;
import io.aftercare.diagnostics.engine.Happening;
import io.aftercare.diagnostics.engine.History;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
    private final List<Happening> told = new ArrayList<>();
    private int silentFrom = 600;
    private boolean isConfirmed = true;
    private Instant begin = Instant.EPOCH;
    private Instant end = Instant.EPOCH;
    private TestDiagnostics house = new TestDiagnostics();

    @BeforeEach
    void start() {
        house.close();
        house = new TestDiagnostics(History.NONE, new Past(), (code, from, to) -> List.of(
                new Case("T-1", "SN-1", isConfirmed, begin.plus(Duration.ofHours(6)),
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

    private final class Past implements StoredHistory {
        @Override
        public void samples(Device device, long from, long to, Consumer<Sample> consumer) {
            replay(device, from, to, consumer);
        }

        @Override
        public List<Happening> happenings(Device device, long from, long to) {
            return device.id().value().equals("SN-1")
                    ? told.stream().filter(it -> it instanceof Happening.Text || it.micros() >= from)
                            .filter(it -> it.micros() < to).toList()
                    : List.of();
        }
    }

    /// A value a minute for ten hours; SN-1 is hot in the third hour and at the very end.
    private void replay(Device device, long from, long to, Consumer<Sample> consumer) {
        Sample sample = new Sample(device, metrics);
        for (int minute = 0; minute < 600; minute++) {
            long micros = begin.plus(Duration.ofMinutes(minute)).getEpochSecond() * 1_000_000;
            boolean hot = device.id().value().equals("SN-1")
                    && (minute >= 120 && minute < 180 || minute >= 599);
            boolean silent = minute >= silentFrom && minute < 400;
            if (micros >= from && micros < to && !silent) {
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
                        .truncatedTo(ChronoUnit.SECONDS));
        assertThat(Instant.parse(faults.get(0).path("clearedAt").asText()))
                .isEqualTo(begin.plus(Duration.ofHours(3))
                        .truncatedTo(ChronoUnit.SECONDS));
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
    void aFaultThatPeopleFoundToBeNoneNamesTheirCase() throws Exception {
        isConfirmed = false;
        JsonNode fault = backtest(Json.tree(RULE)).json().path("faults").get(0);
        assertThat(fault.path("refutedBy").asText()).isEqualTo("T-1");
        assertThat(fault.has("confirmedBy")).isFalse();
    }

    private long minute(int minute) {
        return begin.plus(Duration.ofMinutes(minute)).getEpochSecond() * 1_000_000;
    }

    private List<String> opened(String when) throws Exception {
        Answer answer = backtest(Json.tree("id: it\nfault: { code: IT }\nwhen: '" + when + "'\n"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> opened = new ArrayList<>();
        answer.json().path("faults").forEach(fault -> opened.add(fault.path("device").asText() + " "
                + Instant.parse(fault.path("openedAt").asText()) + " "
                + Instant.parse(fault.path("clearedAt").asText())));
        return opened;
    }

    private String fault(String device, int from, int to) {
        return device + " " + Instant.ofEpochSecond(minute(from) / 1_000_000) + " "
                + Instant.ofEpochSecond(minute(to) / 1_000_000);
    }

    @Test
    void eventsTextsAndSilenceAreReplayedToo() throws Exception {
        told.add(new Happening.Text(minute(-10_000), "firmware", "1.0.0"));
        for (int minute : new int[]{100, 110, 120}) {
            told.add(new Happening.Event(minute(minute), "JAM", false));
        }
        told.add(new Happening.Text(minute(200), "firmware", "2.0.0"));
        told.add(new Happening.Text(minute(230), "firmware", "2.1.0"));
        silentFrom = 370;
        assertThat(opened("events(\"JAM\", \"1h\") >= 3")).containsExactly(fault("SN-1", 120, 160));
        assertThat(opened("firmware == \"2.0.0\"")).containsExactly(fault("SN-1", 200, 230));
        assertThat(opened("absent(\"20m\")")).containsExactlyInAnyOrder(fault("SN-1", 389, 400),
                fault("SN-2", 389, 400));
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
