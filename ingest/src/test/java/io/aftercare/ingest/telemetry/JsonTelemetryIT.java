package io.aftercare.ingest.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The scanner against the protocol's words and against Jackson. With a database, because new metrics get their places there.
class JsonTelemetryIT {
    private static Database database;
    private static Reading reading;

    @BeforeAll
    static void start() {
        database = TestDatabase.create("ingest");
        database.jdbi().useHandle(handle -> handle
                .execute("INSERT INTO fleet.product (model, name, document) VALUES ('printer', 'P', '{}')"));
        reading = new Reading(new MetricDictionary(database));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static void good(String payload, Reading.Said... expected) {
        assertThat(reading.read(payload)).as(payload).isNull();
        assertThat(reading.said).as(payload).containsExactly(expected);
    }

    private static void bad(String payload, BadPayload reason) {
        assertThat(reading.read(payload)).as(payload).isEqualTo(reason);
        assertThat(reading.said).as(payload).isEmpty();
    }

    private static Reading.Said said(long millis, Object... values) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < values.length; i += 2) {
            map.put((String) values[i], values[i + 1]);
        }
        return new Reading.Said(millis < 0 ? -1 : millis * 1000, map);
    }

    @Test
    void everyFormOfTheProtocolIsUnderstood() {
        good("{\"fuser_temp\":201.5,\"door_open\":false}", said(-1, "door_open", 0.0, "fuser_temp", 201.5));
        good(" { \"ts\" : 1000 , \"values\" : { \"a\" : -1.5e3 , \"b\":true } } ",
                said(1000, "a", -1500.0, "b", 1.0));
        good("{\"values\":{\"a\":1},\"ts\":5}", said(5, "a", 1.0));
        good("[{\"ts\":2,\"values\":{\"a\":2}},{\"ts\":1,\"values\":{\"a\":1}},{\"a\":3}]", said(2, "a", 2.0),
                said(1, "a", 1.0), said(-1, "a", 3.0));
        good("{\"motor\":{\"rpm\":5,\"coil\":{\"t\":1}},\"list\":[7,[8]]}",
                said(-1, "list.0", 7.0, "list.1.0", 8.0, "motor.coil.t", 1.0, "motor.rpm", 5.0));
        good("{\"a\":null,\"b\":2}", said(-1, "b", 2.0));
        good("{\"ts\":5,\"values\":{\"mode\":\"pr\\u0069nt \\\"ä\\\"\",\"a\":1}}",
                said(5, "mode", "print \"ä\""), said(5, "a", 1.0));
        good("{\"a\":1,\"a\":2}", said(-1, "a", 2.0));
        good("{}");
        good("[]");
    }

    @Test
    void everyBadPayloadGetsItsReasonAndNothingOfItIsTaken() {
        for (String payload : List.of("", " ", "{", "{\"a\":}", "{\"a\":1", "{\"a\":1}}", "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":tru}", "{a:1}", "{\"a\":1,}",
                "[{\"a\":1},]",
                "{\"a\":\"\\x\"}", "{\"a\":\"\n\"}", "nonsense", "{\"a\":\"\\u12g4\"}", "{\"a\" 1}",
                "[{\"a\":1}")) {
            bad(payload, BadPayload.NOT_JSON);
        }
        // Found by fuzzing: the byte -1 is not the end.
        assertThat(reading.read(new byte[]{'[', ']', (byte) 0xff})).isEqualTo(BadPayload.NOT_JSON);
        bad("5", BadPayload.NOT_AN_OBJECT);
        bad("\"x\"", BadPayload.NOT_AN_OBJECT);
        bad("[1]", BadPayload.NOT_AN_OBJECT);
        bad("[{\"a\":1},[{\"a\":1}]]", BadPayload.NOT_AN_OBJECT);
        bad("{\"a\":NaN}", BadPayload.NOT_FINITE);
        bad("{\"a\":-Infinity}", BadPayload.NOT_FINITE);
        bad("{\"a\":1e999}", BadPayload.NOT_FINITE);
        bad("{\"\":1}", BadPayload.BAD_NAME);
        bad("{\"a b\":1}", BadPayload.BAD_NAME);
        bad("{\"ä\":1}", BadPayload.BAD_NAME);
        bad("{\"" + "x".repeat(65) + "\":1}", BadPayload.BAD_NAME);
        bad("{\"" + "x".repeat(40) + "\":{\"" + "y".repeat(40) + "\":1}}", BadPayload.BAD_NAME);
        bad("{\"a\":".repeat(9) + "1" + "}".repeat(9), BadPayload.TOO_DEEP);
        bad("{\"ts\":\"now\",\"values\":{\"a\":1}}", BadPayload.BAD_TIME);
        bad("{\"ts\":-1,\"values\":{\"a\":1}}", BadPayload.BAD_TIME);
        bad("{\"ts\":1e300,\"values\":{\"a\":1}}", BadPayload.TIME_AHEAD);
        bad("{\"ts\":" + (Reading.NOW / 1000 + 86_400_001) + ",\"values\":{\"a\":1}}", BadPayload.TIME_AHEAD);
        StringBuilder many = new StringBuilder("{\"m0\":0");
        for (int i = 1; i <= 256; i++) {
            many.append(",\"m").append(i).append("\":1");
        }
        bad(many + "}", BadPayload.TOO_MANY_VALUES);
        bad("[{\"ts\":1,\"values\":{\"a\":1}},{\"ts\":2,\"values\":{\"a\":NaN}}]", BadPayload.NOT_FINITE);
    }

    @Test
    void nineteenRandomDigitsAreReadAsJavaReadsThem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String number = number(random);
            assertThat(reading.read("{\"a\":" + number + "}")).as("seed %d: %s", seed, number).isNull();
            assertThat(reading.said.getFirst().values().get("a")).as("seed %d: %s", seed, number)
                    .isEqualTo(Double.parseDouble(number));
        }
    }

    private static String number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 2 -> random.nextInt(1000) + "." + (random.nextLong() >>> 1);
            default -> random.nextInt(100_000) + "e" + (random.nextInt(500) - 280);
        };
    }

    @Test
    void whatJacksonUnderstandsIsUnderstoodAlikeAndWhatItDoesNotIsRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = Json.text(object(random, 0)).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(3) == 0 && payload.length > 0) {
                payload[random.nextInt(payload.length)] = (byte) "{}[],:\"\\0a \u0000\u00ff"
                        .charAt(random.nextInt(13));
            }
            compare(payload, "seed " + seed + ": " + new String(payload, StandardCharsets.UTF_8));
        }
    }

    private static void compare(byte[] payload, String about) {
        Reading reading = new Reading(1, ModelMetrics.inMemory("printer", List.of("n0", "n1")));
        JsonNode tree;
        try {
            tree = Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION).readTree(payload);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Duplicate")) {
                return; // the last one wins, but members of both are kept where they are objects
            }
            assertThat(reading.read(payload)).as(about).isNotNull();
            return;
        }
        BadPayload bad = reading.read(payload);
        if (bad != null) {
            assertThat(bad).as(about).isNotEqualTo(BadPayload.NOT_FINITE);
            assertThat(tree.isMissingNode() || bad != BadPayload.NOT_JSON).as(about).isTrue();
            return;
        }
        Map<String, Double> expected = new TreeMap<>();
        flatten("", tree, expected);
        Map<String, Object> found = new TreeMap<>();
        reading.said.stream().filter(one -> one.values().values().iterator().next() instanceof Double)
                .forEach(one -> found.putAll(one.values()));
        assertThat(found.keySet()).as(about).isEqualTo(expected.keySet());
        expected.forEach((name, value) -> assertThat((Double) found.get(name)).as(about).isCloseTo(value,
                within(0.0)));
    }

    private static void flatten(String prefix, JsonNode node, Map<String, Double> into) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> flatten(
                            prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                            entry.getValue(), into));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                flatten(prefix + "." + i, array.get(i), into);
            }
        } else if (node.isNumber() || node.isBoolean()) {
            into.put(prefix, node.isBoolean() ? (node.booleanValue() ? 1.0 : 0.0) : node.doubleValue());
        }
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Json.object();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            object.set("n" + random.nextInt(8), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> Json.tree(random.nextInt(1000));
            case 1 -> Json.tree(random.nextGaussian());
            case 2 -> Json.tree(random.nextBoolean());
            case 3 -> Json.tree("text \"\\ä€\n" + random.nextInt());
            case 4 -> Json.mapper().nullNode();
            case 5 -> object(random, depth + 1);
            default -> Json.array().add(value(random, depth + 1)).add(random.nextInt(5));
        };
    }
}
