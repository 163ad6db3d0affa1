package io.aftercare.ingest.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What became of messages for devices: whatever is not delivered is counted with its reason. Thread-safe.
final class DownlinkMeters {
    private final Map<Queuing, Counter> queuing = new EnumMap<>(Queuing.class);
    private final Counter delivered;
    private final Counter refused;
    private final Counter expired;
    private final Counter undeliverable;

    DownlinkMeters(MeterRegistry registry) {
        for (Queuing outcome : Queuing.values()) {
            queuing.put(outcome, counter(registry, outcome.word()));
        }
        delivered = counter(registry, "delivered");
        refused = counter(registry, "refused-by-device");
        expired = counter(registry, "expired");
        undeliverable = counter(registry, "undeliverable");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("aftercare.mqtt.downlinks")
                .description("Messages for devices that keep a session").tag("outcome", outcome)
                .register(registry);
    }

    Queuing queued(Queuing outcome) {
        Objects.requireNonNull(queuing.get(outcome)).increment();
        return outcome;
    }

    void answered(boolean accepted) {
        (accepted ? delivered : refused).increment();
    }

    void expired(int messages) {
        expired.increment(messages);
    }

    void undeliverable() {
        undeliverable.increment();
    }
}
