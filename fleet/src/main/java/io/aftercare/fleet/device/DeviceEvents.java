package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;

/// Tells the live readers of devices that changed: `device.changed`, `{"id","what",…}`, and those alone who may see the device.
public final class DeviceEvents {
    private DeviceEvents() {}

    /// Tells of each device whose record changed, whoever changed it; without `what`.
    public static void publish(Devices devices, Events events) {
        devices.onChange(
                device -> tell(events, device.id().value(), device.outlet(), Json.object()));
    }

    /// Tells what happened to a device.
    ///
    /// @param device its id
    /// @param outlet whose it is; empty for nobody's
    /// @param news   what a page may want to know without asking: ids and states, above all `what`
    public static void tell(Events events, String device, String outlet, ObjectNode news) {
        ObjectNode data = Json.object().put("id", device);
        data.setAll(news);
        events.publish("device.changed", data, reader -> reader.seesOutlet(outlet));
    }
}
