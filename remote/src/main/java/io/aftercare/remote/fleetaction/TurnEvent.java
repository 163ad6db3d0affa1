package io.aftercare.remote.fleetaction;

/// What moves one device of a fleet action on.
enum TurnEvent {
    ASK,
    /// It is tried again later.
    DEFER,
    SUCCEED,
    FAIL,
    MISS,
    SKIP,
    CANCEL
}
