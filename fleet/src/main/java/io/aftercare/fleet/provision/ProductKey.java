package io.aftercare.fleet.provision;

import java.time.Instant;

/// A key with which devices of a product register themselves. Its secret is kept as a hash alone.
///
/// @param enabled    whether it may be used
/// @param devicesMax how many devices it lets in
/// @param devices    how many it has let in
/// @param knownOnly  whether only devices that people registered before are given a token, once
public record ProductKey(String key, String model, boolean enabled, int devicesMax, int devices,
        Instant until,
        boolean knownOnly, Instant created) {
    /// Whether it lets one more in.
    boolean isOpen(Instant now) {
        return isGood(now) && devices < devicesMax;
    }

    /// Whether it may be used at all: a device that is counted already asks again.
    boolean isGood(Instant now) {
        return enabled && until.isAfter(now);
    }
}
