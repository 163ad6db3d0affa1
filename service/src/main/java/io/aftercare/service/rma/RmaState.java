package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a return stands. [#next] is the one table of all transitions; [RmaFlow] says what each needs besides.
///
/// ```
/// requested ──► approved ──► shipped ──► received ──► inspected ──► repaired | replaced | refunded | returned ──► closed
///      └► rejected   └────────────────────►┘
///  requested, approved, shipped ──► cancelled
/// ```
public enum RmaState {
    REQUESTED,
    APPROVED,
    /// Something is on its way: the old device to us, or, in an exchange in advance, the new one to the customer.
    SHIPPED,
    RECEIVED,
    INSPECTED,
    REPAIRED,
    REPLACED,
    REFUNDED,
    /// To be sent back as it came, because nothing is owed and no quote was accepted.
    RETURNED,
    CLOSED,
    REJECTED,
    CANCELLED;

    /// The states that may follow.
    public Set<RmaState> next() {
        return switch (this) {
            case REQUESTED -> EnumSet.of(APPROVED, REJECTED, CANCELLED);
            case APPROVED -> EnumSet.of(SHIPPED, RECEIVED, CANCELLED);
            case SHIPPED -> EnumSet.of(RECEIVED, CANCELLED);
            case RECEIVED -> EnumSet.of(INSPECTED);
            case INSPECTED -> EnumSet.of(REPAIRED, REPLACED, REFUNDED, RETURNED);
            case REPAIRED, REPLACED, REFUNDED, RETURNED -> EnumSet.of(CLOSED);
            case CLOSED, REJECTED, CANCELLED -> EnumSet.noneOf(RmaState.class);
        };
    }

    public boolean mayBecome(RmaState to) {
        return next().contains(to);
    }

    public boolean isOpen() {
        return !next().isEmpty();
    }

    /// Whether the old device has come in.
    public boolean isIn() {
        return switch (this) {
            case RECEIVED, INSPECTED, REPAIRED, REPLACED, REFUNDED, RETURNED, CLOSED -> true;
            case REQUESTED, APPROVED, SHIPPED, REJECTED, CANCELLED -> false;
        };
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<RmaState> parse(String text) {
        return Kebab.parse(RmaState.class, text);
    }
}
