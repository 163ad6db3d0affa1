package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Lets a benchmark drive the telemetry scanner, which nobody outside its package needs to see otherwise. Not thread-safe.
public final class JsonTelemetryDriver {
    private final JsonTelemetry.Message message;
    private final JsonTelemetry scanner;
    private double sum;

    /// @param metrics names that are known already
    public JsonTelemetryDriver(List<String> metrics) {
        Device device = new Device(1, new DeviceId("bench-1"), "BENCH-5", "", "", "", null, "", "", Map.of(),
                "active", 1, Instant.EPOCH, null);
        long received = Instant.now().getEpochSecond() * 1_000_000;
        this.message = new JsonTelemetry.Message(device, ModelMetrics.inMemory("BENCH-5", metrics),
                new DeviceClock(), received, new JsonTelemetry.Sink() {
                    @Override
                    public void sample(Sample sample, boolean ownTime) {
                        for (int i = 0; i < sample.count(); i++) {
                            sum += sample.value(i);
                        }
                    }

                    @Override
                    public void attribute(long micros, String name, String value) {
                        throw new IllegalStateException("The message has no text: " + name);
                    }
                });
        this.scanner = new JsonTelemetry(message);
    }

    /// Reads a message; the sum of its values.
    public double read(byte[] bytes) {
        sum = 0;
        BadPayload bad = scanner.read(bytes, 0, bytes.length, message);
        if (bad != null) {
            throw new IllegalArgumentException("The message is not good: " + bad);
        }
        return sum;
    }
}
