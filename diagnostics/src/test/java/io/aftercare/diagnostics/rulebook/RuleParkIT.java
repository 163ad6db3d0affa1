package io.aftercare.diagnostics.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.engine.LaneEngine;
import io.aftercare.diagnostics.rule.KnownMetrics;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Json;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A rule is taken out of the judging for a while, and what it costs is shown.
class RuleParkIT {
    private static final String HOT = "{id: hot, fault: {code: HOT}, when: temp > 80}";
    private static final long START = 1_767_571_200_000_000L; // 2026-01-05T00:00:00Z
    /// More than a cost is told from.
    private static final int MANY = 60_000;
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("temp"));
    private final TestDiagnostics house = new TestDiagnostics();

    @BeforeEach
    void start() throws Exception {
        house.start();
        assertThat(put(HOT).path("parked").asBoolean()).isFalse();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private JsonNode put(String rule, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/yaml";
        return house.as("e:engineer", "PUT", "/rules/hot", rule, all).json();
    }

    private JsonNode post(String what) throws Exception {
        var answer = house.as("erna:engineer", "POST", "/rules/hot/" + what, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode get(String path) throws Exception {
        return house.as("a:agent", "GET", path, null).json();
    }

    private void send(LaneEngine lane, Device device, int second, double temp) throws Exception {
        accept(lane, device, second, temp);
        try (Connection connection = house.database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            lane.write(connection);
            connection.commit();
        }
        lane.committed();
    }

    private void accept(LaneEngine lane, Device device, int second, double temp) {
        Sample sample = new Sample(device, metrics);
        sample.begin(device, metrics, START + second * 1_000_000L);
        sample.add(0, temp);
        lane.accept(sample, sample.micros());
    }

    @Test
    void aParkedRuleJudgesNothingAndItsOpenFaultSaysSo() throws Exception {
        Device device = house.device("SN-1");
        Device other = house.device("SN-2");
        LaneEngine lane = house.diagnostics.engine().lane(0);
        send(lane, device, 0, 95);
        String fault = get("/faults").path("items").get(0).path("id").asText();
        assertThat(get("/faults/" + fault).path("ruleParked").asBoolean(true)).isFalse();

        assertThat(post("park").path("parked").asBoolean()).isTrue();
        assertThat(post("park").path("parked").asBoolean()).as("once more").isTrue();
        send(lane, device, 1, 50);
        send(lane, other, 1, 95);
        assertThat(get("/faults").path("items")).hasSize(1);
        JsonNode kept = get("/faults/" + fault);
        assertThat(kept.path("state").asText()).isEqualTo("firing");
        assertThat(kept.path("ruleParked").asBoolean()).isTrue();
        assertThat(get("/rules").path("items").get(0).path("parked").asBoolean()).isTrue();

        house.diagnostics.engine().start();
        new Rules(house.database, house.diagnostics.engine(),
                KnownMetrics.NOTHING, house.events).load();
        LaneEngine after = house.diagnostics.engine().lane(0);
        send(after, device, 2, 50);
        assertThat(get("/faults/" + fault).path("state").asText()).as("after a restart")
                .isEqualTo("firing");
        assertThat(put(HOT.replace("80", "70"), "If-Match", "\"1\"").path("parked").asBoolean())
                .as("another version").isTrue();

        assertThat(post("unpark").path("parked").asBoolean(true)).isFalse();
        send(after, device, 3, 50);
        send(after, other, 3, 75);
        assertThat(get("/faults/" + fault).path("state").asText()).isEqualTo("resolved");
        assertThat(get("/faults?device=SN-2").path("items")).hasSize(1);
        List<String> deeds = house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit WHERE actor = 'erna' ORDER BY id")
                .mapTo(String.class).list());
        assertThat(deeds).containsExactly("rule.park", "rule.unpark");
    }

    @Test
    void whoMayNotChangeARuleMayNotParkItAndADeletedOneIsNotParked() throws Exception {
        assertThat(house.as("a:agent", "POST", "/rules/hot/park", "").status()).isEqualTo(403);
        assertThat(house.as("e:engineer", "POST", "/rules/none/park", "").status()).isEqualTo(404);
        post("park");
        assertThat(house.as("e:engineer", "DELETE", "/rules/hot", null).status()).isEqualTo(204);
        assertThat(house.as("e:engineer", "POST", "/rules/hot/unpark", "").status()).isEqualTo(404);
        assertThat(put(HOT).path("parked").asBoolean(true)).as("begun anew").isFalse();
    }

    @Test
    void whatARuleCostsIsShownAndCanBeSentBack() throws Exception {
        Device device = house.device("SN-1");
        LaneEngine lane = house.diagnostics.engine().lane(0);
        assertThat(get("/rules/hot").path("cost").asInt(-1)).as("not known yet").isZero();
        for (int second = 0; second < MANY; second++) {
            accept(lane, device, second, second % 50);
        }
        JsonNode row = get("/rules").path("items").get(0);
        assertThat(row.path("cost").asLong())
                .isEqualTo(Math.round(house.diagnostics.engine().costs().average("hot")));
        assertThat(house.meters.get("aftercare.rule.cost").tag("rule", "hot").functionCounter().count())
                .isPositive();
        assertThat(row.path("overBudget").asBoolean())
                .isEqualTo(house.meters.get("aftercare.rule.over.budget").gauge().value() > 0);
        JsonNode whole = get("/rules/hot");
        assertThat(whole.has("overBudget")).isTrue();
        assertThat(house.as("e:engineer", "PUT", "/rules/hot", Json.text(whole), "Content-Type",
                "application/json", "If-Match", "\"1\"").status()).isEqualTo(200);
    }
}
