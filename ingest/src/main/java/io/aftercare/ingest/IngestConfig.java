package io.aftercare.ingest;

import io.aftercare.ingest.mqtt.Allowance;
import io.aftercare.ingest.mqtt.listener.MqttConfig;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ingest.telemetry.LaneLimits;
import java.time.Duration;

/// How devices' messages come in.
///
/// @param lanes    threads that store telemetry, each with a connection to the database
/// @param drainMax at the stop: how long to wait for what has come to be stored
/// @param deviceAllowance how much one device may publish
/// @param retention how long it is kept, and when it is compressed
public record IngestConfig(MqttConfig mqtt, int lanes, LaneLimits laneLimits, Duration drainMax,
        Allowance deviceAllowance, Retention retention) {
    public IngestConfig {
        if (lanes < 1 || lanes > 64) {
            throw new IllegalArgumentException("there are 1 to 64 lanes, not " + lanes);
        }
        if (drainMax.isNegative()) {
            throw new IllegalArgumentException("the time to drain is not negative");
        }
    }

    /// The default limits: two lanes, each with room for 32,768 messages or 8 MiB.
    public static IngestConfig of(MqttConfig mqtt) {
        return new IngestConfig(mqtt, 2, new LaneLimits(32_768, 8 << 20), Duration.ofSeconds(15),
                Allowance.DEFAULT, Retention.DEFAULT);
    }

    /// The same with another allowance for each device.
    public IngestConfig allowing(Allowance allowance) {
        return new IngestConfig(mqtt, lanes, laneLimits, drainMax, allowance, retention);
    }

    /// The same with another retention.
    public IngestConfig with(Retention other) {
        return new IngestConfig(mqtt, lanes, laneLimits, drainMax, deviceAllowance, other);
    }
}
