package io.aftercare.ingest.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.quarantine.Kept;
import io.aftercare.ingest.quarantine.KeptMessages;
import io.aftercare.ingest.store.TelemetryQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttPubAck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What becomes of telemetry in the store.
class StoringIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    /// The reason codes of the answers.
    private static List<Integer> publish(MqttClient client, String id, List<String> payloads)
            throws Exception {
        List<MqttToken> tokens = new ArrayList<>();
        for (String payload : payloads) {
            tokens.add(client.getTopic("devices/" + id + "/telemetry")
                    .publish(new MqttMessage(payload.getBytes(UTF_8), 1, false, null)));
        }
        List<Integer> codes = new ArrayList<>();
        for (MqttToken token : tokens) {
            token.waitForCompletion(30_000);
            codes.add(((MqttPubAck) token.getResponse()).getReturnCode());
        }
        return codes;
    }

    private static int count(Device device) {
        return harness.one(Integer.class,
                "SELECT count(*) FROM ingest.sample WHERE device = " + device.number());
    }

    @Test
    void badPayloadsAreKeptWithTheirReasonAndDisturbNobody() throws Exception {
        Device device = harness.device("S-1");
        MqttClient client = harness.client("S-1");
        List<Integer> codes = publish(client, "S-1",
                List.of("{\"a\":1}", "nonsense", "{\"a\":NaN}", "{\"b c\":1}",
                        "{\"a\":\"" + "x".repeat(70_000) + "\"}", "{\"a\":2}"));
        assertThat(codes).containsExactly(0, 0x99, 0x99, 0x99, 0x99, 0);
        assertThat(count(device)).isEqualTo(2);
        List<Kept> kept = new KeptMessages(harness.database).of(device, null, 10);
        assertThat(kept).extracting(Kept::reason).containsExactly(BadPayload.TOO_LARGE.text(),
                BadPayload.BAD_NAME.text(), BadPayload.NOT_FINITE.text(), BadPayload.NOT_JSON.text());
        assertThat(kept.getFirst().size()).isEqualTo(70_008);
        assertThat(kept.getFirst().payload()).hasSize(Quarantine.KEPT_BYTES_MAX);
        client.disconnect();
        client.close();
    }

    @Test
    void valuesThatTheDatabaseRefusesStopNothing() throws Exception {
        harness.database.jdbi().useHandle(
                handle -> handle.execute(
                        "ALTER TABLE ingest.sample ADD CONSTRAINT odd CHECK (device <> -1 AND v0 <> 666)"));
        Device device = harness.device("S-2");
        MqttClient client = harness.client("S-2");
        String first = harness.dictionary.of("printer").size() > 0
                ? harness.dictionary.of("printer").name(0)
                : "a";
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            payloads.add("{\"ts\":" + (1_760_000_000_000L + i) + ",\"values\":{\"" + first + "\":"
                    + (i % 13 == 5 ? 666 : i) + "}}");
        }
        List<Integer> codes = publish(client, "S-2", payloads);
        assertThat(codes.stream().filter(code -> code == 0x99)).hasSize(3);
        assertThat(count(device)).isEqualTo(37);
        assertThat(new KeptMessages(harness.database).of(device, null, 10)).hasSize(3)
                .extracting(Kept::reason)
                .containsOnly(BadPayload.REFUSED.text());
        client.disconnect();
        client.close();
        harness.database.jdbi()
                .useHandle(handle -> handle.execute("ALTER TABLE ingest.sample DROP CONSTRAINT odd"));
    }

    @Test
    void repeatedLateAndSplitMessagesAddUpAsInAPlainModel() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Device device = harness.device("S-3");
        MqttClient client = harness.client("S-3");
        // moment → metric → the first value that came for it
        Map<Long, Map<String, Double>> model = new TreeMap<>();
        List<String> sent = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            List<String> payloads = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                if (random.nextInt(4) == 0 && !sent.isEmpty()) {
                    payloads.add(sent.get(random.nextInt(sent.size())));
                    continue;
                }
                String payload = message(random, model);
                sent.add(payload);
                payloads.add(payload);
            }
            assertThat(publish(client, "S-3", payloads)).as("seed %d", seed).containsOnly(0);
        }
        Map<Long, Map<String, Double>> stored = new TreeMap<>();
        var metrics = harness.dictionary.of("printer");
        harness.database.jdbi().useHandle(handle -> handle
                .createQuery("SELECT * FROM ingest.sample WHERE device = :device")
                .bind("device", device.number())
                .map((row, context) -> {
                    Map<String, Double> values = stored.computeIfAbsent(row.getTimestamp("ts").getTime(),
                            _ -> new TreeMap<>());
                    for (int slot = 0; slot < 16; slot++) {
                        double value = row.getDouble("v" + slot);
                        if (!row.wasNull()) {
                            values.put(metrics.name(row.getInt("page") * 16 + slot), value);
                        }
                    }
                    return values;
                }).list());
        assertThat(stored).as("seed %d", seed).isEqualTo(model);
        client.disconnect();
        client.close();
    }

    private static String message(Random random, Map<Long, Map<String, Double>> model) {
        // Few moments and many metrics, over days and pages, so that they meet.
        long ts = 1_764_000_000_000L + random.nextInt(200) * 7_200_000L;
        StringBuilder text = new StringBuilder("{\"ts\":" + ts + ",\"values\":{");
        Map<String, Double> values = model.computeIfAbsent(ts, _ -> new TreeMap<>());
        int first = random.nextInt(40);
        for (int i = 0; i < 3; i++) {
            String name = "s" + (first + i);
            double value = random.nextInt(1000);
            text.append(i == 0 ? "" : ",").append('"').append(name).append("\":").append(value);
            values.putIfAbsent(name, value);
        }
        return text.append("}}").toString();
    }

    @Test
    void textValuesKeepTheHistoryOfTheirChanges() throws Exception {
        Device device = harness.device("S-4");
        MqttClient client = harness.client("S-4");
        publish(client, "S-4",
                List.of("{\"ts\":1000,\"values\":{\"mode\":\"a\"}}",
                        "{\"ts\":2000,\"values\":{\"mode\":\"a\"}}",
                        "{\"ts\":3000,\"values\":{\"mode\":\"b\"}}",
                        "{\"ts\":4000,\"values\":{\"mode\":\"b\\u0000c\"}}"));
        List<String> history = harness.database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT value FROM ingest.attribute_history WHERE device = :device ORDER BY changed_at")
                .bind("device", device.number()).mapTo(String.class).list());
        assertThat(history).containsExactly("a", "b", "b\uFFFDc");
        var query = new TelemetryQuery(harness.database, harness.dictionary);
        assertThat(query.attributes(device).values()).extracting(TelemetryQuery.Text::value)
                .containsExactly("b\uFFFDc");
        client.disconnect();
        client.close();
    }
}
