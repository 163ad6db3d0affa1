package io.aftercare.ingest.telemetry;

import java.time.Instant;

/// Whether a lane stores, and if not, since when and why.
public record LaneHealth(boolean storing, Instant since, String reason) {
    static final LaneHealth GOOD = new LaneHealth(true, Instant.EPOCH, "");
}
