package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a case is about, as it was reported.
///
/// @param description what the backend knew when it opened the case, empty for a person's
/// @param symptom     what the customer sees, empty for the backend's
/// @param contact     pseudonym of the one who reported it
public record Report(DeviceId device, String title, String description, String symptom, Origin origin,
        @Nullable String contact, Instant openedAt) {
    Report titled(String other) {
        return new Report(device, other, description, symptom, origin, contact, openedAt);
    }
}
