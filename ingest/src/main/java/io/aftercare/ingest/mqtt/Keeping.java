package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the sessions that devices want kept, and what waits for them, in the order in which things happen to a device: all
/// work goes through its mailbox, and what a connection still wants after another one has taken the session is void. A
/// device without a kept session costs the database nothing. Thread-safe.
public final class Keeping {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final SessionStore store;
    private final Downlinks downlinks;
    private final DownlinkMeters meters;
    private final InstantSource clock;
    private volatile boolean stopping;

    public Keeping(Database database, InstantSource clock, MeterRegistry registry) {
        this(new SessionStore(database), new Downlinks(database, QueueLimits.DEFAULT),
                new DownlinkMeters(registry), clock);
    }

    Keeping(SessionStore store, Downlinks downlinks, DownlinkMeters meters, InstantSource clock) {
        this.store = store;
        this.downlinks = downlinks;
        this.meters = meters;
        this.clock = clock;
    }

    /// The backend stops: the ends of connections need not be stored, the next start knows them all.
    void stop() {
        stopping = true;
    }

    /// At the start of the backend; blocks.
    void start() {
        store.start(clock.instant());
    }

    /// Whether a CONNECT has to do with a kept session; if not, [SessionStore.Opened#NONE] is what there is.
    boolean concerns(Device device, Credentials shown) {
        return shown.expirySeconds() > 0 || store.mayExist(device.number());
    }

    /// Finds or makes the session of a device that connects; from any thread.
    ///
    /// @param connection who owns it from then on
    /// @param then       gets it, null where the database is away; on a virtual thread
    void open(Object connection, Presence presence, Device device, String clientId, Credentials shown,
            Consumer<SessionStore.@Nullable Opened> then) {
        presence.mailbox().add(() -> {
            SessionStore.Opened opened = null;
            try {
                Session before = presence.session();
                opened = store.open(device.number(), clientId, shown.cleanStart(), shown.expirySeconds(),
                        clock.instant());
                presence.claim(connection);
                if (before != null && opened.present()) {
                    // It has not ended yet, so what it has unreleased is not stored yet.
                    opened = opened.with(before.qosTwo().unreleased());
                }
            } catch (RuntimeException e) {
                LOG.warn("The session of {} cannot be opened: {}", device.id(), e.getMessage());
            }
            then.accept(opened);
        });
    }

    /// The connection that opened a session was gone before it could have it.
    void abandon(Object connection, Presence presence, Device device, Credentials shown) {
        Session before = presence.session();
        if (before != null) {
            before.disconnect(Code.TAKEN_OVER);
        }
        close(connection, presence, device, shown.expirySeconds(), List.of());
    }

    /// Something that takes messages from the store to the device.
    Courier courier(Session session, long sentSeq) {
        return new Courier(session.device().number(), sentSeq, new Courier.Tools(downlinks, meters, clock),
                session.downlink());
    }

    /// Stores what the session subscribes to now.
    ///
    /// @param stored done once it is committed; on a virtual thread
    void subscriptions(Session session, Runnable stored) {
        Subscriptions changed = session.subscriptions();
        session.presence().mailbox().add(() -> {
            if (!session.presence().isOwnedBy(session.connection())) {
                return;
            }
            try {
                store.subscriptions(session.device().number(), changed);
            } catch (RuntimeException e) {
                LOG.warn("A subscription of {} cannot be stored: {}", session.device().id(), e.getMessage());
                session.disconnect(Code.SERVER_BUSY);
                return;
            }
            stored.run();
        });
    }

    /// The connection of a stored session has ended.
    void close(Session session) {
        close(session.connection(), session.presence(), session.device(), session.expirySeconds(),
                session.qosTwo().unreleased());
    }

    private void close(Object connection, Presence presence, Device device, long expirySeconds,
            List<Integer> unreleased) {
        if (stopping && expirySeconds > 0 && unreleased.isEmpty()) {
            return;
        }
        presence.mailbox().add(() -> {
            if (!presence.isOwnedBy(connection)) {
                return;
            }
            presence.claim(this);
            try {
                store.close(device.number(), expirySeconds, unreleased, clock.instant());
            } catch (RuntimeException e) {
                LOG.warn("The end of a connection of {} is not stored, its session lasts longer: {}",
                        device.id(), e.getMessage());
            }
        });
    }

    /// Lets a message wait for a device; blocks.
    ///
    /// @param expiry how long it is of use; null: for ever
    Queuing queue(Device device, String suffix, byte[] payload, @Nullable Duration expiry) {
        Instant now = clock.instant();
        return downlinks.queue(device.number(), suffix, payload, expiry == null ? null : now.plus(expiry),
                now);
    }

    boolean mayKeep(Device device) {
        return store.mayExist(device.number());
    }

    Queuing counted(Queuing outcome) {
        return meters.queued(outcome);
    }

    int waiting(Device device) {
        return mayKeep(device) ? downlinks.waiting(device.number(), clock.instant()) : 0;
    }

    /// Removes what has had its day; blocks.
    void sweep() {
        meters.expired(store.sweep(clock.instant()));
    }
}
