package io.aftercare.remote;

import io.aftercare.remote.action.ActionConfig;
import io.aftercare.remote.crash.CrashConfig;
import io.aftercare.remote.upload.UploadLimits;

/// Settings of remote diagnostics, each room's a record of its own.
///
/// @param boostsMax devices that sample faster at a time
public record RemoteConfig(ActionConfig actions, int boostsMax, UploadLimits uploads,
        CrashConfig crashes) {
    public static final int BOOSTS_MAX = 50;

    public static RemoteConfig defaults() {
        return new RemoteConfig(ActionConfig.DEFAULT, BOOSTS_MAX, UploadLimits.DEFAULTS,
                CrashConfig.DEFAULTS);
    }

    /// The same with other bounds for actions.
    public RemoteConfig with(ActionConfig otherActions) {
        return new RemoteConfig(otherActions, boostsMax, uploads, crashes);
    }
}
