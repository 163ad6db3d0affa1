package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The devices that somebody may look at.
public record VisibleDevices(Devices devices) {
    /// The device of a path's `{id}`. Another outlet's device is not there, rather than forbidden: its existence is nobody's
    /// business.
    public Device find(@Nullable String id, Principal principal) {
        String name = id == null ? "" : id;
        return (DeviceId.isSerial(name) ? devices.find(new DeviceId(name)) : Optional.<Device>empty())
                .filter(device -> principal.seesOutlet(device.outlet()))
                .orElseThrow(() -> Problem.notFound("device", name));
    }
}
