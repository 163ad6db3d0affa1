package io.aftercare.ingest.quarantine;

import io.aftercare.ingest.telemetry.Format;
import io.aftercare.ingest.telemetry.Quarantine;
import java.time.Instant;

/// A message in quarantine, with all that are alike.
///
/// @param device [io.aftercare.fleet.device.Device#number]
/// @param at     when the first came
/// @param last   when the newest came
/// @param count  how many came
/// @param size   bytes of the whole payload, of which `payload` may be the beginning
public record Kept(long id, int device, Instant at, Instant last, long count, String topic, String code,
        String reason, Format format, int size, byte[] payload) {
    /// Whether all of it is there, so that it can be read again.
    public boolean isWhole() {
        return size <= Quarantine.KEPT_BYTES_MAX;
    }
}
