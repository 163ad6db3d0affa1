package io.aftercare.ingest.telemetry;

/// Gives the messages of one device that bring no time of their own strictly increasing times, so that two of one
/// microsecond never collide. Handed from a device's connection to the next; used on the device's lane alone.
public final class DeviceClock {
    private long last;

    /// The time for a message.
    ///
    /// @param received when it came, microseconds since 1970 UTC
    long next(long received) {
        last = Math.max(received, last + 1);
        return last;
    }
}
