package io.aftercare.service.requisition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A part in a device.
///
/// @param supplier who made this batch, null where nobody knows
/// @param removal  why it was taken out again, null while it is in
/// @param failed   whether it was taken out because it failed
record Fitting(long id, long requisition, long ticket, String device, String part, String batch,
        String serial,
        int quantity, @Nullable String supplier, long movement, String fittedBy, Instant fittedAt,
        @Nullable Instant removedAt, @Nullable String removal, @Nullable Boolean failed) {}
