package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.ingest.message.Connectivity;
import io.aftercare.ingest.message.DeviceMessages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The devices that are connected now, and the way down to them. Thread-safe; nothing here waits.
public final class Sessions {
    private final ConcurrentHashMap<DeviceId, Presence> presences = new ConcurrentHashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final Executor threads;
    private final InstantSource clock;
    private final DeviceMessages listener;
    private final Connectivity connectivity;

    public Sessions(Executor virtualThreads, InstantSource clock, DeviceMessages listener,
            Connectivity connectivity) {
        this.threads = virtualThreads;
        this.clock = clock;
        this.listener = listener;
        this.connectivity = connectivity;
    }

    /// Sends to a device that is connected and has subscribed to the topic, with QoS 1 where it asked for that.
    ///
    /// @param suffix the topic below `devices/{id}/`, such as `ota/offer`
    /// @return whether it is on its way; a device may still lose its connection before it answers, so what must arrive is
    ///         sent again at [DeviceMessages#reachable]
    public boolean send(DeviceId id, String suffix, byte[] payload) {
        Session session = session(id);
        if (session == null) {
            return false;
        }
        int qos = session.subscriptions().qos(suffix);
        return qos >= 0 && session.downlink().send(suffix, payload, qos);
    }

    public boolean isConnected(DeviceId id) {
        return session(id) != null;
    }

    /// How many are connected.
    public int connected() {
        return live.get();
    }

    /// The device was changed or ended by somebody: its connection learns it, or is closed.
    public void changed(Device device) {
        Session session = session(device.id());
        if (session == null) {
            return;
        }
        session.device(device);
        if (!device.mayConnect()) {
            session.disconnect(Code.ADMINISTRATIVE_ACTION);
        }
    }

    /// Ends a device's connection, because its token was changed or it was deleted.
    public void disconnect(DeviceId id) {
        Session session = session(id);
        if (session != null) {
            session.disconnect(Code.NOT_AUTHORIZED);
        }
    }

    Presence presence(DeviceId id) {
        return presences.computeIfAbsent(id, _ -> new Presence(threads));
    }

    /// The session is the device's own from now on; an earlier one is ended.
    ///
    /// @return whether it came back to a session that was kept
    boolean enter(Session session) {
        Instant now = clock.instant();
        Presence.Entry entry = session.presence().enter(session, now);
        if (entry.replaced() != null) {
            entry.replaced().disconnect(Code.TAKEN_OVER);
        } else {
            live.incrementAndGet();
        }
        connectivity.note(session.device(), now, true,
                (session.v5() ? "MQTT 5.0" : "MQTT 3.1.1")
                        + (entry.replaced() == null ? "" : ", taking over"));
        return entry.present();
    }

    /// Tells that the device is there, once it was answered.
    void welcomed(Session session, boolean present) {
        session.presence().mailbox().add(() -> listener.connected(session.device()));
        if (present && !session.subscriptions().isEmpty()) {
            reachable(session, List.copyOf(session.subscriptions().granted().keySet()));
        }
    }

    void reachable(Session session, List<TopicFilter> filters) {
        session.presence().mailbox().add(() -> listener.reachable(session.device(),
                suffix -> filters.stream().anyMatch(filter -> filter.matches(suffix))));
    }

    /// The connection has ended.
    ///
    /// @return false where another one had taken it over
    boolean leave(Session session, String why) {
        Instant now = clock.instant();
        if (!session.presence().leave(session, now)) {
            return false;
        }
        live.decrementAndGet();
        connectivity.note(session.device(), now, false, why);
        session.presence().mailbox().add(() -> listener.disconnected(session.device()));
        return true;
    }

    /// Whether nothing is waiting to be done for any device.
    boolean areSettled() {
        return presences.values().stream().allMatch(presence -> presence.mailbox().isIdle());
    }

    void forEach(java.util.function.Consumer<Session> action) {
        presences.values().forEach(presence -> {
            Session session = presence.session();
            if (session != null) {
                action.accept(session);
            }
        });
    }

    private @Nullable Session session(DeviceId id) {
        Presence presence = presences.get(id);
        return presence == null ? null : presence.session();
    }
}
