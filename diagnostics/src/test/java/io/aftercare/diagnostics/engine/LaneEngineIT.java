package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A lane's way from samples to rows, with the real database.
class LaneEngineIT {
    private static final String HOT = "{id: hot, title: Too hot, fault: {code: HOT, severity: critical}, when: temp > 80,"
            + " clear_when: temp < 60, ticket: {skill: thermal}, remedies: [{firmware: {}}]}";
    private static final long START = 1_767_571_200_000_000L; // 2026-01-05T00:00:00Z
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("temp", "rpm"));
    private TestDiagnostics house = new TestDiagnostics();
    private Device device;
    private LaneEngine lane;

    @BeforeEach
    void start() throws Exception {
        house.start();
        device = house.device("SN-1");
        put("hot", HOT);
        lane = house.diagnostics.engine().lane(0);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private void put(String id, String rule, String... headers) throws Exception {
        assertThat(house.as("e:engineer", "PUT", "/rules/" + id, rule, with("application/yaml", headers))
                .status())
                .isIn(200, 201);
    }

    private static String[] with(String type, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        return all;
    }

    private void send(LaneEngine to, Device from, long second, double temp) {
        Sample sample = new Sample(from, metrics);
        sample.begin(from, metrics, START + second * 1_000_000);
        sample.add(0, temp);
        to.accept(sample, sample.micros());
    }

    private void commit(LaneEngine of) throws SQLException {
        write(of, true);
        of.committed();
    }

    private void write(LaneEngine of, boolean keep) throws SQLException {
        try (Connection connection = house.database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            of.write(connection);
            if (keep) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    @Test
    void aFaultIsRaisedOnceSeenAndCleared() throws Exception {
        for (int second = 0; second < 200; second++) {
            send(lane, device, second, second < 100 ? 95 : 50);
            if (second % 7 == 0) {
                commit(lane);
            }
        }
        commit(lane);
        var faults = house.as("a:agent", "GET", "/faults?device=SN-1&code=HOT", null).json().path("items");
        assertThat(faults).hasSize(1);
        var fault = faults.get(0);
        assertThat(fault.path("state").asText()).isEqualTo("resolved");
        assertThat(fault.path("firstSeen").asText()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(fault.path("clearedAt").asText()).isEqualTo("2026-01-05T00:01:40Z");
        assertThat(fault.path("lastSeen").asText()).isBetween("2026-01-05T00:00:40Z", "2026-01-05T00:01:40Z");
        assertThat(fault.path("count").asInt()).isEqualTo(1);
        assertThat(fault.path("ticket").isNull()).isTrue();
        String id = fault.path("id").asText();
        assertThat(house.outbox()).containsExactly("fault.raised " + id, "fault.cleared " + id + ":2");
        var detail = house.as("a:agent", "GET", "/faults/" + id, null).json();
        assertThat(detail.path("explain").path("values").path("temp").asDouble()).isEqualTo(95);
        assertThat(detail.path("explain").path("parts").get(0).path("expression").asText())
                .isEqualTo("temp > 80.0");
        assertThat(detail.path("events")).hasSize(2);
        assertThat(house.meters.counter("aftercare.rule.evaluations").count()).isEqualTo(200);
    }

    @Test
    void whatTheOutboxSaysIsWhatTheTicketDeskNeeds() throws Exception {
        send(lane, device, 0, 95);
        commit(lane);
        var payload = house.database.jdbi().withHandle(handle -> Json
                .parse(handle.createQuery("SELECT payload::text FROM fleet.outbox").mapTo(String.class)
                        .one()));
        assertThat(payload.path("device").asText()).isEqualTo("SN-1");
        assertThat(payload.path("title").asText()).isEqualTo("Too hot");
        assertThat(payload.path("severity").asText()).isEqualTo("critical");
        assertThat(payload.path("at").asText()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(payload.path("values").path("temp").asDouble()).isEqualTo(95);
        assertThat(payload.path("ticket")).isEqualTo(Json
                .parse("{\"open\":true,\"priority\":\"P1\",\"skill\":\"thermal\"}"));
        assertThat(payload.path("remedies")).hasSize(1);
    }

    @Test
    void aBatchThatWasRolledBackIsWrittenAgainWithTheSameEffects() throws Exception {
        send(lane, device, 0, 95);
        write(lane, false);
        assertThat(house.outbox()).isEmpty();
        send(lane, device, 1, 50);
        write(lane, false);
        commit(lane);
        commit(lane);
        assertThat(house.outbox()).hasSize(2);
    }

    @Test
    void aFaultThatComesBackIsTheSameFaultAgain() throws Exception {
        send(lane, device, 0, 95);
        send(lane, device, 1, 50);
        commit(lane);
        send(lane, device, 600, 95);
        commit(lane);
        var items = house.as("a:agent", "GET", "/faults?device=SN-1", null).json().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("count").asInt()).isEqualTo(2);
        assertThat(items.get(0).path("state").asText()).isEqualTo("firing");
        assertThat(items.get(0).path("clearedAt").isNull()).isTrue();
        String id = items.get(0).path("id").asText();
        assertThat(house.outbox()).endsWith("fault.reraised " + id + ":3");
        long later = FaultBook.REOPENED_WITHIN.toSeconds() + 1_000;
        send(lane, device, 700, 50);
        send(lane, device, later, 95);
        commit(lane);
        assertThat(house.as("a:agent", "GET", "/faults?device=SN-1", null).json().path("items")).hasSize(2);
    }

    @Test
    void afterARestartAnOpenFaultIsKnownAndNotDoubled() throws Exception {
        send(lane, device, 0, 95);
        commit(lane);
        house.diagnostics.engine().start();
        LaneEngine after = house.diagnostics.engine().lane(0);
        send(after, device, 0, 95); // sent again, because its acknowledgement was lost
        send(after, device, 1, 96);
        commit(after);
        assertThat(house.outbox()).hasSize(1);
        send(after, device, 2, 50);
        commit(after);
        assertThat(house.outbox()).hasSize(2);
        assertThat(house.as("a:agent", "GET", "/faults?state=resolved", null).json().path("items"))
                .hasSize(1);
    }

    @Test
    void twoRulesOfOneCodeMakeOneFaultThatEndsWithTheLast() throws Exception {
        put("hotter",
                "{id: hotter, fault: {code: HOT, severity: critical}, when: temp > 90, clear_when: temp < 40}");
        send(lane, device, 0, 95);
        send(lane, device, 1, 50);
        commit(lane);
        assertThat(house.outbox()).as("one of them still holds it").hasSize(1);
        send(lane, device, 2, 30);
        commit(lane);
        assertThat(house.outbox()).hasSize(2);
    }

    @Test
    void deletingARuleEndsItsFaultsAlsoWhereTheDeviceIsSilent() throws Exception {
        Device silent = house.device("SN-2");
        send(lane, device, 0, 95);
        send(lane, silent, 0, 95);
        commit(lane);
        assertThat(house.as("e:engineer", "DELETE", "/rules/hot", null).status()).isEqualTo(204);
        assertThat(house.as("a:agent", "GET", "/faults?state=open", null).json().path("items")).isEmpty();
        send(lane, device, 1, 96);
        commit(lane);
        assertThat(house.outbox()).as("two raised, two cleared").hasSize(4);
        put("hot", HOT);
        send(lane, device, 2, 97);
        send(lane, silent, 2, 97);
        commit(lane);
        assertThat(house.as("a:agent", "GET", "/faults?state=firing", null).json().path("items")).hasSize(2);
        assertThat(house.outbox()).hasSize(6);
    }

    @Test
    void aNewVersionTakesOverWhatIsOpen() throws Exception {
        send(lane, device, 0, 95);
        commit(lane);
        put("hot", HOT.replace("temp < 60", "temp < 90"), "If-Match", "\"1\"");
        send(lane, device, 1, 85);
        commit(lane);
        assertThat(house.outbox()).as("85 is above the limit still").hasSize(1);
        send(lane, device, 2, 75);
        commit(lane);
        assertThat(house.outbox()).hasSize(2);
    }

    @Test
    void aForgottenDeviceIsMetAgainWithItsFaults() throws Exception {
        RuleEngine engine = new RuleEngine(house.database,
                new RuleEngine.Parts(History.NONE, house.devices::find,
                        new Events(Vertx.vertx(),
                                Clock.systemUTC()),
                        new SimpleMeterRegistry(), house.clock, () -> {
                        }),
                new EngineConfig(10, EventTime.DEFAULT, Duration.ofMinutes(2),
                        Duration.ofNanos(5_000)));
        engine.activate(house.diagnostics.engine().rules());
        LaneEngine small = engine.lane(0);
        send(small, device, 0, 95);
        commit(small);
        for (int i = 0; i < 40; i++) {
            send(small, house.device("D-" + i), 1, 20);
            commit(small);
        }
        send(small, device, 2, 96);
        send(small, device, 3, 50);
        commit(small);
        assertThat(house.outbox()).hasSize(2);
    }

    @Test
    void whatAWithdrawnSampleBroughtAboutIsForgottenAndTheRestIsJudgedAnew() throws Exception {
        send(lane, device, 0, 95);
        commit(lane);
        send(lane, device, 1, 50); // clears it, and is withdrawn
        send(lane, house.device("SN-2"), 1, 95);
        lane.withdraw(device);
        send(lane, device, 2, 70);
        commit(lane);
        assertThat(house.outbox()).hasSize(2).allMatch(entry -> entry.startsWith("fault.raised "));
        send(lane, device, 3, 50);
        commit(lane);
        assertThat(house.outbox()).hasSize(3).last().asString().startsWith("fault.cleared ");
    }

    @Test
    void aFaultThatTheDatabaseRefusesKeepsNoOtherFromBeingStored() throws Exception {
        house.database.jdbi().useHandle(handle -> handle.execute(
                "ALTER TABLE diagnostics.fault ADD CONSTRAINT odd CHECK (device <> 'SN-1')"));
        send(lane, device, 0, 95);
        send(lane, house.device("SN-2"), 0, 95);
        try (Connection connection = house.database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            lane.writeEach(connection);
            connection.commit();
        }
        lane.committed();
        assertThat(house.outbox()).hasSize(1);
        assertThat(house.as("a:agent", "GET", "/faults", null).json().path("items")).hasSize(1)
                .allMatch(fault -> fault.path("device").asText().equals("SN-2"));
    }

    @Test
    void aFaultIsAsBadAsTheWorstOfItsRulesAndTheirLevelsSay() throws Exception {
        put("warm",
                "{id: warm, fault: {code: WARM, severity: warning, levels: [{when: temp > 85, severity: major}]},"
                        + " when: temp > 60, clear_when: temp < 40}");
        send(lane, device, 0, 70);
        send(lane, device, 1, 86);
        commit(lane);
        house.diagnostics.engine().start();
        LaneEngine after = house.diagnostics.engine().lane(0);
        send(after, device, 2, 87);
        send(after, device, 3, 70);
        send(after, device, 4, 30);
        commit(after);
        var warm = house.as("a:agent", "GET", "/faults?code=WARM", null).json().path("items").get(0);
        String id = warm.path("id").asText();
        assertThat(house.outbox().stream().filter(entry -> entry.contains(id))).containsExactly(
                "fault.raised " + id, "fault.escalated " + id + ":2", "fault.deescalated " + id + ":3",
                "fault.cleared " + id + ":4");
        var events = house.as("a:agent", "GET", "/faults/" + id, null).json().path("events");
        assertThat(events.findValuesAsText("severity")).containsExactly("warning", "major", "warning",
                "warning");
        var tickets = house.database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT payload->'ticket'->>'open' FROM fleet.outbox WHERE key LIKE :fault ORDER BY id")
                .bind("fault", id + "%").mapTo(String.class).list());
        assertThat(tickets).as("a warning wants no ticket, major does").containsExactly("false", "true",
                "false",
                "false");
    }

    @Test
    void anotherVersionOfItsRuleWeighsAnOpenFaultAnew() throws Exception {
        send(lane, device, 0, 95);
        commit(lane);
        put("hot", HOT.replace("severity: critical", "severity: minor"), "If-Match", "\"1\"");
        send(lane, device, 1, 95);
        commit(lane);
        assertThat(house.outbox()).hasSize(2).last().asString().startsWith("fault.deescalated ");
        assertThat(house.as("a:agent", "GET", "/faults", null).json().path("items").get(0).path("severity")
                .asText()).isEqualTo("minor");
    }
}
