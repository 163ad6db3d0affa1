package io.aftercare.diagnostics.backtest;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.util.function.Consumer;

/// A device's stored samples. Blocks.
@FunctionalInterface
public interface StoredHistory {
    /// Hands over the samples of a span of time, oldest first. The sample is reused between calls.
    ///
    /// @param fromMicros event time, microseconds since 1970 UTC
    /// @param toMicros   exclusive
    void samples(Device device, long fromMicros, long toMicros, Consumer<Sample> consumer);
}
