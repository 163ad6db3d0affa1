package io.aftercare.service.stock;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of the ledger, which never changes (R45).
///
/// @param reverses   the movement that this one takes back
/// @param reversedBy the movement that took this one back
public record Movement(long id, Instant at, String part, String batch, String from, String to, int quantity,
        Reason reason, String reference, BigDecimal unitCost, String actor, @Nullable Long reverses,
        @Nullable Long reversedBy) {}
