package io.aftercare.service.part;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Parts that were made together.
///
/// @param supplier who made them, where it is not the part's usual supplier
/// @param expires  the last day on which they may be fitted
public record Batch(String part, String batch, @Nullable String supplier, @Nullable String supplierBatch,
        @Nullable LocalDate expires) {
    public boolean isExpired(LocalDate today) {
        return expires != null && expires.isBefore(today);
    }
}
