package io.aftercare.ingest.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import io.aftercare.fuzzing.FuzzerLog;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jspecify.annotations.Nullable;

/// Any bytes as telemetry, in each format: there is always an answer, what is taken keeps the protocol's limits, and JSON is
/// what Jackson too takes for JSON.
@ExtendWith(FuzzerLog.class)
class PayloadFuzzTest implements JsonTelemetry.Sink {
    private static final long RECEIVED = 1_767_225_700_000_000L;
    private static final long AHEAD_MAX_MICROS = 24L * 3600 * 1_000_000;
    private static final List<Format> FORMATS = List.of(Format.values());

    private final Device device = new Device(1, new DeviceId("D-1"), "printer", "", "", "", null, "", "",
            Map.of(),
            "active", 1, Instant.EPOCH, null);
    private ModelMetrics metrics = ModelMetrics.inMemory("printer", List.of("a", "temperature"));
    private final List<String> taken = new ArrayList<>();

    @FuzzTest
    void anyBytesGetAnAnswer(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        // Names that the fuzzer found must not fill the model's table for what comes after.
        metrics = ModelMetrics.inMemory("printer", List.of("a", "temperature"));
        taken.clear();
        Format format = FORMATS.get(Math.floorMod(input[0], FORMATS.size()));
        BadPayload bad = read(format, input);
        if (bad != null) {
            assertThat(taken).as("nothing of a bad message is taken").isEmpty();
        } else if (format == Format.JSON) {
            JsonNode tree = Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(input, 1, input.length - 1);
            assertThat(tree.isContainerNode()).isTrue();
        }
    }

    private @Nullable BadPayload read(Format format, byte[] input) {
        try {
            return switch (format) {
                case JSON -> read(input, 1);
                case CBOR -> read(CborTelemetry.toJson(input, 1, input.length), 0);
                case SENML, SENML_CBOR ->
                    switch (SenmlTelemetry.read(format, input, 1, input.length, "D-1", RECEIVED)) {
                        case SenmlTelemetry.Resolved resolved -> read(resolved.json(), 0);
                        case SenmlTelemetry.Unreadable unreadable -> unreadable.reason();
                    };
            };
        } catch (CborTelemetry.BadCborException e) {
            return e.reason();
        }
    }

    private @Nullable BadPayload read(byte[] json, int from) {
        var message = new JsonTelemetry.Message(device, metrics, new DeviceClock(), RECEIVED, this);
        return new JsonTelemetry(message).read(json, from, json.length, message);
    }

    @Override
    public void sample(Sample sample, boolean ownTime) {
        assertThat(sample.count()).isBetween(1, 256);
        assertThat(sample.micros()).isBetween(0L, RECEIVED + AHEAD_MAX_MICROS);
        for (int i = 0; i < sample.count(); i++) {
            String name = metrics.name(sample.place(i));
            assertThat(name).matches("[A-Za-z0-9_.:/-]{1,64}");
            assertThat(sample.value(i)).isFinite();
            taken.add(name);
        }
    }

    @Override
    public void attribute(long micros, String name, String value) {
        assertThat(name).matches("[A-Za-z0-9_.:/-]{1,64}");
        assertThat(micros).isBetween(0L, RECEIVED + AHEAD_MAX_MICROS);
        taken.add(name);
    }
}
