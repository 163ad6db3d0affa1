package io.aftercare.remote;

import io.aftercare.remote.action.ActionConfig;

/// Settings of remote diagnostics, each room's a record of its own.
public record RemoteConfig(ActionConfig actions) {
    public static RemoteConfig defaults() {
        return new RemoteConfig(ActionConfig.DEFAULT);
    }
}
