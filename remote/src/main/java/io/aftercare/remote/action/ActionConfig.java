package io.aftercare.remote.action;

/// When the customer has to be asked, and how many actions may be asked for.
///
/// @param perDeviceMax actions a minute for one device
/// @param perPersonMax actions a minute that one person asks for by hand
/// @param perFleetMax  actions a minute in all, those of fleet actions and runbooks among them
public record ActionConfig(ConsentPolicy consent, int perDeviceMax, int perPersonMax, int perFleetMax) {
    public static final ActionConfig DEFAULT = new ActionConfig(ConsentPolicy.WHERE_ASKED, 20, 120, 1_200);

    public ActionConfig {
        if (perDeviceMax < 1 || perPersonMax < 1 || perFleetMax < 1) {
            throw new IllegalArgumentException("at least one action a minute has to be possible");
        }
    }
}
