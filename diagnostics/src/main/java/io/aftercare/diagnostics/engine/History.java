package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.util.List;
import java.util.function.Consumer;

/// What is stored of a device. Blocks; called on a lane's thread when a device is met for the first time after a start, and
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

    /// The device's events and changes of text attributes from `fromMicros` on, oldest first, and before them the texts as
    /// they were then.
    default List<Happening> happenings(Device device, long fromMicros) {
        return List.of();
    }
}
