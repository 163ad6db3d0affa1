package io.aftercare.diagnostics.forecast;

import io.aftercare.fleet.device.Device;
import java.time.Instant;
import java.util.List;

/// Stored averages of a metric. Blocks.
@FunctionalInterface
public interface Rollups {
    /// Nothing is stored.
    Rollups NONE = (_, _, _, _, _) -> List.of();

    /// The average of a bucket.
    ///
    /// @param micros its beginning, event time
    record Point(long micros, double value) {}

    /// A metric in at most so many buckets of equal length, oldest first; buckets without a sample are left out.
    List<Point> averages(Device device, String metric, Instant from, Instant to, int points);
}
