package io.aftercare.remote.action;

import io.aftercare.fleet.device.DeviceId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// A room that knows when an action would do harm.
@FunctionalInterface
public interface ActionGuard {
    /// Why a device is not to be asked for this action now; empty where nothing speaks against it.
    ///
    /// @param handle the transaction in which it is asked for
    Optional<String> refusal(Handle handle, DeviceId device, String action);
}
