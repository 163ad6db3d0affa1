package io.aftercare.remote.shell;

import java.time.Duration;

/// The bounds of remote shells.
///
/// @param on                   whether there are any; off unless somebody turns them on
/// @param sessionsMax          asked for or open at once, of all devices
/// @param idleMax              without a key pressed
/// @param patience             for an approval and the device, from the request on
/// @param outputBytesMax       of a session; each message counts for [#MESSAGE_BYTES] more than it holds
/// @param outputBurstBytes     at once, before the rate counts
/// @param outputBytesPerSecond after the burst
/// @param inputBytesMax        of a session, as the output's
/// @param watchersMax          who look on at one session
public record ShellLimits(boolean on, int sessionsMax, Duration idleMax, Duration patience,
        int outputBytesMax,
        int outputBurstBytes, int outputBytesPerSecond, int inputBytesMax, int watchersMax) {
    /// What a message costs beside its bytes: a row of the recording.
    public static final int MESSAGE_BYTES = 64;
    /// The longest time that a session may be asked for.
    public static final Duration TIME_MAX = Duration.ofMinutes(30);

    public ShellLimits {
        if (sessionsMax < 1 || idleMax.isNegative() || patience.isNegative() || outputBytesMax < 1
                || outputBurstBytes < 1 || outputBytesPerSecond < 1 || inputBytesMax < 1
                || watchersMax < 1) {
            throw new IllegalArgumentException("bounds are positive");
        }
    }

    public static ShellLimits defaults(boolean on) {
        return new ShellLimits(on, 20, Duration.ofMinutes(5), Duration.ofMinutes(30), 5 << 20, 1 << 20,
                256 << 10, 1 << 20, 10);
    }
}
