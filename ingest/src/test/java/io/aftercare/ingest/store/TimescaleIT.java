package io.aftercare.ingest.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.DatabaseConfig;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.IngestConfig;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.jupiter.api.Test;

/// The same on a real TimescaleDB: in a database of its own on the server that `AFTERCARE_TEST_TIMESCALE_URL` names (a JDBC URL of a
/// database there; `…_USER` and `…_PASSWORD` say who connects, and may make databases).
class TimescaleIT {
    private static final String URL = "AFTERCARE_TEST_TIMESCALE_URL";

    private static String setting(String name, String standard) {
        return Objects.requireNonNullElse(System.getenv(name), standard);
    }

    @Test
    void timescaleCompressesSumsUpAndTakesLateSamples() throws Exception {
        String url = setting(URL, "");
        assumeTrue(!url.isEmpty(), URL + " names no TimescaleDB, so what runs on one is not tested here");
        var server = new DatabaseConfig(url, setting("AFTERCARE_TEST_TIMESCALE_USER", "postgres"),
                setting("AFTERCARE_TEST_TIMESCALE_PASSWORD", ""));
        String name = "aftercare_test_" + System.nanoTime();
        String own = url.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        try (Database admin = Database.open(server, 1)) {
            admin.jdbi().useHandle(handle -> handle.execute("CREATE DATABASE " + name));
            try (Database database = Database.open(new DatabaseConfig(own, server.user(), server.password()),
                    10)) {
                assertThat(database.hasTimescale()).as("the server offers TimescaleDB").isTrue();
                database.migrate(List.of("fleet", "ingest"));
                walk(database);
            } finally {
                admin.jdbi().useHandle(handle -> handle.execute("DROP DATABASE " + name + " WITH (FORCE)"));
            }
        }
    }

    private static void walk(Database database) throws Exception {
        try (Harness harness = new Harness(database, IngestConfig.of(Harness.mqtt()),
                _ -> Diagnosis.none())) {
            // As at the next start: everything is there already.
            Timescale.prepare(database, Retention.DEFAULT);
            Device device = harness.device("T-1");
            MqttClient client = harness.client("T-1");
            long day = Instant.now().minus(Duration.ofDays(5)).toEpochMilli() / 86_400_000 * 86_400_000;
            for (int i = 0; i < 48; i++) {
                publish(client, day + i * 1_800_000L, i);
            }
            database.jdbi().useHandle(handle -> handle
                    .execute(
                            "SELECT compress_chunk(c, if_not_compressed => true) FROM show_chunks('ingest.sample') c"));
            for (Level level : Level.values()) {
                database.jdbi().useHandle(handle -> handle
                        .execute("CALL refresh_continuous_aggregate('" + Timescale.view(level)
                                + "', NULL, NULL)"));
            }
            publish(client, day + 1000, 100); // late, into what is compressed
            publish(client, day, 0); // and again
            TelemetryQuery query = new TelemetryQuery(database, harness.dictionary);
            Map<String, Integer> places = query.places(device, List.of("m"));
            var range = new TimeRange(Instant.ofEpochMilli(day), Instant.ofEpochMilli(day + 86_400_000));
            for (int points : new int[]{1, 4, 24, 500}) {
                List<TelemetryQuery.Bucket> buckets = Objects
                        .requireNonNull(query.buckets(device, places, range, points).get("m"));
                assertThat(buckets.stream().mapToLong(TelemetryQuery.Bucket::count).sum())
                        .isGreaterThanOrEqualTo(48);
            }
            int[] raw = {0};
            query.raw(device, Objects.requireNonNull(places.get("m")), range, (_, _) -> raw[0]++);
            assertThat(raw[0]).isEqualTo(49);
            client.disconnect();
            client.close();
        }
    }

    private static void publish(MqttClient client, long ts, int value) throws Exception {
        client.publish("devices/T-1/telemetry",
                ("{\"ts\":" + ts + ",\"values\":{\"m\":" + value + "}}").getBytes(UTF_8), 1, false);
    }
}
