package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;

/// Tells the live readers of each device that changed, whoever changed it: `device.changed`, `{"id"}`, for those who may see
/// the device.
public final class DeviceEvents {
    private DeviceEvents() {}

    public static void publish(Devices devices, Events events) {
        devices.onChange(
                device -> events.publish("device.changed", Json.object().put("id", device.id().value()),
                        principal -> principal.seesOutlet(device.outlet())));
    }
}
