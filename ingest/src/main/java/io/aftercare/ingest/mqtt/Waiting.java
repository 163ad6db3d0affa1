package io.aftercare.ingest.mqtt;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting at the stop, where nobody is there to tell.
final class Waiting {
    private static final long LOOK_NANOS = 5_000_000;

    private Waiting() {}

    /// Looks again and again; false where it did not come true within `max`.
    static boolean until(BooleanSupplier condition, Duration max) {
        long deadline = System.nanoTime() + max.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
