package io.aftercare.service.stock;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What shall be written into the ledger.
///
/// @param batch     empty for parts without batch; null to take what expires first of what is not expired
/// @param reference what it happened for, such as `requisition/7`
/// @param unitCost  null for what the batch, or else the part, was bought for
public record Posting(String part, @Nullable String batch, String from, String to, int quantity,
        Reason reason,
        String reference, @Nullable BigDecimal unitCost, @Nullable Long reverses) {
    public Posting {
        if (quantity <= 0) {
            throw new IllegalArgumentException("A movement moves at least one part, not " + quantity);
        }
    }

    public Posting(String part, @Nullable String batch, String from, String to, int quantity, Reason reason,
            String reference) {
        this(part, batch, from, to, quantity, reason, reference, null, null);
    }

    Posting of(String someBatch, int some) {
        return new Posting(part, someBatch, from, to, some, reason, reference, unitCost, reverses);
    }
}
