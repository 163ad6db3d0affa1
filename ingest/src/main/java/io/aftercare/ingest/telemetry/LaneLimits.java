package io.aftercare.ingest.telemetry;

/// How much a lane lets gather before it stops the readers. What each of its connections had read by then, at most 16 KiB
/// each, comes on top, up to [#hardMax] times as much.
public record LaneLimits(int messagesMax, int bytesMax) {
    public LaneLimits {
        if (messagesMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("A lane needs room for a message");
        }
    }

    /// Bound of all that a lane ever lets gather, as a multiple of the limits.
    static int hardMax() {
        return 4;
    }

    boolean isFull(int messages, int bytes) {
        return messages >= messagesMax || bytes >= bytesMax;
    }

    /// Whether QoS 0 finds no room, so that QoS 1 finds some for longer.
    boolean sheds(int messages, int bytes) {
        return messages >= messagesMax - messagesMax / 4 || bytes >= bytesMax - bytesMax / 4;
    }

    boolean refuses(int messages, int bytes) {
        return messages / hardMax() >= messagesMax || bytes / hardMax() >= bytesMax;
    }
}
