package io.aftercare.ingest.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.digest.Sha256;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a device reported on `devices/{id}/event`, read and within bounds. It takes the device's lane, in order with its
/// samples, so that the rules see both as they came.
///
/// @param at       event time
/// @param level    one of info, warning, error, critical
/// @param payload  as it came
/// @param packet   MQTT packet identifier, 0 without one
/// @param dup      whether the device says that it sent this before
/// @param received by the clock of the server
/// @param asked    what the backend itself had asked for that explains it, null where nothing does
public record DeviceEvent(Device device, Instant at, String code, String level, String message,
        @Nullable JsonNode data, byte[] payload, int packet, boolean dup, Instant received,
        @Nullable String asked) {
    /// What the topic is below `devices/{id}/`.
    public static final String TOPIC = "event";

    /// The code of a device's start.
    public static final String BOOT = "boot";

    /// The same, explained by what the backend had asked for.
    public DeviceEvent explainedBy(String asking) {
        return new DeviceEvent(device, at, code, level, message, data, payload, packet, dup, received,
                asking);
    }

    /// What it is known again by, together with the device and the time.
    byte[] digest() {
        return Sha256.of(payload);
    }

    /// Whether somebody asked for what it tells of: a boot after a requested reboot is no fault.
    boolean isRequested() {
        return asked != null || data != null && data.path("requested").asBoolean(false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeviceEvent event && device.id().equals(event.device.id())
                && at.equals(event.at)
                && Arrays.equals(payload, event.payload);
    }

    @Override
    public int hashCode() {
        return 31 * at.hashCode() + Arrays.hashCode(payload);
    }
}
