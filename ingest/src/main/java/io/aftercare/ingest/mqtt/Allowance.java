package io.aftercare.ingest.mqtt;

import java.time.Duration;

/// How much a device may publish. Beyond it nothing is refused: its connection is not read for a while, which TCP tells
/// the device, so that it slows down by itself and no other device has to wait for it.
///
/// @param messagesPerSecond in the long run
/// @param bytesPerSecond    of payloads and topics, in the long run
/// @param burst             how much of that may come at once, after a rest
public record Allowance(long messagesPerSecond, long bytesPerSecond, Duration burst) {
    /// A tenth of what two cores store. What comes at once waits in its lane before everybody else's next message, so that
    /// is kept to what a lane stores in some milliseconds.
    public static final Allowance DEFAULT = new Allowance(20_000, 16 << 20, Duration.ofMillis(250));

    public Allowance {
        if (messagesPerSecond < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "a device may publish at least one message and one byte a second");
        }
        if (burst.isNegative() || burst.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("a burst is 0 to 3600 seconds, not " + burst);
        }
    }
}
