package io.aftercare.ota.deployment;

import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.release.Manifest;
import java.time.Duration;

/// What a deployment is held to: the release, the campaign's plan, and how long each step may be silent.
///
/// @param over whether the campaign has ended: nothing is tried again then
/// @param seed makes the waits of different devices different, and those of one device always the same
public record Terms(Manifest manifest, Plan plan, Patience patience, boolean over, int seed) {

    /// How long to wait for word of a device.
    ///
    /// @param download from acceptance until the download is done
    /// @param install  from the verification until it is back
    /// @param settle   from the version reported until "confirmed", or the other way round
    /// @param busy     before a device is looked at again on which another campaign is at work
    public record Patience(Duration download, Duration install, Duration settle, Duration busy) {
        public static final Patience USUAL = new Patience(Duration.ofHours(24), Duration.ofMinutes(30),
                Duration.ofMinutes(5), Duration.ofMinutes(1));
    }
}
