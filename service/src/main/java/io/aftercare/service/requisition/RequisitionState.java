package io.aftercare.service.requisition;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a requisition stands. [#next] is the one table of all transitions; [RequisitionFlow] says what each needs besides.
///
/// ```
/// draft ──► submitted ──► approved ──► issued ──► received ──► used
///   │           │ └► rejected │                       └──────► returned
///   └───────────┴─────────────┴──► cancelled
/// ```
public enum RequisitionState {
    DRAFT,
    SUBMITTED,
    /// The parts are reserved where they are.
    APPROVED,
    REJECTED,
    /// The parts are on their way.
    ISSUED,
    RECEIVED,
    /// Nothing is left of it; at least one part was fitted.
    USED,
    /// Everything went back.
    RETURNED,
    CANCELLED;

    /// The states that may follow.
    public Set<RequisitionState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(SUBMITTED, CANCELLED);
            case SUBMITTED -> EnumSet.of(APPROVED, REJECTED, CANCELLED);
            case APPROVED -> EnumSet.of(ISSUED, CANCELLED);
            case ISSUED -> EnumSet.of(RECEIVED);
            case RECEIVED -> EnumSet.of(USED, RETURNED);
            case REJECTED, USED, RETURNED, CANCELLED -> EnumSet.noneOf(RequisitionState.class);
        };
    }

    public boolean mayBecome(RequisitionState to) {
        return next().contains(to);
    }

    /// Whether somebody still has to do something about it.
    public boolean isOpen() {
        return !next().isEmpty();
    }

    /// Whether the parts were given out.
    public boolean isIssued() {
        return this == ISSUED || this == RECEIVED || this == USED;
    }

    /// The name outside.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static Optional<RequisitionState> parse(String text) {
        return Kebab.parse(RequisitionState.class, text);
    }
}
