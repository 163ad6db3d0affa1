package io.aftercare.ingest.mqtt;

import java.util.Locale;

/// What becomes of a message that is given to [Sessions#queue].
public enum Queuing {
    /// Stored; it reaches the device now or when it comes back, unless it expires or the session ends before.
    QUEUED(true),
    /// On its way to a device that keeps no session: gone if the connection breaks before it is answered.
    SENT(true),
    /// The device is away and keeps no session.
    NO_SESSION(false),
    /// The device has not subscribed to the topic with QoS 1.
    NOT_SUBSCRIBED(false),
    /// As much waits for the device as may.
    FULL(false),
    /// Longer than a message down may be.
    TOO_LARGE(false);

    private final boolean taken;

    Queuing(boolean taken) {
        this.taken = taken;
    }

    /// Whether there is nothing more to do for the caller.
    public boolean isTaken() {
        return taken;
    }

    /// As a label of metrics and a word for people.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
