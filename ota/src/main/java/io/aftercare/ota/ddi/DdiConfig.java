package io.aftercare.ota.ddi;

import java.time.Duration;

/// Settings of hawkBit's interface.
///
/// @param gatewayToken lets whoever shows it speak for every device; empty for nobody
/// @param product      what an unknown device is that comes with the gateway token; empty: it is not let in
/// @param poll         how often devices are told to ask, from 30 seconds to 23:59:59
/// @param proof        when a device that never stated its version counts as updated
public record DdiConfig(String gatewayToken, String product, Duration poll, Proof proof) {
    private static final Duration POLL_MIN = Duration.ofSeconds(30);
    private static final Duration POLL_MAX = Duration.ofDays(1).minusSeconds(1);

    /// As devices in the field know it from hawkBit, and nobody speaks for others.
    public static final DdiConfig USUAL = new DdiConfig("", "", Duration.ofMinutes(5), Proof.VERSION);

    /// What shows that a release runs.
    public enum Proof {
        /// The device states the release's version, after the restart.
        VERSION,
        /// Its word "closed, success" is enough where it has never stated a version: right for a fleet of SWUpdate, which
        /// says so after the restart.
        CLOSED
    }

    public DdiConfig {
        if (poll.compareTo(POLL_MIN) < 0 || poll.compareTo(POLL_MAX) > 0) {
            throw new IllegalArgumentException("devices poll every 30 seconds to 23:59:59, not " + poll);
        }
    }

    /// As the protocol writes it, `HH:mm:ss`.
    String sleep() {
        return String.format("%02d:%02d:%02d", poll.toHours(), poll.toMinutesPart(), poll.toSecondsPart());
    }
}
