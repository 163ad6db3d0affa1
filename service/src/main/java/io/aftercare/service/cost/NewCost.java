package io.aftercare.service.cost;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry about to be made.
///
/// @param source   what makes it unique where another room tells it, null for a person's
/// @param reverses the entry that it puts right
record NewCost(@Nullable Long ticket, CostKind kind, BigDecimal amount, String basis, String text,
        String reference, @Nullable String voucher, String department, Instant at, String enteredBy,
        @Nullable String source, @Nullable Long reverses) {}
