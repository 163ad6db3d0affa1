package io.aftercare.ota.health;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the health gate asks of those who know the devices. May block; never called within a transaction.
public interface HealthFacts {
    /// The faults that these devices raised since a moment, the latest raise of each.
    List<Raised> raised(List<DeviceId> devices, Instant since);

    /// Those of the devices that were heard of since a moment.
    Set<DeviceId> heard(List<DeviceId> devices, Instant since);

    /// Means of metrics over about `points` equal spans of a range, by metric; a span without a sample is left out.
    Map<String, List<Mean>> means(DeviceId device, List<String> metrics, Instant from, Instant to,
            int points);

    /// @param at   when it was raised last
    /// @param open whether it is still there
    record Raised(DeviceId device, String code, Instant at, boolean open) {}

    /// @param at    when the span begins
    /// @param count samples in it
    record Mean(Instant at, double value, long count) {}
}
