package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;

/// What a device says beside its telemetry and events, parsed.
public sealed interface DeviceMessage {
    Device device();

    /// `devices/{id}/state`, stored already.
    ///
    /// @param document the whole reported state after this report
    record StateReported(Device device, JsonNode document) implements DeviceMessage {}

    /// `devices/{id}/actions/{actionId}/result`.
    record ActionResult(Device device, String actionId, JsonNode payload) implements DeviceMessage {}

    /// `devices/{id}/ota/status`.
    record OtaStatus(Device device, JsonNode payload) implements DeviceMessage {}

    /// `devices/{id}/shell/{session}/output`, as it came: what a terminal shows is for nobody's eyes but those of its session, and so
    /// not for quarantine's.
    record ShellOutput(Device device, String session, byte[] payload) implements DeviceMessage {}

    /// `devices/{id}/ota/{release}/chunk/{n}`: the device wants chunk `chunk` of `size` bytes, counted from 0.
    record ChunkRequest(Device device, String release, int chunk, int size) implements DeviceMessage {}
}
