package io.aftercare.ingest.message;

import io.aftercare.fleet.device.Device;
import java.time.Instant;
import java.util.Optional;

/// Who knows which restarts the backend asked for. Called on event loops: answers from memory. Thread-safe.
@FunctionalInterface
public interface Restarts {
    /// What was asked of the device that explains a start, in a few words such as `action a-17`. What explained one start does not explain
    /// another one, but the same start, told again, it does.
    ///
    /// @param at when the device says that it started
    Optional<String> explain(Device device, Instant at);

    /// Knows of none.
    static Restarts none() {
        return (_, _) -> Optional.empty();
    }
}
