package io.aftercare.ingest.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One backlog written in every format by somebody else, or plainly by hand where there is nobody, is the same to the reader;
/// and what is hostile in any of them is an answer with a reason, in bounded time.
class OracleTest {
    private static final List<String> NAMES = List.of("a", "fan.rpm", "x/y:z-1", "mode", "t_0", "door");
    private static final long START = 1_767_225_600_000L;

    private static Reading reading() {
        return new Reading(1, ModelMetrics.inMemory("printer", NAMES));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void aBacklogMeansTheSameInEveryFormat(long seed) {
        Random random = new Random(seed);
        Reading reading = reading();
        for (int round = 0; round < 500; round++) {
            Map<Long, Map<String, Object>> backlog = backlog(random);
            List<Map<Long, Map<String, Object>>> wanted = new ArrayList<>();
            backlog.forEach((ts, values) -> wanted.add(Map.of(ts * 1000, values(values))));
            for (Format format : Format.values()) {
                byte[] payload = written(backlog, format);
                assertThat(reading.read(payload, format)).as("seed %d, %s", seed, format).isNull();
                assertThat(reading.merged()).as("seed %d, %s", seed, format).isEqualTo(wanted);
            }
        }
    }

    private static Map<Long, Map<String, Object>> backlog(Random random) {
        Map<Long, Map<String, Object>> backlog = new TreeMap<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            Map<String, Object> values = new TreeMap<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                values.put(NAMES.get(random.nextInt(NAMES.size())), switch (random.nextInt(4)) {
                    case 0 -> random.nextBoolean();
                    case 1 -> (double) random.nextInt();
                    case 2 -> "text \"ä€\\" + random.nextInt(9);
                    default -> random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
                });
            }
            backlog.put(START + random.nextInt(90) * 1000L, values);
        }
        return backlog;
    }

    private static Map<String, Object> values(Map<String, Object> said) {
        return said.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue() instanceof Boolean is
                        ? (Object) (is ? 1.0 : 0.0)
                        : entry.getValue(),
                (one, _) -> one, TreeMap::new));
    }

    private static byte[] written(Map<Long, Map<String, Object>> backlog, Format format) {
        ArrayNode all = Json.array();
        boolean pack = format == Format.SENML || format == Format.SENML_CBOR;
        backlog.forEach((ts, values) -> {
            if (pack) {
                values.forEach((name, value) -> record(all.addObject(), ts, name, value));
            } else {
                all.addObject().put("ts", ts).set("values", Json.tree(values));
            }
        });
        return switch (format) {
            case JSON, SENML -> Json.text(all).getBytes(UTF_8);
            case CBOR, SENML_CBOR -> Cbor.of(Json.mapper().convertValue(all, List.class));
        };
    }

    private static void record(ObjectNode record, long ts, String name, Object value) {
        record.put("n", name).put("t", ts / 1000);
        record.set(value instanceof Boolean ? "vb" : value instanceof String ? "vs" : "v", Json.tree(value));
    }

    /// RFC 8949, as plainly as it can be written.
    private static final class Cbor {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        static byte[] of(Object value) {
            Cbor cbor = new Cbor();
            cbor.item(value);
            return cbor.out.toByteArray();
        }

        private void item(Object value) {
            switch (value) {
                case Boolean is -> out.write(is ? 0xf5 : 0xf4);
                case Number number when number instanceof Double -> {
                    out.write(0xfb);
                    out.writeBytes(ByteBuffer.allocate(8).putDouble(number.doubleValue()).array());
                }
                case Number number -> head(0, number.longValue());
                case Map<?, ?> map -> {
                    head(5, map.size());
                    map.forEach((name, each) -> {
                        item(name);
                        item(each);
                    });
                }
                case List<?> list -> {
                    head(4, list.size());
                    list.forEach(this::item);
                }
                default -> {
                    byte[] text = value.toString().getBytes(UTF_8);
                    head(3, text.length);
                    out.writeBytes(text);
                }
            }
        }

        private void head(int type, long argument) {
            out.write(type << 5 | 27);
            out.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsHostileHasAnAnswerInBoundedTime(Format format) {
        Reading reading = reading();
        String keys = IntStream.range(0, 8000).mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        List<byte[]> hostile = new ArrayList<>();
        for (String text : List.of("[".repeat(65_000), "{\"a\":".repeat(12_000),
                "[".repeat(32_000) + "]".repeat(32_000),
                keys, "{\"a\":" + "9".repeat(65_000) + "}",
                "{\"a\":1e" + "9".repeat(60_000) + "}",
                "{\"a\":-0." + "0".repeat(60_000) + "1e" + "9".repeat(4_000) + "}", "{\"a\":\"\u00c3(\"}",
                "[{\"n\":\"a\",\"v\":" + "9".repeat(65_000) + "}]")) {
            hostile.add(text.getBytes(ISO_8859_1));
        }
        byte[] arrays = new byte[65_000];
        Arrays.fill(arrays, (byte) 0x81);
        byte[] endless = new byte[65_000];
        Arrays.fill(endless, (byte) 0x9f);
        byte[] tags = new byte[65_000];
        Arrays.fill(tags, (byte) 0xc1);
        hostile.addAll(
                List.of(arrays, endless, tags, new byte[]{(byte) 0xbb, 127, -1, -1, -1, -1, -1, -1, -1}));
        long began = System.nanoTime();
        for (byte[] payload : hostile) {
            assertThat(reading.read(payload, format)).as("%s: %s", format, new String(payload, 0,
                    Math.min(30, payload.length), ISO_8859_1)).isNotNull();
            assertThat(reading.said).isEmpty();
        }
        // Labels that SenML does not know, and a number that is nothing: odd, and good in one format or the other.
        for (String odd : List.of("[" + keys + "]",
                "[{\"n\":\"a\",\"v\":1e-" + "9".repeat(2000) + ",\"t\":0}]")) {
            reading.read(odd.getBytes(UTF_8), format);
            assertThat(reading.said.size()).isLessThanOrEqualTo(2);
        }
        assertThat(System.nanoTime() - began).as("nanoseconds for all").isLessThan(10_000_000_000L);
        assertThat(reading.read("{\"a\":1}")).as("the next one is read").isNull();
    }

    @Test
    void aNameThatComesTwiceHasItsLastValueInEveryFormat() {
        Reading reading = reading();
        assertThat(reading.read("{\"a\":1,\"a\":2}")).isNull();
        assertThat(reading.said.getFirst().values()).containsEntry("a", 2.0);
        assertThat(reading.read(new byte[]{(byte) 0xa2, 0x61, 'a', 1, 0x61, 'a', 2}, Format.CBOR)).isNull();
        assertThat(reading.said.getFirst().values()).containsEntry("a", 2.0);
        assertThat(
                reading.read("[{\"n\":\"a\",\"v\":1},{\"n\":\"a\",\"v\":2}]".getBytes(UTF_8), Format.SENML))
                .isNull();
        assertThat(reading.said.getFirst().values()).containsEntry("a", 2.0);
    }
}
