package io.aftercare.remote;

import io.aftercare.fleet.device.DeviceId;

/// What the guards ask of other features.
public interface Surroundings {
    /// Whether there is such a ticket for this device, and it is not over yet.
    boolean isOpenTicket(String ticket, DeviceId device);

    /// Whether the device is in the middle of a firmware update.
    boolean isUpdating(DeviceId device);
}
