package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks a device's faults up where they are kept. May block on the database.
@FunctionalInterface
public interface FaultHistory {
    /// What is known of some faults of one device.
    ///
    /// @param lastRaised when one of them was raised last (not: seen last), in the device's time; null for never
    /// @param firing     whether one of them fires now
    /// @param cleared    when the last of them ended, in the device's time; null where that is not known
    /// @param lastReport when the device last sent telemetry, in the device's time; null for never
    record Sighting(@Nullable Instant lastRaised, boolean firing, @Nullable Instant cleared,
            @Nullable Instant lastReport) {
        public Sighting(@Nullable Instant lastRaised, boolean firing, @Nullable Instant lastReport) {
            this(lastRaised, firing, null, lastReport);
        }
    }

    Sighting of(DeviceId device, List<String> faults);

    /// What some metrics of a device were in a span of time, by name; those without a sample are left out.
    ///
    /// @param to exclusive
    default Map<String, Numbers> numbers(DeviceId device, List<String> metrics, Instant from, Instant to) {
        return Map.of();
    }
}
