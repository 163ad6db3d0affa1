package io.aftercare.remote;

import io.aftercare.fleet.device.DeviceId;

/// The way down to a device.
@FunctionalInterface
public interface Downlink {
    /// Sends to `devices/{device}/{suffix}`.
    ///
    /// @return whether there was a live connection to hand it to
    boolean send(DeviceId device, String suffix, byte[] payload);

    /// Whether the device is connected now.
    default boolean reaches(DeviceId device) {
        return true;
    }
}
