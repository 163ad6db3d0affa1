package io.aftercare.benchmarks.micro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.ingest.telemetry.JsonTelemetryDriver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One telemetry message of five metrics, about 100 bytes of JSON, to its values: our scanner, which also looks up each
/// metric's place and checks the time, beside Jackson.
@State(Scope.Thread)
public class JsonBenchmark {
    private static final List<String> METRICS = List.of("fuser_temp", "fan_rpm", "humidity", "pages",
            "voltage");
    private static final int MESSAGES = 256;
    private static final long SEED = 42;

    private final byte[][] messages = new byte[MESSAGES][];
    private final JsonTelemetryDriver scanner = new JsonTelemetryDriver(METRICS);
    private final JsonFactory jackson = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private int next;

    @Setup
    public void makeMessages() {
        Random random = new Random(SEED);
        long now = Instant.now().toEpochMilli();
        for (int i = 0; i < MESSAGES; i++) {
            StringBuilder text = new StringBuilder("{\"ts\":").append(now - i).append(",\"values\":{");
            METRICS.forEach(name -> text.append('"').append(name).append("\":")
                    .append(String.format(Locale.ROOT, "%.2f,", random.nextDouble(1_000))));
            text.setLength(text.length() - 1);
            messages[i] = text.append("}}").toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private byte[] message() {
        return messages[next++ & MESSAGES - 1];
    }

    @Benchmark
    public double ours() {
        return scanner.read(message());
    }

    @Benchmark
    public double jacksonStream() throws IOException {
        double sum = 0;
        try (JsonParser parser = jackson.createParser(message())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                    sum += parser.getDoubleValue();
                }
            }
        }
        return sum;
    }

    @Benchmark
    public double jacksonTree() throws IOException {
        double sum = 0;
        for (JsonNode value : mapper.readTree(message()).path("values")) {
            sum += value.doubleValue();
        }
        return sum;
    }
}
