package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.telemetry.DeviceClock;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What outlives the connections of one device while the backend runs: its clock and its order of blocking work. About 200
/// bytes for each device that was seen. Guarded by its own monitor.
final class Presence {
    private final DeviceClock clock = new DeviceClock();
    private final Throttle throttle = new Throttle();
    private final Mailbox mailbox;
    private volatile @Nullable Session session;
    private int number; // published by the next
    private volatile long heardMicros;
    private volatile @Nullable Object owner;
    private @Nullable PendingWill will;

    private record PendingWill(EventExecutor loop, ScheduledFuture<?> timer, Runnable publish) {}

    Presence(Executor virtualThreads) {
        this.mailbox = new Mailbox(virtualThreads, this::roomAgain);
    }

    Throttle throttle() {
        return throttle;
    }

    /// The device was heard of; from any thread, the newest word counts.
    void heard(int device, long micros) {
        number = device;
        heardMicros = micros;
    }

    /// Microseconds since 1970; 0 for never.
    long heardMicros() {
        return heardMicros;
    }

    /// The device's number, once it was heard of.
    int number() {
        return number;
    }

    DeviceClock clock() {
        return clock;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /// The live connection; from any thread.
    @Nullable
    Session session() {
        return session;
    }

    /// Whose connection the stored session is from now on; in the mailbox. What an earlier connection still wants to store
    /// is void.
    void claim(Object connection) {
        owner = connection;
    }

    boolean isOwnedBy(Object connection) {
        return connection.equals(owner);
    }

    /// A new connection becomes the device's own.
    ///
    /// @return the connection that it takes over
    synchronized @Nullable Session enter(Session next) {
        Session before = session;
        session = next;
        return before;
    }

    /// A connection has ended; false where another one had taken it over before.
    synchronized boolean leave(Session ended) {
        if (session != ended) {
            return false;
        }
        session = null;
        return true;
    }

    /// A will that is published unless the device comes back within its delay. Lost where the backend stops before.
    ///
    /// @param loop does it
    synchronized void willAfter(long seconds, EventExecutor loop, Runnable publish) {
        will = new PendingWill(loop, loop.schedule(() -> {
            forgetWill();
            publish.run();
        }, seconds, TimeUnit.SECONDS), publish);
    }

    private synchronized void forgetWill() {
        will = null;
    }

    /// The device is back.
    ///
    /// @param goesOn whether its session does; with a session that has ended its will is due
    synchronized void settleWill(boolean goesOn) {
        PendingWill pending = will;
        will = null;
        if (pending != null && pending.timer().cancel(false) && !goesOn) {
            pending.loop().execute(pending.publish());
        }
    }

    private void roomAgain() {
        Session live = session;
        if (live != null) {
            live.loop().execute(live::mailboxHasRoom);
        }
    }
}
