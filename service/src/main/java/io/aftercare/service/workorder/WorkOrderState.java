package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a work order stands. [#next] is the one table of all transitions; [OrderFlow] says what each needs besides.
///
/// ```
/// draft ◄──► dispatched ──► accepted ──► en-route ──► on-site ──► repairing ◄──► testing ──► done
///   ▲             │             │ └─────────(depot)────────────────▲                │
///   └─────────────┴─────────────┘                                                   │
///  every open state ──► failed ◄────────────────────────────────────────────────────┘
/// ```
public enum WorkOrderState {
    DRAFT,
    /// Somebody is to go; they have not said yes.
    DISPATCHED,
    ACCEPTED,
    EN_ROUTE,
    ON_SITE,
    REPAIRING,
    TESTING,
    /// The repair passed its test (R35).
    DONE,
    /// It did not come to that, or was called off.
    FAILED;

    /// The states that may follow. Back to `draft` means that somebody else is to be found.
    public Set<WorkOrderState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(DISPATCHED, FAILED);
            case DISPATCHED -> EnumSet.of(ACCEPTED, DRAFT, FAILED);
            case ACCEPTED -> EnumSet.of(EN_ROUTE, REPAIRING, DRAFT, FAILED);
            case EN_ROUTE -> EnumSet.of(ON_SITE, FAILED);
            case ON_SITE -> EnumSet.of(REPAIRING, FAILED);
            case REPAIRING -> EnumSet.of(TESTING, FAILED);
            case TESTING -> EnumSet.of(DONE, REPAIRING, FAILED);
            case DONE, FAILED -> EnumSet.noneOf(WorkOrderState.class);
        };
    }

    public boolean mayBecome(WorkOrderState to) {
        return next().contains(to);
    }

    public boolean isOpen() {
        return this != DONE && this != FAILED;
    }

    /// Whether the engineer is on this order now and on nothing else.
    public boolean isUnderWay() {
        return this == EN_ROUTE || this == ON_SITE || this == REPAIRING || this == TESTING;
    }

    /// The name outside, such as `en-route`.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<WorkOrderState> parse(String text) {
        return Kebab.parse(WorkOrderState.class, text);
    }
}
