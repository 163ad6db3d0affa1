package io.aftercare.service.quality;

import java.time.Instant;
import java.util.List;

/// How often devices failed, as the diagnosis counts it. The server fills it in.
@FunctionalInterface
public interface FaultStatistics {
    /// Faults that were first seen from `from` to before `to`, by code and by what their devices are. At most 10,000 rows,
    /// the most frequent.
    List<Count> of(Instant from, Instant to);

    /// @param batch   production batch of the device, its tag `batch`; empty where it has none
    /// @param faults  how many faults
    /// @param devices on how many devices
    record Count(String code, String model, String firmware, String batch, String region, int faults,
            int devices) {}
}
