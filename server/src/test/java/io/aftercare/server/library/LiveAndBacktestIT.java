package io.aftercare.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.physics.Behaviour;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Physics;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a rule tells live, and what a backtest of the same rule says of the same stored samples: the same faults.
class LiveAndBacktestIT {
    private static final int PRINTERS = 6;
    private static final int BATCH = 100;
    private static final Set<String> BROKEN = Set.of("fuser-overheat");
    private static final String RULE = """
            id: hot
            applies_to: { model: LP-2000 }
            fault: { code: HOT, severity: major }
            when: 'fuser_temp > 205 && avg(fuser_temp, "1m") > 200'
            for: 30s
            clear_when: 'fuser_temp < 195'
            clear_for: 20s
            """;
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theSameRuleTellsTheSameFaults() throws Exception {
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant begin = end.minus(Duration.ofHours(1));
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            admin.put("/api/v1/rules/hot", "application/yaml", RULE).expect(201);
            for (int printer = 0; printer < PRINTERS; printer++) {
                String token = admin.register("LP-2000", "LP-" + printer);
                send(new StaffClient(backend.http()), token, printer, begin, end);
            }
            JsonNode live = admin.get("/api/v1/faults?limit=100").expect(200).path("items");
            JsonNode tried = admin.post("/api/v1/rules/backtest",
                    Map.of("rule", "hot", "from", begin.toString(), "to", end.plusSeconds(60).toString()))
                    .expect(200);
            assertThat(tried.path("devices").asInt()).isEqualTo(PRINTERS);
            assertThat(tried.path("complete").asBoolean()).isTrue();
            assertThat(live.size()).isEqualTo(PRINTERS - 1);
            assertThat(faults(tried.path("faults"), "openedAt")).isEqualTo(faults(live, "firstSeen"));
            assertThat(tried.path("faults").findValues("count")).anySatisfy(
                    count -> assertThat(count.asInt()).as("some came back").isGreaterThan(1));
        }
    }

    private static Set<String> faults(JsonNode rows, String opened) {
        Set<String> faults = new TreeSet<>();
        StreamSupport.stream(rows.spliterator(), false)
                .forEach(row -> faults.add(row.path("device").asText() + " "
                        + row.path(opened).asText() + " " + row.path("clearedAt").asText("") + " "
                        + row.path("count").asInt()));
        return faults;
    }

    /// An hour of a printer's life that breaks twice; the first printer stays well.
    private static void send(StaffClient device, String token, int printer, Instant begin, Instant end)
            throws Exception {
        Physics body = Kind.PRINTER.newBody(new Random(printer));
        ArrayNode batch = Json.array();
        for (Instant at = begin; at.isBefore(end); at = at.plusSeconds(5)) {
            long minute = Duration.between(begin, at).toMinutes();
            boolean isBroken = printer > 0
                    && (minute >= 10 + printer && minute < 20 || minute >= 30 && minute < 40);
            body.advance(5, Behaviour.FACTORY, isBroken ? BROKEN : Set.of());
            batch.addObject().put("ts", at.toEpochMilli()).putObject("values")
                    .put("fuser_temp",
                            ((Number) body.readings().getOrDefault("fuser_temp", 0)).doubleValue());
            if (batch.size() == BATCH) {
                post(device, token, printer, batch);
                batch = Json.array();
            }
        }
        if (!batch.isEmpty()) {
            post(device, token, printer, batch);
        }
    }

    private static void post(StaffClient device, String token, int printer, JsonNode batch) throws Exception {
        int status = device.send("POST", "/device/v1/LP-" + printer + "/telemetry",
                HttpRequest.BodyPublishers.ofString(Json.text(batch)),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token)).status();
        assertThat(status).isEqualTo(204);
    }
}
