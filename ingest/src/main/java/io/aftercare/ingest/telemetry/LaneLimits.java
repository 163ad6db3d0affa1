package io.aftercare.ingest.telemetry;

/// How much a lane lets gather before it stops the readers. What each of its connections had read by then, at most 16 KiB
/// each, comes on top.
public record LaneLimits(int messagesMax, int bytesMax) {
    public LaneLimits {
        if (messagesMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("A lane needs room for a message");
        }
    }
}
