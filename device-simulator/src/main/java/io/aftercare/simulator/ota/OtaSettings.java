package io.aftercare.simulator.ota;

import java.time.Duration;

/// How a device updates itself.
///
/// @param overMqtt fetch chunks over MQTT instead of HTTP ranges
/// @param chunkBytes size of those
/// @param jitter a random wait before a download, up to this, so that a fleet does not begin as one
/// @param installing how long writing the slot takes
/// @param deferral how often a device in use looks whether it is free
/// @param failures what goes wrong
public record OtaSettings(boolean overMqtt, int chunkBytes, Duration jitter, Duration installing,
        Duration deferral, FailurePlan failures) {
    public static final OtaSettings USUAL = new OtaSettings(false, 16 * 1024, Duration.ofSeconds(2),
            Duration.ofSeconds(1), Duration.ofSeconds(1), FailurePlan.NOTHING);

    /// Of devices to which nothing happens.
    public OtaSettings(boolean overMqtt, int chunkBytes, Duration jitter, Duration installing,
            Duration deferral) {
        this(overMqtt, chunkBytes, jitter, installing, deferral, FailurePlan.NOTHING);
    }
}
