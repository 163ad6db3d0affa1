package io.aftercare.fleet.device;

import java.util.Collection;

/// Which devices have an open fault of a kind; the diagnostics know.
@FunctionalInterface
public interface FaultyDevices {
    /// @param code the fault's code, or `any`
    Collection<DeviceId> having(String code);
}
