package io.aftercare.ingest.mqtt;

/// Bounds of what waits for one device.
///
/// @param messagesMax     messages; one more is refused
/// @param bytesMax        their payloads together
/// @param payloadBytesMax one payload
record QueueLimits(int messagesMax, long bytesMax, int payloadBytesMax) {
    static final QueueLimits DEFAULT = new QueueLimits(1000, 1 << 20, 64 * 1024);

    QueueLimits {
        // Packet identifiers are a function of the place in the queue, so fewer than 32,768 may wait (see Courier).
        if (messagesMax < 1 || messagesMax > 30_000 || bytesMax < payloadBytesMax) {
            throw new IllegalArgumentException("a bound of the queue is out of range");
        }
    }
}
