package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a device says beside its telemetry, parsed.
public sealed interface DeviceMessage {
    Device device();

    /// `devices/{id}/event`, stored already.
    ///
    /// @param level one of info, warning, error, critical
    record EventReported(Device device, Instant at, String code, String level, String message,
            @Nullable JsonNode data) implements DeviceMessage {}

    /// `devices/{id}/state`, stored already.
    ///
    /// @param document the whole reported state after this report
    record StateReported(Device device, JsonNode document) implements DeviceMessage {}

    /// `devices/{id}/actions/{actionId}/result`.
    record ActionResult(Device device, String actionId, JsonNode payload) implements DeviceMessage {}

    /// `devices/{id}/ota/status`.
    record OtaStatus(Device device, JsonNode payload) implements DeviceMessage {}

    /// `devices/{id}/ota/{release}/chunk/{n}`: the device wants chunk `chunk` of `size` bytes, counted from 0.
    record ChunkRequest(Device device, String release, int chunk, int size) implements DeviceMessage {}
}
