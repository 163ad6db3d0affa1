package io.aftercare.ingest.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The protocol's golden vectors, which the simulator's tests read too.
class GoldenVectorsIT {
    private static final Path VECTORS = Path.of("../docs/protocol/vectors/telemetry.json");

    @Test
    void everyTelemetryVectorMeansWhatItSays() throws IOException {
        try (Database database = TestDatabase.create("ingest")) {
            database.jdbi().useHandle(handle -> handle
                    .execute(
                            "INSERT INTO fleet.product (model, name, document) VALUES ('printer', 'P', '{}')"));
            Reading reading = new Reading(new MetricDictionary(database));
            int cases = 0;
            for (JsonNode vector : Json.parse(Files.readString(VECTORS)).get("cases")) {
                check(reading, vector);
                cases++;
            }
            assertThat(cases).isGreaterThan(10);
        }
    }

    private static void check(Reading reading, JsonNode vector) {
        byte[] payload = vector.has("payload")
                ? vector.get("payload").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(vector.get("payloadBase64").asText());
        Format format = Format.of(vector.get("topic").asText().substring("devices/D-1/".length()),
                vector.path("contentType").asText(""));
        assertThat(format).isNotNull();
        BadPayload bad = format == null ? null : reading.read(payload, format);
        assertThat(bad != null).as(vector.toString()).isEqualTo(vector.has("quarantine"));
        List<Map<Long, Map<String, Object>>> expected = new ArrayList<>();
        for (JsonNode sample : vector.path("samples")) {
            Map<String, Object> numbers = new TreeMap<>();
            sample.get("values").properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                numbers.put(entry.getKey(), value.isTextual()
                        ? value.asText()
                        : value.isBoolean() ? (value.asBoolean() ? 1.0 : 0.0) : value.asDouble());
            });
            expected.add(Map.of(sample.has("ts") ? sample.get("ts").asLong() * 1000 : -1, numbers));
        }
        assertThat(reading.merged()).as(vector.toString()).isEqualTo(expected);
    }
}
