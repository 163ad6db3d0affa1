package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.util.function.Consumer;

/// The stored samples of a device. Blocks; called on a lane's thread when a device is met for the first time after a start, and
/// on virtual threads for backtests.
@FunctionalInterface
public interface History {
    /// Nothing is stored.
    History NONE = (_, _, _) -> {
    };

    /// Hands over, oldest first, the device's samples from `fromMicros` on. The sample may be reused between calls.
    ///
    /// @param fromMicros event time, microseconds since 1970 UTC
    void recent(Device device, long fromMicros, Consumer<Sample> consumer);
}
