package io.aftercare.ingest.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.telemetry.Format;
import io.aftercare.ingest.telemetry.Quarantine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuarantineIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static List<Kept> kept(Device device) {
        return new KeptMessages(harness.database).of(device, null, 1000);
    }

    private static void append(Device device, Instant at, String topic, byte[] payload, Format format)
            throws SQLException {
        var entry = new Quarantine.Entry(device, at, topic, "not-json", "no JSON", format, payload, false);
        harness.database.useTransaction(
                handle -> Quarantine.append(handle.getConnection(), List.of(entry, entry)));
    }

    @Test
    void whatIsAlikeIsOneRowWithItsCountAndAFloodIsOnlyCounted() throws Exception {
        Device device = harness.device("Q-1");
        MqttClient client = harness.client("Q-1");
        for (int i = 0; i < 5; i++) {
            client.publish("devices/Q-1/telemetry", "nonsense".getBytes(UTF_8), 1, false);
        }
        assertThat(kept(device)).singleElement().satisfies(one -> {
            assertThat(one.count()).isEqualTo(5);
            assertThat(one.code()).isEqualTo("not-json");
            assertThat(one.last()).isAfter(one.at());
        });
        for (int i = 0; i < 400; i++) {
            client.publish("devices/Q-1/telemetry", ("nonsense " + i).getBytes(UTF_8), 1, false);
        }
        assertThat(kept(device)).hasSizeLessThan(220); // a hundred a minute, over a minute's end perhaps
        assertThat(kept(device).stream().mapToLong(Kept::count).sum()).isEqualTo(405);
        client.publish("devices/Q-1/event", "{}".getBytes(UTF_8), 1, false);
        assertThat(kept(device).getFirst()).satisfies(one -> {
            assertThat(one.topic()).isEqualTo("event");
            assertThat(one.reason()).contains("code of 1 to 64");
        });
        client.disconnect();
    }

    @Test
    void aReplayStoresWithTheTimeOfArrivalOnceHoweverOftenItIsDone() throws Exception {
        Device device = harness.device("Q-2");
        Instant at = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        append(device, at, "telemetry", "{\"a\":1}".getBytes(UTF_8), Format.JSON);
        append(device, at, "event", "{\"code\":\"boot\"}".getBytes(UTF_8), Format.JSON);
        append(device, at, "telemetry", "still bad".getBytes(UTF_8), Format.JSON);
        var replay = harness.ingest.replay();
        List<String> outcomes = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (Kept one : kept(device)) {
                outcomes.add(one.topic() + " " + replay.again(device, one).getClass().getSimpleName());
            }
        }
        assertThat(outcomes).containsExactly("telemetry StillBad", "event Stored", "telemetry Stored",
                "telemetry StillBad", "event Stored", "telemetry Stored");
        assertThat(harness.one(Integer.class, "SELECT count(*) FROM ingest.sample WHERE device = "
                + device.number() + " AND ts = '" + at + "'")).isEqualTo(1);
        assertThat(harness.one(Integer.class,
                "SELECT count(*) FROM ingest.event WHERE at = '" + at + "' AND device = "
                        + device.number()))
                .isEqualTo(1);
        assertThat(kept(device)).hasSize(3).allMatch(one -> one.count() == 2);
        harness.database.useTransaction(handle -> {
            Kept first = kept(device).getFirst();
            assertThat(new KeptMessages(harness.database).remove(handle, first)).isTrue();
            assertThat(new KeptMessages(harness.database).remove(handle, first)).isFalse();
        });
    }

    @Test
    void theOldestGoWhereThereIsTooMuch() throws Exception {
        Device device = harness.device("Q-3");
        Device other = harness.device("Q-4");
        Instant now = Instant.now();
        for (int i = 0; i < 20; i++) {
            append(device, now.plusSeconds(i), "telemetry", ("bad " + i).getBytes(UTF_8), Format.JSON);
        }
        append(other, now.minus(Duration.ofDays(40)), "telemetry", "old".getBytes(UTF_8), Format.CBOR);
        append(other, now, "telemetry", "new".getBytes(UTF_8), Format.CBOR);
        var registry = new SimpleMeterRegistry();
        new Expiry(harness.database, new Expiry.Limits(Duration.ofDays(30), 8, 100_000, 1 << 30), registry)
                .round();
        assertThat(kept(device)).hasSize(8).extracting(one -> new String(one.payload(), UTF_8))
                .startsWith("bad 19", "bad 18").endsWith("bad 12");
        assertThat(kept(other)).singleElement()
                .satisfies(one -> assertThat(one.format()).isEqualTo(Format.CBOR));
        assertThat(registry.get("aftercare.ingest.quarantine.expired").tag("cause", "age").counter().count())
                .isEqualTo(1);
        assertThat(new KeptMessages(harness.database).heaps("printer", null, 10))
                .anyMatch(heap -> heap.code().equals("not-json") && heap.messages() >= 18);
    }
}
