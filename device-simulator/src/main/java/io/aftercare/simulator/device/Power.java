package io.aftercare.simulator.device;

import java.time.Duration;

/// What ends a device's waiting: a restart that somebody wants, a power cut, the end of the simulation. Thread-safe.
final class Power {
    private String reason = "";
    private boolean isGone;
    private boolean isClosed;

    /// Asks for a restart.
    synchronized void restart(String why) {
        reason = why;
        notifyAll();
    }

    /// The power goes: nothing more is said.
    synchronized void cut(String why) {
        isGone = true;
        restart(why);
    }

    /// Ends everything.
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    synchronized boolean isGone() {
        return isGone;
    }

    /// The device is down: whatever asked for it is served.
    synchronized void down() {
        reason = "";
        isGone = false;
    }

    /// Waits, at most so long, for a restart to be wanted; returns its reason, empty where none is.
    synchronized String await(Duration length) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0 && !isClosed && reason.isEmpty(); left = until
                - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return reason;
    }

    /// Waits, whatever is wanted meanwhile; until the end of the simulation at most.
    synchronized void pause(Duration length) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0 && !isClosed; left = until - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
