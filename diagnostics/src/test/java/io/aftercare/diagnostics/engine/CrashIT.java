package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.diagnostics.TestDiagnostics;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Devices send, the process dies at any moment, what was not acknowledged is sent again: the faults come out as if nothing had
/// happened. The lane's store is played by a list, which keeps a batch exactly when its transaction commits.
class CrashIT {
    private static final int ROUNDS = 4;
    private static final long START = 1_767_571_200_000_000L;
    private static final List<String> RULES = List.of(
            "{id: hot, fault: {code: HOT}, when: temp > 6, for: 20s, clear_when: temp < 4, clear_for: 10s}",
            "{id: warm, fault: {code: WARM}, when: 'avg(temp, \"1m\") > 5'}",
            "{id: nervous, fault: {code: NERVOUS}, when: temp > 8, quiet: {flaps: 3, within: 2m, hold: 3m}}");
    private final ModelMetrics metrics = ModelMetrics.inMemory("LP-2000", List.of("temp"));

    private record Value(int device, long micros, double temp) {}

    @Test
    void faultsComeOutTheSameWhateverDies() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            List<Value> series = series(random);
            List<String> calm = run(series, new Random(0), false);
            List<String> stormy = run(series, random, true);
            assertThat(stormy).as("seed %d round %d", seed, round).containsExactlyElementsOf(calm);
            assertThat(calm).isNotEmpty();
        }
    }

    private static List<Value> series(Random random) {
        List<Value> series = new ArrayList<>();
        double[] level = {5, 5, 5};
        for (int step = 0; step < 400; step++) {
            int device = random.nextInt(3);
            level[device] = Math.clamp(level[device] + random.nextGaussian() * 1.5, 0, 10);
            series.add(new Value(device, START + step * 3_000_000L, level[device]));
        }
        return series;
    }

    /// The faults in the end, and the outbox, without the ids, which are random.
    private List<String> run(List<Value> series, Random random, boolean crashes) throws Exception {
        List<Value> stored = new ArrayList<>();
        History history = (device, from, consumer) -> {
            Sample sample = new Sample(device, metrics);
            stored.stream().filter(value -> value.device() + 1 == device.number() && value.micros() >= from)
                    .forEach(value -> {
                        fill(sample, device, value);
                        consumer.accept(sample);
                    });
        };
        try (TestDiagnostics house = new TestDiagnostics(history).start()) {
            List<Device> devices = List.of(house.device("SN-0"), house.device("SN-1"), house.device("SN-2"));
            house.clock.pass(Duration.ofHours(1));
            for (int i = 0; i < RULES.size(); i++) {
                String id = RuleReader.read(RULES.get(i)).id();
                assertThat(house.as("e:engineer", "PUT", "/rules/" + id, RULES.get(i), "Content-Type",
                        "application/yaml").status()).isEqualTo(201);
            }
            deliver(house, devices, series, stored, random, crashes);
            return house.database.jdbi()
                    .withHandle(handle -> handle
                            .createQuery(
                                    """
                                            SELECT device || ' ' || code || ' ' || state || ' ' || first_seen || ' ' || last_raised || ' '
                                                || coalesce(cleared_at::text, '') || ' ' || count || ' ' || events || ' '
                                                || (SELECT string_agg(kind || ' ' || at, ',' ORDER BY n) FROM diagnostics.fault_event WHERE fault = f.id)
                                                || (SELECT count(*) FROM fleet.outbox WHERE key = f.id OR key LIKE f.id || ':%')
                                            FROM diagnostics.fault f ORDER BY first_seen, device, code""")
                            .mapTo(String.class).list());
        }
    }

    private void deliver(TestDiagnostics house, List<Device> devices, List<Value> series, List<Value> stored,
            Random random, boolean crashes) throws Exception {
        LaneEngine lane = house.diagnostics.engine().lane(0);
        int acknowledged = 0;
        while (acknowledged < series.size()) {
            int end = Math.min(series.size(), acknowledged + 1 + random.nextInt(20));
            List<Value> batch = series.subList(acknowledged, end);
            for (Value value : batch) {
                Device device = devices.get(value.device());
                Sample sample = new Sample(device, metrics);
                fill(sample, device, value);
                lane.accept(sample, sample.micros());
            }
            int fate = crashes ? random.nextInt(5) : 0;
            boolean commits = fate != 1;
            write(house, lane, commits);
            if (commits) {
                batch.stream().filter(value -> !stored.contains(value)).forEach(stored::add);
            }
            switch (fate) {
                case 1, 2 -> {
                    // Dies before the commit (1) or after it, before the acknowledgement (2): all of it is sent again.
                    house.diagnostics.engine().start();
                    lane = house.diagnostics.engine().lane(0);
                }
                default -> {
                    lane.committed();
                    acknowledged = end;
                }
            }
        }
    }

    private static void write(TestDiagnostics house, LaneEngine lane, boolean commits) throws Exception {
        try (Connection connection = house.database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            lane.write(connection);
            if (commits) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    private void fill(Sample sample, Device device, Value value) {
        sample.begin(device, metrics, value.micros());
        sample.add(0, value.temp());
    }
}
