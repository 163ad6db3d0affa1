package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.device.Contact;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Micros;
import io.aftercare.ingest.message.Connectivity;
import io.aftercare.ingest.message.DeviceMessages;
import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.ingest.telemetry.DeviceClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The devices that are connected now, and the way down to them. Thread-safe; nothing here waits.
public final class Sessions implements Contact {
    private final ConcurrentHashMap<DeviceId, Presence> presences = new ConcurrentHashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final Executor threads;
    private final InstantSource clock;
    private final DeviceMessages listener;
    private final Connectivity connectivity;
    private final Keeping keeping;

    public Sessions(Executor virtualThreads, InstantSource clock, DeviceMessages listener,
            Connectivity connectivity, Keeping keeping) {
        this.threads = virtualThreads;
        this.clock = clock;
        this.listener = listener;
        this.connectivity = connectivity;
        this.keeping = keeping;
    }

    /// Sends what is of the moment to a device that is connected and has subscribed to the topic, with QoS 1 where it asked
    /// for that. It is not stored, and not sent again after a reconnect: for senders with a state of their own, such as an
    /// offer of a firmware or an action. All others have [#queue].
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

    /// Sends to a device that is there, or lets the message wait in its session until it comes back. Blocks on the database.
    ///
    /// @param suffix the topic below `devices/{id}/`
    /// @param expiry how long the message is of use; null: as long as the session lasts
    /// @return what becomes of it; where [Queuing#isTaken] is false, nothing does
    public Queuing queue(Device device, String suffix, byte[] payload, @Nullable Duration expiry) {
        Queuing outcome = keeping.mayKeep(device)
                ? keeping.queue(device, suffix, payload, expiry)
                : Queuing.NO_SESSION;
        Session session = session(device.id());
        if (session != null && outcome == Queuing.QUEUED) {
            session.loop().execute(session.downlink()::wake);
        } else if (session != null && outcome == Queuing.NO_SESSION) {
            outcome = sendNow(session, suffix, payload);
        }
        return keeping.counted(outcome);
    }

    private static Queuing sendNow(Session session, String suffix, byte[] payload) {
        int qos = session.subscriptions().qos(suffix);
        if (qos < 1) {
            return Queuing.NOT_SUBSCRIBED;
        }
        return session.downlink().send(suffix, payload, qos) ? Queuing.SENT : Queuing.FULL;
    }

    /// How many messages wait for a device, those on their way included. Blocks on the database.
    public int waiting(Device device) {
        return keeping.waiting(device);
    }

    Keeping keeping() {
        return keeping;
    }

    @Override
    public boolean isConnected(DeviceId id) {
        return session(id) != null;
    }

    @Override
    public Optional<Instant> heard(DeviceId id) {
        Presence presence = presences.get(id);
        return presence == null || presence.heardMicros() == 0
                ? Optional.empty()
                : Optional.of(Micros.instant(presence.heardMicros()));
    }

    /// A device was heard of that is not connected: it speaks HTTP.
    public void heard(Device device, Instant at) {
        presence(device.id()).heard(device.number(), Micros.of(at));
    }

    /// When each device was last heard of, by its number: of those that were since a moment.
    public Map<Integer, Instant> heardSince(Instant since) {
        long micros = Micros.of(since);
        Map<Integer, Instant> heard = new HashMap<>();
        presences.values().forEach(presence -> {
            long at = presence.heardMicros();
            if (at > 0 && at >= micros) {
                heard.put(presence.number(), Micros.instant(at));
            }
        });
        return heard;
    }

    @Override
    public Stream<Device> connectedDevices() {
        return presences.values().stream().map(Presence::session).filter(Objects::nonNull)
                .map(Session::device);
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

    /// The clock that times a device's messages which bring no time, however they come.
    public DeviceClock clock(DeviceId id) {
        return presence(id).clock();
    }

    /// Does work for a device after all that was begun for it before, and before all that comes later.
    public void inOrder(DeviceId id, Runnable work) {
        var _ = presence(id).mailbox().add(work);
    }

    /// Whether [#inOrder] should be asked for more: what a device has at work is bounded, whichever way it comes.
    public boolean hasRoom(DeviceId id) {
        return !presence(id).mailbox().isFull();
    }

    Presence presence(DeviceId id) {
        return presences.computeIfAbsent(id, _ -> new Presence(threads));
    }

    /// The session is the device's own from now on; an earlier one is ended.
    void enter(Session session, Peer peer) {
        Instant now = clock.instant();
        Session replaced = session.presence().enter(session);
        session.presence().settleWill(session.isPresent());
        if (replaced != null) {
            replaced.disconnect(Code.TAKEN_OVER);
        } else {
            live.incrementAndGet();
        }
        session.began(now, peer);
        connectivity.note(session.device(), now, true,
                (session.v5() ? "MQTT 5.0" : "MQTT 3.1.1") + peer.inWords()
                        + (replaced == null ? "" : ", taking over"),
                session.visit(null));
    }

    /// Tells that the device is there, once it was answered.
    void welcomed(Session session) {
        session.presence().mailbox().add(() -> listener.connected(session.device()));
        if (session.isPresent() && !session.subscriptions().isEmpty()) {
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
        if (!session.presence().leave(session)) {
            return false;
        }
        live.decrementAndGet();
        connectivity.note(session.device(), now, false, why, session.visit(now));
        session.presence().mailbox().add(() -> listener.disconnected(session.device()));
        return true;
    }

    /// Whether nothing is waiting to be done for any device.
    boolean areSettled() {
        return presences.values().stream().allMatch(presence -> presence.mailbox().isIdle());
    }

    void forEach(Consumer<Session> action) {
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
