package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads payloads as a lane does and notes what came of it.
final class Reading implements JsonTelemetry.Sink {
    static final long NOW = 1_767_225_700_000_000L;

    private final Device device;
    private final ModelMetrics metrics;
    private @Nullable JsonTelemetry reader;
    private final DeviceClock clock = new DeviceClock();
    final List<Said> said = new ArrayList<>();

    /// A sample, or text values, of one moment; `micros` is -1 where the message did not say when.
    record Said(long micros, Map<String, Object> values) {}

    Reading(MetricDictionary dictionary) {
        this(1, dictionary.of("printer"));
    }

    /// @param number of the device
    Reading(int number, ModelMetrics metrics) {
        this.device = new Device(number, new DeviceId("D-1"), "printer", "", "", "", null, "", "", Map.of(),
                "active", 1, Instant.EPOCH, null);
        this.metrics = metrics;
    }

    @Nullable
    BadPayload read(String payload) {
        return read(payload.getBytes(StandardCharsets.UTF_8));
    }

    @Nullable
    BadPayload read(byte[] payload) {
        said.clear();
        byte[] padded = new byte[payload.length + 14];
        System.arraycopy(payload, 0, padded, 7, payload.length);
        var message = new JsonTelemetry.Message(device, metrics, clock, NOW, this);
        if (reader == null) {
            reader = new JsonTelemetry(message);
        }
        return reader.read(padded, 7, 7 + payload.length, message);
    }

    @Nullable
    BadPayload read(byte[] payload, Format format) {
        said.clear();
        try {
            return switch (format) {
                case JSON -> read(payload);
                case CBOR -> read(CborTelemetry.toJson(payload, 0, payload.length));
                case SENML, SENML_CBOR ->
                    switch (SenmlTelemetry.read(format, payload, 0, payload.length, "D-1", NOW)) {
                        case SenmlTelemetry.Resolved resolved -> read(resolved.json());
                        case SenmlTelemetry.Unreadable unreadable -> unreadable.reason();
                    };
            };
        } catch (CborTelemetry.BadCborException e) {
            return e.reason();
        }
    }

    /// What was said, by moment, a sample's numbers and texts together.
    List<Map<Long, Map<String, Object>>> merged() {
        List<Map<Long, Map<String, Object>>> moments = new ArrayList<>();
        for (Said one : said) {
            if (!moments.isEmpty() && moments.getLast().containsKey(one.micros())) {
                moments.getLast().values().forEach(values -> values.putAll(one.values()));
            } else {
                moments.add(Map.of(one.micros(), new TreeMap<>(one.values())));
            }
        }
        return moments;
    }

    @Override
    public void sample(Sample sample, boolean ownTime) {
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < sample.count(); i++) {
            values.put(metrics.name(sample.place(i)), sample.value(i));
        }
        said.add(new Said(ownTime ? sample.micros() : -1, values));
    }

    @Override
    public void attribute(long micros, String name, String value) {
        said.add(
                new Said(micros > NOW && micros < NOW + 1_000_000 ? -1 : micros, Map.of(name, value)));
    }
}
