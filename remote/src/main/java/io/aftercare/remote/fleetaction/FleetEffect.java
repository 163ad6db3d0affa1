package io.aftercare.remote.fleetaction;

/// What follows from a fleet action's decision, besides its new row.
sealed interface FleetEffect {
    /// Waiting devices have their turn.
    ///
    /// @param stage those of this stage and of the ones before it
    /// @param max  at most so many
    record Ask(int stage, int max) implements FleetEffect {}

    /// No waiting device has its turn any more.
    ///
    /// @param event what that is to the device
    record Drop(TurnEvent event, String reason) implements FleetEffect {}
}
