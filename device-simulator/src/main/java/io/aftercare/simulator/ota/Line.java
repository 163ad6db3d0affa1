package io.aftercare.simulator.ota;

import java.util.concurrent.TimeUnit;

/// How quickly bytes arrive at a device.
///
/// @param bytesPerSecond 0 for as quickly as they come
record Line(long bytesPerSecond) {
    static final Line FAST = new Line(0);

    /// The most to be taken from the network at once, so that a slow line is slow evenly.
    int portion(int max) {
        return bytesPerSecond == 0 ? max : Math.clamp(bytesPerSecond, 1, max);
    }

    /// Waits as long as these bytes take.
    void carried(int bytes) throws InterruptedException {
        if (bytesPerSecond > 0 && bytes > 0) {
            TimeUnit.MICROSECONDS.sleep(bytes * 1_000_000L / bytesPerSecond);
        }
    }
}
