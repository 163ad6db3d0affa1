package io.aftercare.service.quote;

import java.math.BigDecimal;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What quotes ask the catalogue of parts. Works in the caller's transaction.
@FunctionalInterface
public interface PartOffers {
    /// A part for customers.
    ///
    /// @param mayBeFitted whether it is genuine or certified (R34)
    /// @param price       official price of the day, null where there is none
    record Offer(String code, String nameZh, String nameEn, boolean mayBeFitted, @Nullable BigDecimal price) {
        String name() {
            return nameZh + " / " + nameEn;
        }
    }

    /// The part of that code, empty where there is none.
    Optional<Offer> find(Handle handle, String code);
}
