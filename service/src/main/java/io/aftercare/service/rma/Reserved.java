package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What returns ask of those who have devices of their own.
@FunctionalInterface
public interface Reserved {
    /// What the device is kept for, as the end of a sentence; empty where it is free.
    Optional<String> as(Handle handle, DeviceId device);
}
