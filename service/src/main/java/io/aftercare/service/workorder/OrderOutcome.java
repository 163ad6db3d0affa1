package io.aftercare.service.workorder;

/// What comes of an event.
sealed interface OrderOutcome {
    /// @param note what the case's timeline says of it
    record Done(WorkOrder order, String note) implements OrderOutcome {}

    record Refused(String why) implements OrderOutcome {}
}
