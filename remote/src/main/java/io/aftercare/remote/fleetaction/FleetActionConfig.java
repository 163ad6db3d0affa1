package io.aftercare.remote.fleetaction;

/// How much a fleet action may take on.
///
/// @param aloneMax   devices that one person may act upon within an hour without a second person
/// @param devicesMax devices of one fleet action
/// @param openMax    fleet actions that have not ended
public record FleetActionConfig(int aloneMax, int devicesMax, int openMax) {
    public static final FleetActionConfig DEFAULT = new FleetActionConfig(10, 100_000, 50);

    public FleetActionConfig {
        if (aloneMax < 0 || devicesMax < 1 || openMax < 1) {
            throw new IllegalArgumentException("a fleet action has to be possible");
        }
    }
}
