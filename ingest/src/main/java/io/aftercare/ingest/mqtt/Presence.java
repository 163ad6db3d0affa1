package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.telemetry.DeviceClock;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What outlives the connections of one device: its clock, its order of blocking work, and the session that MQTT lets it
/// come back to. About 300 bytes for each device that was seen. Guarded by its own monitor.
final class Presence {
    private final DeviceClock clock = new DeviceClock();
    private final Mailbox mailbox;
    private volatile @Nullable Session session;
    private @Nullable Kept kept;

    /// A session without a connection.
    private record Kept(String clientId, Subscriptions subscriptions, QosTwo qosTwo, Instant until) {}

    /// What a new connection finds.
    ///
    /// @param replaced the connection that it takes over
    /// @param present  whether it came back to an earlier session
    record Entry(@Nullable Session replaced, boolean present) {}

    Presence(Executor virtualThreads) {
        this.mailbox = new Mailbox(virtualThreads, this::roomAgain);
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

    /// A new connection becomes the device's own.
    synchronized Entry enter(Session next, Instant now) {
        Session before = session;
        if (before != null) {
            keep(before, now);
        }
        Kept found = kept;
        kept = null;
        boolean present = found != null && !next.cleanStart() && found.clientId().equals(next.clientId())
                && found.until().isAfter(now);
        if (present && found != null) {
            next.restore(found.subscriptions(), found.qosTwo());
        }
        session = next;
        return new Entry(before, present);
    }

    /// A connection has ended; false where another one had taken it over before.
    synchronized boolean leave(Session ended, Instant now) {
        if (session != ended) {
            return false;
        }
        session = null;
        keep(ended, now);
        return true;
    }

    private void keep(Session ended, Instant now) {
        if (ended.expirySeconds() > 0) {
            ended.qosTwo().forgetPending();
            kept = new Kept(ended.clientId(), ended.subscriptions(), ended.qosTwo(),
                    now.plusSeconds(ended.expirySeconds()));
        }
    }

    private void roomAgain() {
        Session live = session;
        if (live != null) {
            live.loop().execute(live::mailboxHasRoom);
        }
    }
}
