package io.aftercare.ingest.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.Harness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Samples on their whole way, from the device through rows and segments to the answers, beside a plain model.
class StorekeepingIT {
    private static final int DAYS = 6;
    private static final int METRICS = 20;
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static Retention retention(int rawDays) {
        Retention standard = Retention.DEFAULT;
        return new Retention(Duration.ofDays(rawDays), standard.minutes(), standard.hours(), standard.days(),
                standard.events(), standard.connectivity(), standard.attributeHistory(),
                standard.quarantine(),
                Optional.of(Duration.ofDays(1)));
    }

    /// A keeper as after a restart: it knows nothing but what the database holds.
    private static Storekeeper keeper(long freezeBytesMin, int rawDays, Instant now) {
        return new Storekeeper(harness.database, new Partitions(harness.database), retention(rawDays),
                () -> now,
                new Storekeeper.Steps(40, freezeBytesMin));
    }

    /// What a device has sent: moment (milliseconds) → metric → the first value that came for it.
    private static final class Model {
        private final TreeMap<Long, Map<String, Double>> samples = new TreeMap<>();
        private final List<String> sent = new ArrayList<>();
        private final Random random;
        private final long first;

        Model(Random random, Instant now) {
            this.random = random;
            this.first = now.minus(Duration.ofDays(DAYS)).toEpochMilli();
        }

        String message() {
            if (!sent.isEmpty() && random.nextInt(5) == 0) {
                return sent.get(random.nextInt(sent.size()));
            }
            // On a coarse grid, so that moments meet; the whole range, so that much of it is late.
            long ts = first + random.nextInt(DAYS * 24 * 12) * 300_000L;
            StringBuilder text = new StringBuilder("{\"ts\":" + ts + ",\"values\":{");
            int metric = random.nextInt(METRICS - 2);
            Map<String, Double> values = samples.computeIfAbsent(ts, _ -> new TreeMap<>());
            for (int i = 0; i < 3; i++) {
                double value = i == 2 ? random.nextDouble() : random.nextInt(10_000) / 100.0;
                text.append(i == 0 ? "" : ",").append("\"m").append(metric + i).append("\":").append(value);
                values.putIfAbsent("m" + (metric + i), value);
            }
            sent.add(text.append("}}").toString());
            return sent.getLast();
        }

        Map<Long, Double> of(String metric, long from, long to) {
            TreeMap<Long, Double> values = new TreeMap<>();
            samples.subMap(from, to).forEach((ts, sample) -> {
                Double value = sample.get(metric);
                if (value != null) {
                    values.put(ts, value);
                }
            });
            return values;
        }
    }

    private static void publish(MqttClient client, String id, List<String> payloads) throws Exception {
        List<MqttToken> tokens = new ArrayList<>();
        for (String payload : payloads) {
            tokens.add(client.getTopic("devices/" + id + "/telemetry")
                    .publish(new MqttMessage(payload.getBytes(UTF_8), 1, false, null)));
        }
        for (MqttToken token : tokens) {
            token.waitForCompletion(30_000);
        }
    }

    private static void publish(MqttClient client, String id, Model model, int messages) throws Exception {
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            payloads.add(model.message());
        }
        publish(client, id, payloads);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lateDoubledAndSplitSamplesAddUpWhateverIsPackedWhen(long seed) throws Exception {
        Random random = new Random(seed);
        Instant now = Instant.now();
        Device device = harness.device("K-" + seed);
        MqttClient client = harness.client("K-" + seed);
        Model model = new Model(random, now);
        Latest latest = new Latest(harness.database, harness.dictionary);
        for (int round = 0; round < 8; round++) {
            publish(client, "K-" + seed, model, 60);
            work(random, now);
            compare(model, device, random, "seed %d, round %d".formatted(seed, round));
            if (round % 3 == 0) {
                compareLatest(model, device, latest, "seed %d, round %d".formatted(seed, round));
                latest = new Latest(harness.database, harness.dictionary);
            }
        }
        client.disconnect();
        client.close();
    }

    // Each step of the work is a transaction, so a crash leaves what is after some of the steps.
    private static void work(Random random, Instant now) throws Exception {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate some = today.minusDays(2 + random.nextInt(DAYS - 2));
        Partitions partitions = new Partitions(harness.database);
        switch (random.nextInt(5)) {
            case 0 -> keeper(0, 36_500, now).round();
            case 1 -> keeper(Long.MAX_VALUE, 36_500, now).round();
            case 2 -> freeze(partitions, some);
            case 3 -> {
                freeze(partitions, some);
                Packer packer = new Packer(harness.database, 1);
                for (Partitions.Part part : partitions.list("ingest.frozen")) {
                    List<Packer.Range> ranges = packer.ranges(part.table());
                    if (!ranges.isEmpty()) {
                        packer.copy(part.table(), ranges.getLast(), today, today.minusDays(36_500));
                    }
                }
            }
            default -> partitions.ensureToday(now);
        }
    }

    private static void freeze(Partitions partitions, LocalDate day) {
        boolean frozen = partitions.list("ingest.frozen").stream().anyMatch(part -> day.equals(part.day()));
        boolean there = partitions.list("ingest.sample").stream().anyMatch(part -> day.equals(part.day()));
        if (there && !frozen) {
            partitions.freeze(day);
        }
    }

    private static void compare(Model model, Device device, Random random, String where) throws Exception {
        TelemetryQuery query = new TelemetryQuery(harness.database, harness.dictionary);
        Map<String, Integer> places = query.places(device, List.of("m0", "m7", "m15", "m16", "m19"));
        long begin = model.first;
        long end = begin + Duration.ofDays(DAYS + 1).toMillis();
        for (Map.Entry<String, Integer> metric : places.entrySet()) {
            TreeMap<Long, Double> raw = new TreeMap<>();
            int[] count = {0};
            query.raw(device, metric.getValue(), range(begin, end), (micros, value) -> {
                raw.put(micros / 1000, value);
                count[0]++;
            });
            assertThat(raw).as(where + " " + metric.getKey())
                    .isEqualTo(model.of(metric.getKey(), begin, end));
            assertThat(count[0]).as(where).isEqualTo(raw.size());
        }
        for (int i = 0; i < 4; i++) {
            long from = begin + random.nextLong(end - begin - 1);
            long to = from + 1 + random.nextLong(end - from);
            TimeRange range = range(from, to);
            int points = List.of(1, 7, 100, 500).get(random.nextInt(4));
            BucketPlan plan = BucketPlan.of(range, points);
            query.buckets(device, places, range, points).forEach((name, buckets) -> {
                String what = where + " " + name + " " + range + " in " + points;
                Map<Long, DoubleSummaryStatistics> expected = new TreeMap<>();
                model.of(name, from, to).forEach((ts, value) -> expected
                        .computeIfAbsent(plan.start(plan.index(ts * 1000)) / 1000,
                                _ -> new DoubleSummaryStatistics())
                        .accept(value));
                assertThat(buckets).as(what).hasSizeLessThanOrEqualTo(points);
                assertThat(buckets.stream().map(TelemetryQuery.Bucket::ts)).as(what)
                        .containsExactlyElementsOf(expected.keySet());
                for (TelemetryQuery.Bucket bucket : buckets) {
                    DoubleSummaryStatistics naive = Objects.requireNonNull(expected.get(bucket.ts()));
                    assertThat(bucket.count()).as(what).isEqualTo(naive.getCount());
                    assertThat(bucket.min()).as(what).isEqualTo(naive.getMin());
                    assertThat(bucket.max()).as(what).isEqualTo(naive.getMax());
                    assertThat(bucket.avg()).as(what).isCloseTo(naive.getAverage(), within(1e-7));
                }
            });
        }
    }

    private static void compareLatest(Model model, Device device, Latest latest, String where) {
        Map<String, Double> expected = new TreeMap<>();
        model.samples.values().forEach(expected::putAll);
        Map<String, Double> found = new TreeMap<>();
        latest.of(device, (metric, _, value) -> found.put(metric, value));
        assertThat(found).as(where).isEqualTo(expected);
    }

    private static TimeRange range(long from, long to) {
        return new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    @Test
    void whoReadsWhileItIsPackedMissesNothingAndSeesNothingTwice() throws Exception {
        Instant now = Instant.now();
        Device device = harness.device("K-busy");
        MqttClient client = harness.client("K-busy");
        Model model = new Model(new Random(9), now);
        publish(client, "K-busy", model, 300);
        TelemetryQuery query = new TelemetryQuery(harness.database, harness.dictionary);
        Map<String, Integer> places = query.places(device, List.of("m5", "m17"));
        TimeRange all = range(model.first, model.first + Duration.ofDays(DAYS + 1).toMillis());
        List<Throwable> troubles = new ArrayList<>();
        Thread packing = Thread.ofVirtual().start(() -> {
            try {
                keeper(0, 36_500, now).round();
                keeper(0, 36_500, now).round();
            } catch (Exception | AssertionError e) {
                troubles.add(e);
            }
        });
        int looks = 0;
        while (packing.isAlive() || looks < 3) {
            query.buckets(device, places, all, 5).forEach((name, buckets) -> assertThat(
                    buckets.stream().mapToLong(TelemetryQuery.Bucket::count).sum()).as(name)
                    .isEqualTo(model.of(name, 0, Long.MAX_VALUE).size()));
            looks++;
        }
        assertThat(troubles).isEmpty();
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.segment WHERE device = "
                + device.number())).isPositive();
        client.disconnect();
        client.close();
    }

    @Test
    void whatIsBeyondItsRetentionGoesAndItsSumsStay() throws Exception {
        Instant now = Instant.now();
        Device device = harness.device("K-old");
        MqttClient client = harness.client("K-old");
        long day = now.minus(Duration.ofDays(3)).toEpochMilli() / 86_400_000 * 86_400_000;
        publish(client, "K-old", List.of("{\"ts\":" + (day + 1000) + ",\"values\":{\"m0\":1}}",
                "{\"ts\":" + (day + 2000) + ",\"values\":{\"m0\":2}}"));
        keeper(0, 36_500, now).round();
        Instant later = now.plus(Duration.ofDays(10));
        keeper(0, 5, later).round();
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.segment WHERE device = "
                + device.number())).isZero();
        TelemetryQuery query = new TelemetryQuery(harness.database, harness.dictionary);
        Map<String, Integer> places = query.places(device, List.of("m0"));
        TimeRange range = range(day, day + 86_400_000);
        assertThat(query.buckets(device, places, range, 500).get("m0"))
                .containsExactly(new TelemetryQuery.Bucket(day, 1, 1.5, 2, 2));
        // What comes for that day now is added to the sums.
        publish(client, "K-old", List.of("{\"ts\":" + (day + 3000) + ",\"values\":{\"m0\":6}}"));
        keeper(0, 5, later).round();
        assertThat(query.buckets(device, places, range, 500).get("m0"))
                .containsExactly(new TelemetryQuery.Bucket(day, 1, 3, 6, 3));
        // With a store of its own for that long, what is very old is kept from the day on which it came.
        publish(client, "K-old", List.of("{\"ts\":1000000000000,\"values\":{\"m0\":5}}"));
        keeper(0, 5, now).round();
        assertThat(query.buckets(device, places, range(999_999_999_000L, 1_000_000_001_000L), 1).get("m0"))
                .extracting(TelemetryQuery.Bucket::count).containsExactly(1L);
        keeper(0, 5, later).round();
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.segment WHERE device = "
                + device.number())).isZero();
        client.disconnect();
        client.close();
    }

    @Test
    void peopleFindTheSameInSqlUnderTheMetricsNames() throws Exception {
        Instant now = Instant.now();
        Device device = harness.device("K-sql");
        MqttClient client = harness.client("K-sql");
        Model model = new Model(new Random(11), now);
        publish(client, "K-sql", model, 250);
        keeper(Long.MAX_VALUE, 36_500, now).round();
        publish(client, "K-sql", model, 50);
        new ProductViews(harness.database, harness.dictionary).refresh();
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.segment WHERE device = "
                + device.number())).isPositive();
        for (String metric : List.of("m0", "m6", "m17")) {
            Map<Long, Double> found = new TreeMap<>();
            harness.database.jdbi().useHandle(handle -> handle.createQuery("SELECT ts, " + metric
                    + " FROM ingest.printer('K-sql', now() - interval '10 days', now()) WHERE " + metric
                    + " IS NOT NULL")
                    .map((row, context) -> found.put(row.getTimestamp(1).getTime(), row.getDouble(2)))
                    .list());
            assertThat(found).as(metric).isEqualTo(model.of(metric, 0, Long.MAX_VALUE));
        }
        client.disconnect();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45, 46})
    void sqlReadsEverySegmentAsJavaDoes(long seed) {
        SampleBlock block = CodecTest.block(new Random(seed));
        Map<Long, List<Double>> expected = new TreeMap<>();
        while (block.next()) {
            List<Double> row = new ArrayList<>();
            for (int slot = 0; slot < Slots.COUNT; slot++) {
                row.add((block.present() & 1 << slot) == 0 ? null : block.value(slot));
            }
            expected.put(block.micros(), row);
        }
        Map<Long, List<Double>> found = new TreeMap<>();
        harness.database.jdbi().useHandle(handle -> handle.createQuery(
                "SELECT (extract(epoch FROM ts) * 1000000)::bigint, * FROM ingest.read_segment(:data)")
                .bind("data", SegmentCodec.encode(block)).map((row, context) -> {
                    List<Double> values = new ArrayList<>();
                    for (int slot = 0; slot < Slots.COUNT; slot++) {
                        double value = row.getDouble("v" + slot);
                        values.add(row.wasNull() ? null : value);
                    }
                    return found.put(row.getLong(1), values);
                }).list());
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
}
