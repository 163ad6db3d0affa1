package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Looks at what is stored. Thread-safe; blocks.
public final class TelemetryQuery {
    private final Database database;
    private final MetricDictionary dictionary;

    /// One bucket of a metric; `ts` is where it begins, milliseconds since 1970.
    public record Bucket(long ts, double min, double avg, double max, long count) {}

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

    /// Metrics in at most `points` buckets of equal length, by name; buckets without a sample are left out. Metrics of one
    /// page are read together.
    public Map<String, List<Bucket>> buckets(Device device, Map<String, Integer> places, TimeRange range,
            int points) {
        BucketPlan plan = BucketPlan.of(range, points);
        Map<Integer, Integer> pages = new TreeMap<>();
        places.values()
                .forEach(place -> pages.merge(Slots.page(place), 1 << Slots.slot(place), (a, b) -> a | b));
        boolean timescale = database.hasTimescale();
        return Snapshot.<Map<String, List<Bucket>>, RuntimeException>of(database, connection -> {
            Map<Integer, Buckets> read = new TreeMap<>();
            for (Map.Entry<Integer, Integer> page : pages.entrySet()) {
                var query = new BucketQuery(connection, device.number(), page.getKey(),
                        plan,
                        page.getValue());
                read.put(page.getKey(), timescale ? query.runOnTimescale() : query.run());
            }
            Map<String, List<Bucket>> buckets = new LinkedHashMap<>();
            places.forEach((name, place) -> buckets.put(name,
                    Objects.requireNonNull(read.get(Slots.page(place))).of(Slots.slot(place))));
            return buckets;
        });
    }

    /// Every sample of a metric, in the order of time, without holding them.
    public void raw(Device device, int place, TimeRange range, Samples samples) throws InterruptedException {
        int slot = Slots.slot(place);
        Snapshot.<Integer, InterruptedException>of(database, connection -> {
            int count = 0;
            try (var stored = new StoredRange(connection, device.number(), Slots.page(place),
                    BucketPlan.micros(range.from()), BucketPlan.micros(range.to()))) {
                while (stored.next()) {
                    if ((stored.present() & 1 << slot) != 0) {
                        samples.sample(stored.micros(), stored.value(slot));
                        count++;
                    }
                }
            }
            return count;
        });
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
}
