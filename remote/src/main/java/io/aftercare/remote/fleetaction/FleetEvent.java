package io.aftercare.remote.fleetaction;

import java.util.List;

/// What may happen to a fleet action.
sealed interface FleetEvent {
    record Approve(String by) implements FleetEvent {}

    record Reject(String by, String reason) implements FleetEvent {}

    record Pause(String by, String reason) implements FleetEvent {}

    /// Somebody has looked at what stopped it, and lets it go on: failures so far are not held against it again.
    record Resume(List<Tally> tallies) implements FleetEvent {}

    /// Somebody opens the next stage, without waiting for this one.
    record Advance() implements FleetEvent {}

    record Abort(String by, String reason) implements FleetEvent {}

    /// A look at how it goes.
    ///
    /// @param tallies         of each stage
    /// @param askedLastMinute devices that had their turn in the last minute
    record Tick(List<Tally> tallies, int askedLastMinute) implements FleetEvent {}
}
