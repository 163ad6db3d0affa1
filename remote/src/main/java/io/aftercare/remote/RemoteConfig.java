package io.aftercare.remote;

import io.aftercare.remote.action.ActionConfig;
import io.aftercare.remote.crash.CrashConfig;
import io.aftercare.remote.fleetaction.FleetActionConfig;
import io.aftercare.remote.shell.ShellLimits;
import io.aftercare.remote.upload.UploadLimits;

/// Settings of remote diagnostics, each room's a record of its own.
///
/// @param boostsMax devices that sample faster at a time
public record RemoteConfig(ActionConfig actions, FleetActionConfig fleetActions, int boostsMax,
        UploadLimits uploads,
        CrashConfig crashes, ShellLimits shells) {
    public static final int BOOSTS_MAX = 50;

    public static RemoteConfig defaults() {
        return new RemoteConfig(ActionConfig.DEFAULT, FleetActionConfig.DEFAULT, BOOSTS_MAX,
                UploadLimits.DEFAULTS, CrashConfig.DEFAULTS, ShellLimits.defaults(false));
    }

    /// The same with other bounds for actions.
    public RemoteConfig with(ActionConfig other) {
        return new RemoteConfig(other, fleetActions, boostsMax, uploads, crashes, shells);
    }

    /// The same with other bounds for shells.
    public RemoteConfig with(ShellLimits other) {
        return new RemoteConfig(actions, fleetActions, boostsMax, uploads, crashes, other);
    }

    /// The same with other bounds for crashes.
    public RemoteConfig with(CrashConfig other) {
        return new RemoteConfig(actions, fleetActions, boostsMax, uploads, other, shells);
    }

    /// The same with room for so many boosts.
    public RemoteConfig withBoosts(int max) {
        return new RemoteConfig(actions, fleetActions, max, uploads, crashes, shells);
    }
}
