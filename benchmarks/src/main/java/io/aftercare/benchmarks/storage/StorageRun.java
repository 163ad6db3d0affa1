package io.aftercare.benchmarks.storage;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.EmbeddedPostgres;
import io.aftercare.ingest.store.Partitions;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ingest.store.StoredSamples;
import io.aftercare.ingest.store.Storekeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.Deflater;

/// Stores a day of many devices as the backend does, has the backend's own keeper compress it, and looks at the sizes. Every
/// value is read back and compared with what went in.
public final class StorageRun {
    private static final String MODEL = "STORED";
    private static final int DAYS_AGO = 3;
    private static final int JITTER_MILLIS = 40;

    private final Path folder;
    private final int devices;
    private final int everySeconds;
    private final Consumer<String> tell;

    public StorageRun(Path folder, int devices, int everySeconds, Consumer<String> tell) {
        this.folder = folder;
        this.devices = devices;
        this.everySeconds = everySeconds;
        this.tell = tell;
    }

    public StorageReport run() throws IOException, InterruptedException, SQLException {
        try (Scratch scratch = Scratch.in(folder)) {
            Machine machine = Machine.here(scratch.path());
            List<StorageReport.Kind> kinds = new ArrayList<>();
            try (EmbeddedPostgres server = EmbeddedPostgres.start(scratch.path().resolve("postgres"),
                    scratch.path().resolve("programs"), Map.of());
                    Database database = Database.open(server.config(), 4)) {
                database.migrate(List.of("fleet", "ingest"));
                database.jdbi().useHandle(handle -> {
                    handle.execute("INSERT INTO fleet.product (model, name, document) VALUES (?, ?, '{}')",
                            MODEL, MODEL);
                    handle.execute(
                            "INSERT INTO fleet.metric SELECT ?, i, 'm' || i FROM generate_series(0, 15) i",
                            MODEL);
                    handle.execute(
                            "INSERT INTO fleet.device (id, model, token_hash) SELECT 'stored-' || i, ?, "
                                    + "sha256(i::text::bytea) FROM generate_series(1, ?) i",
                            MODEL, devices);
                });
                for (Source source : Source.values()) {
                    tell.accept(source.title());
                    kinds.add(kind(database, source));
                }
            }
            scratch.done();
            return new StorageReport(machine, devices, everySeconds, kinds);
        }
    }

    private StorageReport.Kind kind(Database database, Source source)
            throws SQLException, InterruptedException {
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS_AGO, ChronoUnit.DAYS);
        Partitions partitions = new Partitions(database);
        partitions.ensure(day.getEpochSecond() / 86_400);
        List<Device> all = devices(database);
        int metrics = source.device(0).next(everySeconds).length;
        long[] sums = load(database, source, all, day, metrics);
        long points = (long) devices * (86_400 / everySeconds) * metrics;
        database.jdbi().useHandle(handle -> handle.execute("VACUUM (ANALYZE) ingest.sample"));
        long open = number(database,
                "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('ingest.sample')");
        long begun = System.nanoTime();
        try (var keeper = new Storekeeper(database, partitions, Retention.DEFAULT, InstantSource.system())) {
            keeper.round();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        database.jdbi().useHandle(handle -> handle.execute("VACUUM (ANALYZE)"));
        compare(database, all, sums);
        long closed = number(database, "SELECT pg_total_relation_size('ingest.segment')");
        long rollups = number(database, "SELECT pg_total_relation_size('ingest.rollup')");
        long plain = number(database, "SELECT sum(length(data)) FROM ingest.segment");
        long overhead = closed - number(database, "SELECT sum(pg_column_size(data)) FROM ingest.segment");
        StorageReport.Kind kind = new StorageReport.Kind(source.title(), metrics, points,
                (double) open / points,
                (double) closed / points, (double) (deflated(database) + overhead) / points,
                (double) rollups / points,
                seconds);
        tell.accept("  " + plain / (double) points + " before PostgreSQL's own compression");
        database.jdbi()
                .useHandle(handle -> handle.execute("TRUNCATE ingest.segment, ingest.rollup, ingest.sample"));
        return kind;
    }

    private static List<Device> devices(Database database) {
        Devices registry = new Devices(database);
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM fleet.device ORDER BY number")
                        .mapTo(String.class).list())
                .stream().map(id -> registry.find(new DeviceId(id)).orElseThrow()).toList();
    }

    /// In the order of time, as they would have come.
    ///
    /// @return a fingerprint for each device
    private long[] load(Database database, Source source, List<Device> all, Instant day, int metrics)
            throws SQLException {
        Random jitter = new Random(1);
        List<Source.Values> values = all.stream().map(device -> source.device(device.number())).toList();
        long[] sums = new long[all.size()];
        try (Connection connection = database.dataSource().getConnection();
                SampleRows rows = new SampleRows(connection, metrics)) {
            for (int i = 0; i < 86_400 / everySeconds; i++) {
                for (int device = 0; device < all.size(); device++) {
                    long micros = SampleRows.micros(day) + 1_000_000L * i * everySeconds
                            + jitter.nextInt(JITTER_MILLIS) * 1000L;
                    double[] sample = values.get(device).next(everySeconds);
                    rows.add(all.get(device).number(), micros, sample);
                    for (double value : sample) {
                        sums[device] = sums[device] * 31 + Double.doubleToRawLongBits(value);
                    }
                }
            }
        }
        return sums;
    }

    private static void compare(Database database, List<Device> all, long[] sums) {
        StoredSamples stored = new StoredSamples(database, new MetricDictionary(database));
        ModelMetrics metrics = new MetricDictionary(database).of(MODEL);
        for (int device = 0; device < all.size(); device++) {
            long[] sum = {0};
            stored.recent(all.get(device), 0, sample -> {
                for (int i = 0; i < sample.count(); i++) {
                    sum[0] = sum[0] * 31 + Double.doubleToRawLongBits(sample.value(i));
                }
            });
            if (sum[0] != sums[device]) {
                throw new IllegalStateException(
                        all.get(device).id() + " of " + metrics.model()
                                + " came back otherwise than it went in");
            }
        }
    }

    private static long number(Database database, String sql) {
        return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static long deflated(Database database) {
        byte[] buffer = new byte[1 << 20];
        long[] size = {0};
        database.jdbi().useTransaction(
                handle -> handle.createQuery("SELECT data FROM ingest.segment").setFetchSize(10)
                        .mapTo(byte[].class).forEach(data -> {
                            Deflater deflater = new Deflater(6);
                            deflater.setInput(data);
                            deflater.finish();
                            while (!deflater.finished()) {
                                size[0] += deflater.deflate(buffer);
                            }
                            deflater.end();
                        }));
        return size[0];
    }
}
