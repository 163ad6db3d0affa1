package io.aftercare.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.fault.RawDevice;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.physics.Behaviour;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Physics;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
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

/// What a rule tells live, and what a backtest of the same rule says of what is stored: the same faults.
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
    private static final String JAMMED = "{id: jammed, fault: {code: JAMMED}, when: 'events(\"JAM\", \"1h\") >= 3'}";
    private static final String SILENT = "{id: silent, fault: {code: SILENT}, when: 'absent(\"5s\")'}";
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

    @Test
    void eventsRaiseAFaultAndSoDoesSilence() throws Exception {
        Instant begin = Instant.now();
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"),
                Map.of("AFTERCARE_SILENCE_GRACE", "PT1S", "AFTERCARE_RULE_BUDGET", "1000000"));
                StaffClient admin = StaffClient.admin(backend.http())) {
            admin.put("/api/v1/rules/jammed", "application/yaml", JAMMED).expect(201);
            admin.put("/api/v1/rules/silent", "application/yaml", SILENT).expect(201);
            String token = admin.register("LP-2000", "LP-0");
            String faults = "/api/v1/faults?limit=100&code=";
            try (RawDevice device = RawDevice.connect(backend.mqttPort(),
                    new Credential("LP-0", "LP-2000", token))) {
                for (int i = 0; i < 3; i++) {
                    assertThat(admin.get(faults + "JAMMED").expect(200).path("items")).isEmpty();
                    device.publish("event",
                            RawDevice.utf8("{\"code\":\"JAM\",\"level\":\"error\",\"ts\":"
                                    + (Instant.now().toEpochMilli() + i) + "}"));
                }
                JsonNode live = admin.get(faults + "JAMMED").expect(200).path("items");
                assertThat(live).as("raised before the third event was acknowledged").hasSize(1);
                JsonNode tried = admin.post("/api/v1/rules/backtest", Map.of("rule", "jammed", "from",
                        begin.toString(), "to", Instant.now().plusSeconds(60).toString())).expect(200);
                assertThat(faults(tried.path("faults"), "openedAt")).isEqualTo(faults(live, "firstSeen"));
                admin.await(faults + "SILENT", answer -> answer.path("items").size() == 1);
                device.publish("telemetry", RawDevice.utf8("{\"fuser_temp\":20}"));
                assertThat(admin.get(faults + "SILENT").expect(200).path("items").get(0).path("state")
                        .asText()).isEqualTo("resolved");
            }
            assertThat(new String(admin.get("/metrics").raw().body(), StandardCharsets.UTF_8))
                    .contains("aftercare_rule_cost_seconds_total{rule=\"jammed\"}",
                            "aftercare_rule_over_budget{rule=\"silent\"} 0.0");
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
