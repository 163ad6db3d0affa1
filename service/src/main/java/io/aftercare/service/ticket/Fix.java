package io.aftercare.service.ticket;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A firmware that is said to mend the fault.
///
/// @param installedAt when the device ran it, null while it is on its way
/// @param soak        how long it is watched after that
/// @param soakUntil   when the watch ends
/// @param extensions  how often the watch was prolonged because the device had reported nothing
public record Fix(String release, String version, String campaign, @Nullable Instant installedAt,
        Duration soak, @Nullable Instant soakUntil, int extensions) {
    static Fix scheduled(String release, String version, String campaign) {
        return new Fix(release, version, campaign, null, Duration.ZERO, null, 0);
    }

    Fix installed(Instant at, Duration watched, Instant until) {
        return new Fix(release, version, campaign, at, watched, until, 0);
    }

    Fix watchedUntil(Instant until) {
        return new Fix(release, version, campaign, installedAt, soak, until, extensions);
    }

    Fix extended(Instant until) {
        return new Fix(release, version, campaign, installedAt, soak, until, extensions + 1);
    }
}
