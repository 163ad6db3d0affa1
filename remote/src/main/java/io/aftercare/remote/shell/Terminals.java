package io.aftercare.remote.shell;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionListener;
import io.aftercare.remote.action.ActionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The sessions between their opening and their end: bytes both ways, and every way to end. What is decided is committed before the
/// device or a person hears of it; the database's row is the truth, and what is in memory follows it. Thread-safe; calls block.
public final class Terminals implements ActionListener {
    /// The name of the action that opens a shell.
    public static final String ACTION = "shell";
    /// How long a device that was away is still told that a session is over: longer than any session lasts on the device itself.
    private static final Duration TOLD = Duration.ofHours(1);

    private final RemoteGround ground;
    private final ShellLimits limits;
    private final Map<String, LiveShell> live = new ConcurrentHashMap<>();
    private final ShellMeters meters;
    private final Strays strays;

    Terminals(RemoteGround ground, ShellLimits limits) {
        this.ground = ground;
        this.limits = limits;
        this.meters = new ShellMeters(ground.meters(), live);
        this.strays = new Strays(ground, meters);
    }

    ShellMeters meters() {
        return meters;
    }

    Optional<LiveShell> find(String session) {
        return Optional.ofNullable(live.get(session));
    }

    List<LiveShell> all() {
        return List.copyOf(live.values());
    }

    /// The action that opens a session is over: it is open now, or it will never be.
    @Override
    public void ended(Handle handle, Action action) {
        if (!action.action().equals(ACTION)) {
            return;
        }
        Optional<Shell> shell = ShellSql.find(handle, action.params().path("session").asText(), true)
                .filter(found -> found.device().equals(action.device()));
        if (shell.isPresent()) {
            ended(handle, action, shell.get());
        } else if (action.state() == ActionState.SUCCEEDED) {
            tellClosed(handle, action);
        }
    }

    private void ended(Handle handle, Action action, Shell known) {
        // It may have been approved and sent without the session's row having heard of it.
        follow(handle, known, action);
        Shell before = ShellSql.find(handle, known.id(), true).orElseThrow();
        Principal by = action.decidedBy() == null
                ? Principal.SYSTEM
                : new Principal(action.decidedBy(), Principal.SYSTEM.roles(), "", "");
        switch (action.state()) {
            case SUCCEEDED -> opened(handle, action, before);
            case REJECTED -> end(handle, by, before, ShellEvent.REJECT, action.reason());
            case CANCELLED -> end(handle, by, before, ShellEvent.LEAVE, action.reason());
            case FAILED -> end(handle, Principal.SYSTEM, before, ShellEvent.REFUSE, action.error());
            case TIMED_OUT -> end(handle, Principal.SYSTEM, before, ShellEvent.GONE, action.error());
            case EXPIRED -> end(handle, Principal.SYSTEM, before, ShellEvent.EXPIRE, action.error());
            case REQUESTED, APPROVED, QUEUED, SENT, DELIVERED ->
                throw new IllegalStateException("the action " + action.id() + " is not over");
        }
    }

    private void opened(Handle handle, Action action, Shell before) {
        if (before.state().after(ShellEvent.OPENED).isEmpty()) {
            tellClosed(handle, action);
            return;
        }
        Instant now = ground.now();
        Instant until = now.plusSeconds(before.seconds());
        ShellSql.open(handle, before.id(), now, until);
        ShellAudit.append(handle, Principal.SYSTEM, "shell.open", before,
                Json.object().put("until", until.toString()));
        handle.afterCommit(() -> {
            live.put(before.id(), new LiveShell(before, now, until, limits));
            publish(before.id(), before.device(), ShellState.OPEN);
        });
    }

    /// Notes of a session what its action shows: that it was approved, that it went down.
    void follow(Handle handle, Shell shell, Action action) {
        ShellState state = shell.state();
        boolean isApproved = switch (action.state()) {
            case REQUESTED, REJECTED, CANCELLED -> false; // decided, if at all, by who ended it
            case APPROVED, QUEUED, SENT, DELIVERED, SUCCEEDED, FAILED, TIMED_OUT, EXPIRED ->
                action.decidedBy() != null;
        };
        if (state == ShellState.REQUESTED && isApproved) {
            state = state.after(ShellEvent.APPROVE).orElseThrow();
            ShellSql.move(handle, shell.id(), state, action.decidedBy());
        }
        if (state == ShellState.APPROVED && action.sentAt() != null) {
            ShellSql.move(handle, shell.id(), state.after(ShellEvent.SEND).orElseThrow(), null);
        }
    }

    /// What opened too late has to be shut.
    @Override
    public void late(Handle handle, Action action) {
        if (action.action().equals(ACTION)) {
            tellClosed(handle, action);
        }
    }

    private void tellClosed(Handle handle, Action action) {
        String session = action.params().path("session").asText();
        handle.afterCommit(() -> tell(action.device(), session, 0, "closed"));
    }

    private boolean tell(String device, String session, long seq, String why) {
        return ground.downlink().send(new DeviceId(device), suffix(session), Frame.close(seq, why));
    }

    private static String suffix(String session) {
        return "shell/" + session + "/input";
    }

    /// Ends a session, wherever it stands.
    ///
    /// @param note what is to be read beside the reason
    /// @return the session as it is then; empty where this cannot end it, because it is over already
    Optional<Shell> end(Principal who, String session, ShellEvent event, @Nullable String note) {
        LiveShell here = live.get(session);
        ReentrantLock held = here == null ? new ReentrantLock() : here.lock();
        held.lock();
        try {
            return ground.database().inTransaction(handle -> ShellSql.find(handle, session, true)
                    .flatMap(before -> end(handle, who, before, event, note)));
        } finally {
            held.unlock();
        }
    }

    private Optional<Shell> end(Handle handle, Principal who, Shell before, ShellEvent event,
            @Nullable String note) {
        if (before.state().after(event).isEmpty()) {
            return Optional.empty();
        }
        Shell.Recorded recorded = PieceSql.recorded(handle, before.id());
        // Nothing was opened there, or the device is the one who says that it is over.
        boolean deviceKnows = before.openedAt() == null || event == ShellEvent.EXIT;
        ShellSql.End end = new ShellSql.End(event.reason(), note, who.name(), ground.now(), deviceKnows);
        ShellSql.close(handle, before.id(), end, recorded);
        ShellAudit.closed(handle, who, before, end, recorded);
        handle.afterCommit(() -> farewell(before, event, deviceKnows));
        return ShellSql.find(handle, before.id(), false);
    }

    private void farewell(Shell shell, ShellEvent event, boolean deviceKnows) {
        LiveShell here = live.remove(shell.id());
        LongConsumer tellDevice = seq -> {
            if (!deviceKnows) {
                tell(shell.device(), shell.id(), seq, event.reason());
            }
        };
        if (here == null) {
            tellDevice.accept(0);
        } else {
            here.end(event.reason(), tellDevice);
        }
        meters.closed(event.reason());
        publish(shell.id(), shell.device(), ShellState.CLOSED);
    }

    /// Takes what a device sent for a session; when this returns it is recorded, or dropped for good.
    public void output(DeviceId device, String session, byte[] payload) {
        LiveShell here = live.get(session);
        if (here == null || !here.device().equals(device.value())) {
            strays.take(device, session, payload);
            return;
        }
        Frame frame;
        try {
            frame = Frame.read(payload);
        } catch (IllegalArgumentException e) {
            meters.dropped("malformed");
            end(Principal.SYSTEM, session, ShellEvent.BREACH, e.getMessage());
            return;
        }
        settle(here, here.output(frame, ground.now(), piece -> keep(session, piece)), "output");
    }

    /// Hands keys to the device.
    ///
    /// @return whether they are on their way; else the session is closed
    boolean input(LiveShell here, byte[] keys) {
        return settle(here, here.input(keys, ground.now(), piece -> keep(here.id(), piece),
                payload -> send(here, payload)), "input");
    }

    boolean resize(LiveShell here, Size size) {
        return settle(here, here.resize(size, ground.now(), piece -> keep(here.id(), piece),
                payload -> send(here, payload)), "input");
    }

    private boolean settle(LiveShell here, LiveShell.Outcome outcome, String direction) {
        switch (outcome) {
            case LiveShell.Outcome.Taken taken -> meters.bytes(direction, taken.bytes());
            case LiveShell.Outcome.Dropped dropped -> meters.dropped(dropped.why());
            case LiveShell.Outcome.Ends ends -> {
                var _ = end(Principal.SYSTEM, here.id(), ends.event(), ends.note());
            }
        }
        return outcome instanceof LiveShell.Outcome.Taken;
    }

    private boolean keep(String session, Piece piece) {
        return ground.database().inTransaction(handle -> PieceSql.insert(handle, session, piece));
    }

    private boolean send(LiveShell here, byte[] payload) {
        return ground.downlink().send(new DeviceId(here.device()), suffix(here.id()), payload);
    }

    /// The device came, took its connection over, or went: its shell has gone with the connection that it was opened on.
    public void connectionChanged(DeviceId device) {
        for (LiveShell here : live.values()) {
            if (here.device().equals(device.value())) {
                end(Principal.SYSTEM, here.id(), ShellEvent.GONE, "its connection was lost");
            }
        }
    }

    /// The device can hear of its sessions: those that ended while it could not are told.
    public void reachable(DeviceId device) {
        Instant since = ground.now().minus(TOLD);
        ground.database().jdbi().withHandle(handle -> ShellSql.untold(handle, device.value(), since))
                .forEach(shell -> tell(shell.device(), shell.id(), 0, String.valueOf(shell.reason())));
    }

    /// Lets go of what the database does not have open.
    void keepOnly(List<String> open) {
        live.forEach((id, here) -> {
            if (!open.contains(id) && live.remove(id, here)) {
                here.end("closed", _ -> {
                });
            }
        });
    }

    private void publish(String id, String device, ShellState state) {
        String outlet = ground.devices().find(new DeviceId(device)).map(known -> known.outlet()).orElse("");
        ground.events().publish("shell.changed",
                Json.object().put("id", id).put("device", device).put("state", state.text()),
                who -> who.seesOutlet(outlet));
    }
}
