package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Looks at what is stored. Thread-safe; blocks.
public final class TelemetryQuery {
    private static final int NEWEST_ROWS = 500;
    private static final Duration LOOK_BACK = Duration.ofDays(30);

    private final Database database;
    private final MetricDictionary dictionary;

    /// One bucket of a metric; `ts` is where it begins, milliseconds since 1970.
    public record Bucket(long ts, double min, double avg, double max, long count) {}

    /// A value and when it was measured, milliseconds since 1970.
    public record Value(double ts, double value) {}

    /// A text value and since when it stands.
    public record Text(Instant changed, String value) {}

    /// Takes samples one by one.
    @FunctionalInterface
    public interface Samples {
        /// @param micros microseconds since 1970
        void sample(long micros, double value) throws InterruptedException;
    }

    public TelemetryQuery(Database database, MetricDictionary dictionary) {
        this.database = database;
        this.dictionary = dictionary;
    }

    /// The places of metrics by name; a name that the product never had is left out.
    public Map<String, Integer> places(Device device, List<String> names) {
        ModelMetrics metrics = dictionary.of(device.model());
        Map<String, Integer> places = new LinkedHashMap<>();
        for (String name : names) {
            int place = metrics.find(name);
            if (place >= 0) {
                places.put(name, place);
            }
        }
        return places;
    }

    /// A metric in at most `points` buckets of equal length; buckets without a sample are left out.
    public List<Bucket> buckets(Device device, int place, TimeRange range, int points) {
        long micros = Duration.between(range.from(), range.to()).toNanos() / 1000;
        String slot = slot(place);
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT extract(epoch FROM date_bin(:width * interval '1 microsecond', ts, :from)) * 1000 AS bucket,
                                            min(%1$s), avg(%1$s), max(%1$s), count(*)
                                        FROM ingest.sample
                                        WHERE device = :device AND ts >= :from AND ts < :to AND page = :page AND %1$s IS NOT NULL
                                        GROUP BY 1 ORDER BY 1"""
                                        .formatted(slot))
                        .bind("width", Math.max(1, micros / points))
                        .bind("device", device.number()).bind("from", range.from()).bind("to", range.to())
                        .bind("page", page(place))
                        .map((row, context) -> new Bucket(row.getLong(1), row.getDouble(2), row.getDouble(3),
                                row.getDouble(4), row.getLong(5)))
                        .list());
    }

    /// Every sample of a metric, in the order of time, without holding them.
    public void raw(Device device, int place, TimeRange range, Samples samples) throws InterruptedException {
        database.<Integer, InterruptedException>inTransaction(handle -> {
            Query query = handle.createQuery("""
                    SELECT (extract(epoch FROM ts) * 1000000)::bigint, %1$s FROM ingest.sample
                    WHERE device = :device AND ts >= :from AND ts < :to AND page = :page AND %1$s IS NOT NULL
                    ORDER BY ts""".formatted(slot(place))).setFetchSize(2000).bind("device", device.number())
                    .bind("from", range.from()).bind("to", range.to()).bind("page", page(place));
            try (var rows = query.map((row, context) -> new long[]{row.getLong(1),
                    Double.doubleToRawLongBits(row.getDouble(2))}).iterator()) {
                int count = 0;
                while (rows.hasNext()) {
                    long[] row = rows.next();
                    samples.sample(row[0], Double.longBitsToDouble(row[1]));
                    count++;
                }
                return count;
            }
        });
    }

    /// The newest value of each metric that the device has measured: among its newest rows, and for metrics that are not
    /// there, in the [#LOOK_BACK] before them.
    public Map<String, Value> latest(Device device) {
        ModelMetrics metrics = dictionary.of(device.model());
        return database.jdbi().withHandle(handle -> {
            @Nullable
            Value[] found = new @Nullable Value[metrics.size()];
            Instant newest = newest(handle, device, found);
            if (newest != null) {
                older(handle, device, newest, found);
            }
            Map<String, Value> latest = new LinkedHashMap<>();
            for (int place = 0; place < found.length; place++) {
                Value value = found[place];
                if (value != null) {
                    latest.put(metrics.name(place), value);
                }
            }
            return latest;
        });
    }

    private static @Nullable Instant newest(Handle handle, Device device, @Nullable Value[] found) {
        List<Instant> times = new ArrayList<>();
        handle.createQuery("""
                SELECT s.* FROM generate_series(0, :page) AS p (page) CROSS JOIN LATERAL (
                    SELECT * FROM ingest.sample WHERE device = :device AND page = p.page::smallint
                    ORDER BY ts DESC LIMIT :limit) s
                ORDER BY s.ts DESC""").bind("page", page(Math.max(0, found.length - 1)))
                .bind("device", device.number()).bind("limit", NEWEST_ROWS).map((row, context) -> {
                    Instant at = row.getTimestamp("ts").toInstant();
                    times.add(at);
                    int first = row.getInt("page") * Slots.COUNT;
                    for (int slot = 0; slot < Slots.COUNT && first + slot < found.length; slot++) {
                        double value = row.getDouble("v" + slot);
                        if (!row.wasNull() && found[first + slot] == null) {
                            found[first + slot] = new Value(millis(at), value);
                        }
                    }
                    return at;
                }).list();
        return times.isEmpty() ? null : times.getFirst();
    }

    private static void older(Handle handle, Device device, Instant newest, @Nullable Value[] found) {
        for (int place = 0; place < found.length; place++) {
            if (found[place] != null) {
                continue;
            }
            found[place] = handle.createQuery("""
                    SELECT ts, %1$s FROM ingest.sample WHERE device = :device AND page = :page
                    AND ts > :since AND %1$s IS NOT NULL ORDER BY ts DESC LIMIT 1""".formatted(slot(place)))
                    .bind("device", device.number()).bind("page", page(place))
                    .bind("since", newest.minus(LOOK_BACK))
                    .map((row, context) -> new Value(millis(row.getTimestamp(1).toInstant()),
                            row.getDouble(2)))
                    .findOne().orElse(null);
        }
    }

    /// The device's text values.
    public Map<String, Text> attributes(Device device) {
        Map<String, Text> attributes = new LinkedHashMap<>();
        database.jdbi().useHandle(handle -> handle
                .createQuery(
                        "SELECT name, value, changed_at FROM ingest.attribute WHERE device = :device ORDER BY name")
                .bind("device", device.number())
                .map((row, context) -> attributes.put(row.getString(1),
                        new Text(row.getTimestamp(3).toInstant(), row.getString(2))))
                .list());
        return attributes;
    }

    private static double millis(Instant at) {
        return at.getEpochSecond() * 1000.0 + at.getNano() / 1_000_000.0;
    }

    private static String slot(int place) {
        return "v" + place % Slots.COUNT;
    }

    private static int page(int place) {
        return place / Slots.COUNT;
    }
}
