package io.aftercare.service.loaner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a device of the pool is, or was, lent in a case.
///
/// @param due       by when it is back; null until the repair ends, where no day was agreed
/// @param isOverdue whether it should be back and is not
/// @param condition how it came back, null before
/// @param isSound   whether it came back whole
/// @param isWiped   whether the customer's data was taken off it
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Loan(long id, int version, DeviceId loaner, long ticket, String lentBy, Instant lentAt,
        @Nullable Instant due, boolean isOverdue, @Nullable Instant returnedAt, @Nullable String takenBy,
        @Nullable String condition, boolean isSound, boolean isWiped) {
    boolean isOpen() {
        return returnedAt == null;
    }
}
