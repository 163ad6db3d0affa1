package io.aftercare.service.ticket;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import java.util.Optional;

/// Finds the device that somebody tells of. Nobody is turned away for a serial that is wrong, foreign or missing: the case
/// is opened all the same, and matched later.
final class Intakes {
    private final Devices devices;

    Intakes(Devices devices) {
        this.devices = devices;
    }

    /// The device of this serial, if there is one and `reader` may see it. To a partner another outlet's device is one that
    /// does not exist.
    Optional<DeviceId> known(String told, Principal reader) {
        return DeviceId.isSerial(told)
                ? devices.find(new DeviceId(told)).filter(device -> reader.seesOutlet(device.outlet()))
                        .map(Device::id)
                : Optional.empty();
    }

    DeviceId required(DeviceId asked, Principal reader) {
        return known(asked.value(), reader)
                .orElseThrow(() -> Problem.invalid("device", "there is no device " + asked
                        + "; register it at POST /api/v1/devices, or correct the serial"));
    }
}
