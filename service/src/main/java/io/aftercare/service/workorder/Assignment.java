package io.aftercare.service.workorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who goes, and when.
///
/// @param number      the engineer's, by which the database refuses two bookings at one time
/// @param confirmedAt when the appointment was confirmed with the customer (R30), null before
public record Assignment(String engineer, long number, Slot slot, @Nullable Instant confirmedAt) {
    Assignment confirmed(Slot other, Instant now) {
        return new Assignment(engineer, number, other, now);
    }
}
