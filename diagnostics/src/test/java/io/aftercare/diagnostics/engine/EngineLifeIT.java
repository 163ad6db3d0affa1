package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Events;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Engines that begin, end and begin again on one real database: silence, long memory, cohorts. What devices sent is kept by a list.
class EngineLifeIT {
    private static final String SILENT = "{id: silent, fault: {code: SILENT}, when: 'absent(\"10m\")'}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ODD = 7;
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("temp", "toner"));
    private final List<Sent> stored = new ArrayList<>();
    private final List<Long> read = new ArrayList<>();
    private final List<RuleEngine> engines = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final TestDiagnostics house = new TestDiagnostics();

    private record Sent(int device, long micros, double... values) {}

    @BeforeEach
    void start() {
        house.start();
    }

    @AfterEach
    void stop() {
        engines.forEach(RuleEngine::close);
        house.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// A process begins: nothing is known but what the database has.
    private RuleEngine engine(String... rules) {
        Devices devices = new Devices(house.database);
        RuleEngine engine = new RuleEngine(house.database,
                new RuleEngine.Parts(this::replay, devices::find, new Events(vertx, house.clock),
                        new SimpleMeterRegistry(), house.clock, () -> {
                        }),
                EngineConfig.DEFAULT);
        engine.start();
        engine.activate(
                Arrays.stream(rules).map(rule -> new ActiveRule(RuleReader.read(rule), 1, 1)).toList());
        engine.run();
        engines.add(engine);
        return engine;
    }

    private void replay(Device device, long from, Consumer<Sample> consumer) {
        read.add(from);
        stored.stream().filter(sent -> sent.device() == device.number() && sent.micros() >= from)
                .forEach(sent -> consumer.accept(sample(device, sent)));
    }

    private Sample sample(Device device, Sent sent) {
        Sample sample = new Sample(device, metrics);
        sample.begin(device, metrics, sent.micros());
        for (int place = 0; place < sent.values().length; place++) {
            sample.add(place, sent.values()[place]);
        }
        return sample;
    }

    private void send(LaneEngine lane, Device device, double... values) {
        Sent sent = new Sent(device.number(), now(), values);
        lane.accept(sample(device, sent), sent.micros());
        stored.add(sent);
    }

    private long now() {
        return Micros.of(house.clock.instant());
    }

    private void commit(LaneEngine lane) throws Exception {
        try (Connection connection = house.database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            lane.write(connection);
            connection.commit();
        }
        lane.committed();
    }

    /// Time passes, and nothing else.
    private void pass(LaneEngine lane, Duration time) throws Exception {
        house.clock.pass(time);
        if (lane.wakeAt() <= now()) {
            lane.tick(now());
        }
        commit(lane);
    }

    private Device heard(Device device, Instant at) {
        house.database.jdbi().useHandle(handle -> handle
                .createUpdate("UPDATE fleet.device SET last_seen = :at WHERE id = :id").bind("at", at)
                .bind("id", device.id().value()).execute());
        return new Devices(house.database).find(device.id()).orElseThrow();
    }

    private List<String> faults(Device device) {
        return house.database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT code || ' ' || state || ' ' || first_seen || ' ' || last_raised || ' ' || coalesce(cleared_at::text, '') || ' '
                            || count || ' ' || (SELECT string_agg(kind || ' ' || at, ',' ORDER BY n)
                                                FROM diagnostics.fault_event WHERE fault = f.id)
                        FROM diagnostics.fault f WHERE device = :device ORDER BY code""")
                .bind("device", device.id().value()).mapTo(String.class).list());
    }

    @Test
    void silenceIsAFaultWithoutAnySampleAndEndsWithTheNext() throws Exception {
        Device device = house.device("SN-1");
        LaneEngine lane = engine(SILENT).lane(0);
        send(lane, device, 20);
        commit(lane);
        pass(lane, Duration.ofMinutes(9));
        assertThat(faults(device)).isEmpty();
        pass(lane, Duration.ofMinutes(1).plusSeconds(1));
        assertThat(faults(device)).singleElement().asString().startsWith("SILENT firing");
        pass(lane, Duration.ofHours(1));
        lane.heard(device, now());
        commit(lane);
        assertThat(faults(device)).singleElement().asString().startsWith("SILENT resolved");
    }

    @Test
    void aDeviceThatNeverComesBackAfterARestartIsMissedOnceItCouldHaveComeBack() throws Exception {
        Device lost = heard(house.device("SN-1"), house.clock.instant().minus(Duration.ofHours(1)));
        Device lately = heard(house.device("SN-2"), house.clock.instant().minusSeconds(30));
        Device unknown = house.device("SN-3");
        house.database.jdbi().useHandle(handle -> handle
                .execute("UPDATE fleet.device SET last_seen = now() - interval '1 day', state = 'retired'"
                        + " WHERE id = ?", unknown.id().value()));
        LaneEngine lane = engine(SILENT).lane(0);
        pass(lane, Duration.ofSeconds(100));
        assertThat(faults(lost)).as("nobody could listen").isEmpty();
        pass(lane, Duration.ofSeconds(30));
        assertThat(faults(lost)).singleElement().asString().startsWith("SILENT firing");
        assertThat(faults(lately)).isEmpty();
        pass(lane, Duration.ofMinutes(8));
        assertThat(faults(lately)).singleElement().asString().startsWith("SILENT firing");
        assertThat(faults(unknown)).as("expected no more").isEmpty();
        LaneEngine next = engine(SILENT).lane(0);
        pass(next, Duration.ofHours(1));
        assertThat(faults(lost)).as("told once").singleElement().asString().contains(" 1 raised ")
                .doesNotContain(",");
    }

    @Test
    void whatWasLearntInHoursOutlivesRestarts() throws Exception {
        String[] rules = {"{id: warm, fault: {code: WARM}, when: 'ewma(temp, \"6h\") > 50'}",
                "{id: toner, fault: {code: TONER}, when: 'time_to(toner, 5) < 129600'}"};
        Device steady = house.device("SN-1");
        Device moved = house.device("SN-2");
        house.clock.pass(Duration.ofHours(1));
        LaneEngine one = engine(rules).lane(0);
        RuleEngine second = engine(rules);
        LaneEngine other = second.lane(0);
        long first = now();
        for (int minute = 0; minute < 20 * 60; minute++) {
            if (minute == 5 * 60 + 1) {
                second.close();
                assertThat(snapshots(moved)).isOne();
                second = engine(rules);
                other = second.lane(0);
            } else if (minute == 6 * 60 + 11) { // killed, between two snapshots
                second = engine(rules);
                other = second.lane(0);
            }
            double[] values = {minute < 330 ? 20 + minute % 7 : 100, 100 - minute / 30.0 - minute % 3 * 0.1};
            send(one, steady, values);
            send(other, moved, values);
            if (minute % 10 == 0) {
                commit(one);
                commit(other);
            }
            house.clock.pass(Duration.ofMinutes(1));
        }
        commit(one);
        commit(other);
        assertThat(faults(steady)).hasSize(2).isEqualTo(faults(moved));
        assertThat(read).filteredOn(from -> from > first).as("read from a snapshot on").hasSize(2);
    }

    private int snapshots(Device device) {
        return house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM diagnostics.device_state WHERE device = :device")
                .bind("device", device.number()).mapTo(Integer.class).one());
    }

    /// The odd one's lane alone has ten devices, of which none can be three deviations from their mean.
    @Test
    void aDeviceIsComparedWithThoseOfOtherLanesToo() throws Exception {
        List<Device> devices = IntStream.range(0, 20).mapToObj(i -> house.device("SN-" + i)).toList();
        RuleEngine engine = engine("{id: odd, fault: {code: ODD}, when: 'cohort_z(temp, \"10m\") > 3'}");
        List<LaneEngine> lanes = List.of(engine.lane(0), engine.lane(1));
        Device odd = devices.get(ODD);
        Instant end = Instant.now().plus(PATIENCE);
        while (faults(odd).isEmpty() && Instant.now().isBefore(end)) {
            for (int i = 0; i < devices.size(); i++) {
                send(lanes.get(i % 2), devices.get(i), i == ODD ? 90 : 50 + i % 5);
            }
            for (LaneEngine lane : lanes) {
                commit(lane);
            }
            house.clock.pass(Duration.ofSeconds(1));
        }
        assertThat(faults(odd)).hasSize(1);
        assertThat(devices.stream().filter(device -> !faults(device).isEmpty())).containsExactly(odd);
    }
}
