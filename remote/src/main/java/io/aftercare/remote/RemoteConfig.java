package io.aftercare.remote;

import io.aftercare.remote.action.ActionConfig;

/// Settings of remote diagnostics, each room's a record of its own.
///
/// @param boostsMax devices that sample faster at a time
public record RemoteConfig(ActionConfig actions, int boostsMax) {
    public static final int BOOSTS_MAX = 50;

    public static RemoteConfig defaults() {
        return new RemoteConfig(ActionConfig.DEFAULT, BOOSTS_MAX);
    }
}
