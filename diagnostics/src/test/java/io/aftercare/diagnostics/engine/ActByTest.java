package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActByTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String RULE = """
            id: toner-ends
            title: Toner will run out
            fault: { code: TONER_ENDING, severity: warning }
            when: 'time_to(toner_pct, 5.0) < 172800'
            """;

    @Test
    void aForeseenFaultSaysByWhenToAct() {
        Plan plan = new Plan("LP", List.of(new ActiveRule(RuleReader.read(RULE), 1, 1)));
        ModelMetrics metrics = ModelMetrics.inMemory("LP", List.of("toner_pct"));
        Device device = new Device(1, new DeviceId("SN-1"), "LP", "", "", "", null, "", "", Map.of(),
                "active", 1,
                START, null);
        DeviceState state = new DeviceState(plan, device);
        FaultBook book = new FaultBook(InstantSource.system());
        book.at(new LaneDevices.Entry(1, state, new ArrayList<>()));
        Sample sample = new Sample(device, metrics);
        Random random = new Random(1);
        // From 60 % by 0.3 % an hour: at 5 % after 183 hours and 20 minutes.
        for (int hour = 0; hour < 170 && book.events().isEmpty(); hour++) {
            sample.begin(device, metrics, START.plus(Duration.ofHours(hour)).getEpochSecond() * 1_000_000);
            sample.add(0, 60 - 0.3 * hour + random.nextGaussian() * 0.2);
            state.judge(sample, book);
        }
        assertThat(book.events()).singleElement().extracting(FaultEvent::kind)
                .isEqualTo(FaultEvent.Kind.RAISED);
        JsonNode told = book.events().getFirst().payload();
        assertThat(told.path("title").asText()).startsWith(
                "Toner will run out: toner_pct is expected to reach 5 on 2026-11-08 (between 2026-11-0")
                .endsWith(", 90 %)");
        Instant truth = START.plus(Duration.ofMinutes(11_000));
        Instant raised = Instant.parse(told.path("at").asText());
        assertThat(Instant.parse(told.path("actBy").asText())).isBetween(raised,
                truth.plus(Duration.ofHours(2)));
        JsonNode forecast = book.changed().getFirst().explain.path("forecast");
        assertThat(Instant.parse(forecast.path("estimate").asText())).isBetween(
                truth.minus(Duration.ofHours(8)),
                truth.plus(Duration.ofHours(8)));
        assertThat(Instant.parse(forecast.path("latest").asText()))
                .isAfter(Instant.parse(told.path("actBy").asText()));
    }
}
