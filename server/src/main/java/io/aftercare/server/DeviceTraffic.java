package io.aftercare.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.message.DeviceMessage;
import io.aftercare.ingest.message.DeviceMessages;
import io.aftercare.ota.Ota;
import io.aftercare.remote.Remote;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.boot.AskedRestarts;
import io.aftercare.remote.shell.Terminals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who hears what a device says beside its telemetry, and who has something for it when it comes.
final class DeviceTraffic implements DeviceMessages {
    private final Devices devices;
    private final Actions actions;
    private final AskedRestarts restarts;
    private final Terminals terminals;
    private final Ota ota;

    DeviceTraffic(Devices devices, Remote remote, Ota ota) {
        this.devices = devices;
        this.actions = remote.actions();
        this.restarts = remote.askedRestarts();
        this.terminals = remote.terminals();
        this.ota = ota;
    }

    @Override
    public void received(DeviceMessage message) {
        switch (message) {
            case DeviceMessage.StateReported state ->
                ota.onReportedState(devices.reported(state.device().id(),
                        text(state.document(), "firmware"), text(state.document(), "hardware")));
            case DeviceMessage.ActionResult result -> result(result);
            case DeviceMessage.OtaStatus status -> status(status.device(), status.payload());
            case DeviceMessage.ShellOutput output ->
                terminals.output(output.device().id(), output.session(), output.payload());
            case DeviceMessage.ChunkRequest request -> chunk(request);
        }
    }

    @Override
    public void connected(Device device) {
        terminals.connectionChanged(device.id());
    }

    @Override
    public void disconnected(Device device) {
        terminals.connectionChanged(device.id());
    }

    @Override
    public void reachable(Device device, Predicate<String> reaches) {
        if (reaches.test("ota/offer")) {
            ota.onConnected(device);
        }
        if (reaches.test("actions/any")) {
            actions.connected(device.id());
        }
        if (reaches.test("shell/any/input")) {
            terminals.reachable(device.id());
        }
    }

    private void status(Device device, JsonNode payload) {
        // First of all: the device may be down a moment after it said so.
        restarts.updating(device.id(), payload.path("release").asText(), payload.path("state").asText());
        ota.onStatus(device, Json.text(payload).getBytes(StandardCharsets.UTF_8)).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
    }

    private void result(DeviceMessage.ActionResult result) {
        if (!actions.result(result.device().id(), result.actionId(), result.payload())) {
            throw new IllegalArgumentException("there is no action " + result.actionId() + " of this device");
        }
    }

    private void chunk(DeviceMessage.ChunkRequest request) {
        try {
            ota.onChunkRequest(request.device(), request.release(), request.chunk(), request.size())
                    .ifPresent(reason -> {
                        throw new IllegalArgumentException(reason);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String text(JsonNode document, String field) {
        JsonNode value = document.get(field);
        return value == null || !value.isTextual() ? null : value.asText();
    }
}
