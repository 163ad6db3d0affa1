package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/// What a device has sent, read back whole: for those who must judge it again. Thread-safe; blocks.
public final class StoredSamples {
    private static final int FETCH = 2000;

    private final Database database;
    private final MetricDictionary dictionary;

    public StoredSamples(Database database, MetricDictionary dictionary) {
        this.database = database;
        this.dictionary = dictionary;
    }

    /// Hands over a device's samples, oldest first; the sample is reused between calls. A message of more than sixteen metrics
    /// comes as one sample a page, all of the same moment.
    ///
    /// @param fromMicros event time, microseconds since 1970 UTC
    public void recent(Device device, long fromMicros, Consumer<Sample> consumer) {
        ModelMetrics metrics = dictionary.of(device.model());
        Sample sample = new Sample(device, metrics);
        database.useTransaction(handle -> {
            Instant from = Instant.EPOCH.plus(fromMicros, ChronoUnit.MICROS);
            try (var rows = handle.createQuery("""
                    SELECT (extract(epoch FROM ts) * 1000000)::bigint AS micros, * FROM ingest.sample
                    WHERE device = :device AND ts >= :from ORDER BY ts, page""").setFetchSize(FETCH)
                    .bind("device", device.number()).bind("from", from)
                    .map((row, context) -> fill(sample, device, metrics, row)).iterator()) {
                each(rows, consumer);
            }
        });
    }

    private static void each(Iterator<Sample> rows, Consumer<Sample> consumer) {
        while (rows.hasNext()) {
            consumer.accept(rows.next());
        }
    }

    private static Sample fill(Sample sample, Device device, ModelMetrics metrics, ResultSet row)
            throws SQLException {
        sample.begin(device, metrics, row.getLong("micros"));
        int first = row.getInt("page") * Slots.COUNT;
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            double value = row.getDouble("v" + slot);
            if (!row.wasNull()) {
                sample.add(first + slot, value);
            }
        }
        return sample;
    }

    /// The time of a device's newest sample, by its own clock.
    public Optional<Instant> newest(Device device) {
        int last = Math.max(0, dictionary.of(device.model()).size() - 1) / Slots.COUNT;
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT s.ts FROM generate_series(0, :page) AS p (page) CROSS JOIN LATERAL (
                    SELECT ts FROM ingest.sample WHERE device = :device AND page = p.page::smallint
                    ORDER BY ts DESC LIMIT 1) s
                ORDER BY s.ts DESC LIMIT 1""").bind("page", last).bind("device", device.number())
                .mapTo(Timestamp.class).findOne().map(Timestamp::toInstant));
    }
}
