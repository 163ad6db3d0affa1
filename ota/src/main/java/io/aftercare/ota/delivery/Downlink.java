package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.DeviceId;

/// Sends to a device over the connection that it holds.
@FunctionalInterface
public interface Downlink {
    /// @param suffix what follows `devices/{id}/` in the topic
    /// @return false where the device is not connected; what matters is sent again when it comes
    boolean send(DeviceId device, String suffix, byte[] payload);

    /// Whether it is worth making a message: false only where the device is certainly not connected.
    default boolean reaches(DeviceId device) {
        return true;
    }
}
