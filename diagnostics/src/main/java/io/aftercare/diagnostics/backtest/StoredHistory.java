package io.aftercare.diagnostics.backtest;

import io.aftercare.diagnostics.engine.Happening;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.util.List;
import java.util.function.Consumer;

/// What is stored of a device in a span of time. Blocks. Times are event time, microseconds since 1970 UTC; `to` is exclusive.
@FunctionalInterface
public interface StoredHistory {
    /// Hands over the samples, oldest first. The sample is reused between calls.
    void samples(Device device, long fromMicros, long toMicros, Consumer<Sample> consumer);

    /// The events and changes of text attributes, oldest first, and before them the texts as they were at the beginning, with the times at which
    /// they had become so.
    default List<Happening> happenings(Device device, long fromMicros, long toMicros) {
        return List.of();
    }
}
