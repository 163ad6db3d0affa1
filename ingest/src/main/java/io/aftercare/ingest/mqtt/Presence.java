package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.telemetry.DeviceClock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What outlives the connections of one device while the backend runs: its clock and its order of blocking work. About 200
/// bytes for each device that was seen. Guarded by its own monitor.
final class Presence {
    private final DeviceClock clock = new DeviceClock();
    private final Throttle throttle = new Throttle();
    private final Mailbox mailbox;
    private volatile @Nullable Session session;
    private volatile @Nullable Object owner;

    Presence(Executor virtualThreads) {
        this.mailbox = new Mailbox(virtualThreads, this::roomAgain);
    }

    Throttle throttle() {
        return throttle;
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

    private void roomAgain() {
        Session live = session;
        if (live != null) {
            live.loop().execute(live::mailboxHasRoom);
        }
    }
}
