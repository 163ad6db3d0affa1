package io.aftercare.fleet.device;

/// Hands a device its new token over the connection that it has.
@FunctionalInterface
public interface TokenCourier {
    /// @return whether it is on its way; the device's next login shows that it arrived
    boolean hand(DeviceId device, DeviceToken token);
}
