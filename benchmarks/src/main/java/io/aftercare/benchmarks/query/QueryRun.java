package io.aftercare.benchmarks.query;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Postgres;
import io.aftercare.benchmarks.storage.SampleRows;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Fills a backend's store past the backend, and asks it by HTTP for one metric of one device at random. Beside it a table
/// with one row a metric, in the same PostgreSQL, is asked by SQL for the same.
public final class QueryRun {
    private static final Duration PACK_MAX = Duration.ofMinutes(20);
    private static final int WARM_UP = 300;
    private static final int PACKED_DAYS_AGO = 3;

    private final Path folder;
    private final Path jar;
    private final List<String> jvm;
    private final Consumer<String> tell;

    /// @param rows      of five metrics, for each device over 24 hours
    /// @param peerShare the peer's table gets one of so many devices
    /// @param daysAgo   when the 24 hours ended
    public record Load(int devices, int rows, int requests, int peerShare, int daysAgo) {}

    public QueryRun(Path folder, Path jar, List<String> jvm, Consumer<String> tell) {
        this.folder = folder;
        this.jar = jar;
        this.jvm = List.copyOf(jvm);
        this.tell = tell;
    }

    public QueryReport run(Load load) throws IOException, InterruptedException, SQLException {
        try (Scratch scratch = Scratch.in(folder)) {
            Machine machine = Machine.here(scratch.path());
            try (Backend backend = Backend.start(new Backend.Setup(jar, scratch.path().resolve("data"),
                    scratch.path().resolve("aftercare.log"), jvm))) {
                QueryReport report = measure(machine, load, backend);
                scratch.done();
                return report;
            }
        }
    }

    private QueryReport measure(Machine machine, Load load, Backend backend)
            throws IOException, InterruptedException, SQLException {
        StaffApi api = backend.login();
        new BenchFleet(api).product();
        Postgres postgres = backend.postgres();
        Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(load.daysAgo(), ChronoUnit.DAYS);
        prepare(postgres, load, end);
        long begun = System.nanoTime();
        try (Connection connection = postgres.connect()) {
            samples(connection, load, end);
        }
        double loaded = (System.nanoTime() - begun) / 1e9;
        tell.accept("loaded in %.0f s".formatted(loaded));
        double gibibytes = postgres.number(
                "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('ingest.sample')")
                / (double) (1 << 30);
        double packed = load.daysAgo() >= PACKED_DAYS_AGO ? packed(postgres) : 0;
        peer(postgres, load, end);
        postgres.execute("VACUUM (ANALYZE)", "CHECKPOINT");
        List<QueryReport.Way> ways = new ArrayList<>();
        Random random = new Random(1);
        String range = "?from=" + end.minus(1, ChronoUnit.DAYS) + "&to=" + end + "&points=500&metric=";
        ask(api, load, random, WARM_UP, range + "m3");
        ways.add(QueryReport.Way.of("one metric by HTTP",
                ask(api, load, random, load.requests(), range + "m1")));
        ways.add(QueryReport.Way.of("five metrics by HTTP",
                ask(api, load, random, load.requests(), range + "m0,m1,m2,m3,m4")));
        ways.add(QueryReport.Way.of("one metric, one row a metric, by SQL",
                askPeer(postgres, load, end, random)));
        ways.add(QueryReport.Way.of("newest values by HTTP, first time",
                ask(api, load, random, load.requests(), "/latest")));
        List<Double> again = new ArrayList<>();
        for (int i = 0; i < load.requests(); i++) {
            again.add(millis(api, "/devices/bench-1/telemetry/latest"));
        }
        ways.add(QueryReport.Way.of("newest values by HTTP, again", again));
        return new QueryReport(machine, load, loaded, packed, gibibytes, ways);
    }

    private static void prepare(Postgres postgres, Load load, Instant end) throws SQLException {
        StringBuilder names = new StringBuilder();
        for (int place = 0; place < BenchFleet.METRICS; place++) {
            names.append(place == 0 ? "" : ", ").append("('").append(BenchFleet.MODEL).append("', ")
                    .append(place)
                    .append(", 'm").append(place).append("')");
        }
        postgres.execute("INSERT INTO fleet.metric VALUES " + names + " ON CONFLICT DO NOTHING",
                "INSERT INTO fleet.device (id, model, token_hash) SELECT 'bench-' || i, '" + BenchFleet.MODEL
                        + "', sha256(i::text::bytea) FROM generate_series(1, " + load.devices() + ") i");
        for (LocalDate day : List.of(day(end.minus(1, ChronoUnit.DAYS)), day(end))) {
            String table = "ingest.sample_" + day.toString().replace("-", "");
            if (postgres.number("SELECT count(to_regclass('" + table + "'))") == 0) {
                postgres.execute("CREATE TABLE " + table + " (LIKE ingest.sample)",
                        "ALTER TABLE ingest.sample "
                                + "ATTACH PARTITION " + table + " FOR VALUES FROM ('" + day
                                + "T00:00:00Z') TO ('"
                                + day.plusDays(1) + "T00:00:00Z')");
            }
        }
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    // Device after device for each moment, as a fleet reports: a device's rows lie far apart.
    private static void samples(Connection connection, Load load, Instant end) throws SQLException {
        long first = number(connection, "SELECT min(number) FROM fleet.device WHERE id LIKE 'bench-%'");
        long from = SampleRows.micros(end.minus(1, ChronoUnit.DAYS));
        long step = 86_400_000_000L / load.rows();
        double[] values = new double[BenchFleet.METRICS];
        try (SampleRows rows = new SampleRows(connection, values.length)) {
            for (int i = 0; i < load.rows(); i++) {
                for (int device = 0; device < load.devices(); device++) {
                    for (int slot = 0; slot < values.length; slot++) {
                        values[slot] = Math.round(1000 * Math.sin(i / 50.0 + device + slot) + i % 7) / 10.0;
                    }
                    rows.add((int) (first + device),
                            (from + i * step + step * device / load.devices()) / 1000 * 1000,
                            values);
                }
            }
        }
    }

    private double packed(Postgres postgres) throws IOException, InterruptedException {
        tell.accept("waiting for the backend to compress it");
        return Await.until("compressed days", PACK_MAX, Duration.ofSeconds(1), () -> {
            try {
                return postgres.number("SELECT count(*) FROM ingest.segment") > 0
                        && postgres.number("SELECT count(*) FROM (SELECT FROM ingest.sample LIMIT 1) s") == 0
                        && postgres.number("SELECT count(*) FROM (SELECT FROM ingest.frozen LIMIT 1) s") == 0;
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }) / 1e9;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void peer(Postgres postgres, Load load, Instant end) throws SQLException {
        int devices = load.devices() / load.peerShare();
        postgres.execute("CREATE SCHEMA bench",
                "CREATE TABLE bench.narrow (device int, metric int, ts timestamptz, "
                        + "value float8)",
                "INSERT INTO bench.narrow SELECT d, m, '" + end
                        + "'::timestamptz - interval '1 day' * (1 - i / "
                        + (double) load.rows() + "), sin(i / 50.0 + d + m) * 100 FROM generate_series(0, "
                        + (load.rows() - 1) + ") i, generate_series(1, " + devices
                        + ") d, generate_series(0, "
                        + (BenchFleet.METRICS - 1) + ") m",
                "ALTER TABLE bench.narrow ADD PRIMARY KEY (device, metric, ts)");
    }

    private static List<Double> ask(StaffApi api, Load load, Random random, int requests, String what)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            millis.add(millis(api,
                    "/devices/bench-" + (1 + random.nextInt(load.devices())) + "/telemetry" + what));
        }
        return millis;
    }

    private static double millis(StaffApi api, String path) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var body = api.get(path).orFail();
        double millis = (System.nanoTime() - begun) / 1e6;
        if (body.path("series").path(0).path("points").isEmpty() && body.path("values").isEmpty()) {
            throw new IOException(path + " answered without a point");
        }
        return millis;
    }

    private static List<Double> askPeer(Postgres postgres, Load load, Instant end, Random random)
            throws SQLException {
        List<Double> millis = new ArrayList<>();
        try (Connection connection = postgres.connect();
                PreparedStatement query = connection.prepareStatement(
                        """
                                SELECT date_bin('180 s', ts, '2000-01-01Z'), min(value), avg(value), max(value), count(*)
                                FROM bench.narrow WHERE device = ? AND metric = 1 AND ts >= ?::timestamptz AND ts < ?::timestamptz
                                GROUP BY 1 ORDER BY 1""")) {
            for (int i = 0; i < load.requests(); i++) {
                query.setInt(1, 1 + random.nextInt(load.devices() / load.peerShare()));
                query.setString(2, end.minus(1, ChronoUnit.DAYS).toString());
                query.setString(3, end.toString());
                long begun = System.nanoTime();
                int rows = 0;
                try (ResultSet result = query.executeQuery()) {
                    while (result.next()) {
                        rows++;
                    }
                }
                millis.add((System.nanoTime() - begun) / 1e6);
                if (rows == 0) {
                    throw new SQLException("The peer answered without a point");
                }
            }
        }
        return millis;
    }
}
