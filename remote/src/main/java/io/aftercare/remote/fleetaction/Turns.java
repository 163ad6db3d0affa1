package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.window.Window;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionClass;
import io.aftercare.remote.action.ActionListener;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.Mandate;
import io.aftercare.remote.action.Wish;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Devices' turns: asks for their actions, takes back those that are not wanted any more, and hears how they end. What is to be asked
/// for is marked and committed before, and asked for by the turn's own key, so that a server that dies in between asks for it
/// once. Locks are taken in the order action, fleet action, turn. Thread-safe; calls block.
final class Turns implements ActionListener {
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final Duration UPDATE_OVER = Duration.ofMinutes(5);
    private static final String ZONE = "timezone";

    private final RemoteGround ground;
    private final Actions actions;
    private final Runnable moved;

    /// @param moved called when a turn has ended
    Turns(RemoteGround ground, Actions actions, Runnable moved) {
        this.ground = ground;
        this.actions = actions;
        this.moved = moved;
    }

    /// Asks for the action of a turn that is marked for it.
    void ask(Turn turn) {
        FleetRow row = ground.database().jdbi()
                .withHandle(handle -> FleetSql.find(handle, turn.fleetAction()))
                .orElseThrow();
        Optional<Device> device = ground.devices().find(new DeviceId(turn.device()));
        Optional<Ending> hindrance = hindrance(row, device);
        if (hindrance.isPresent()) {
            settle(turn, hindrance.get());
            return;
        }
        try {
            Action asked = actions.request(row.requester(), new DeviceId(turn.device()),
                    wish(row, turn, device.orElseThrow()),
                    new Mandate(row.value().id(), row.value().decidedBy()));
            ground.database().useTransaction(handle -> TurnSql.noteAction(handle, turn, asked.id()));
        } catch (Problem refusal) {
            String why = String.valueOf(refusal.getMessage());
            settle(turn, refusal.status() == 429
                    ? new Ending(TurnEvent.DEFER, why, ground.now().plus(LATER))
                    : new Ending(TurnEvent.SKIP, why, null));
        }
    }

    private Optional<Ending> hindrance(FleetRow row, Optional<Device> device) {
        Instant now = ground.now();
        if (row.value().state() != FleetActionState.RUNNING || !now.isBefore(row.value().deadline())) {
            return Optional.of(new Ending(TurnEvent.DEFER, null, now));
        }
        if (device.isEmpty() || !device.get().mayConnect() || !device.get().model().equals(row.model())) {
            return Optional.of(
                    new Ending(TurnEvent.SKIP, "there is no such device any more that may connect", null));
        }
        if (row.actionClass() != ActionClass.A && ground.surroundings().isUpdating(device.get().id())) {
            return Optional.of(new Ending(TurnEvent.DEFER, "in the middle of a firmware update",
                    now.plus(UPDATE_OVER)));
        }
        Window window = row.value().plan().window();
        return window == null || window.isOpen(now, zone(device.get()))
                ? Optional.empty()
                : Optional.of(new Ending(TurnEvent.DEFER, null, window.opens(now, zone(device.get()))));
    }

    private Wish wish(FleetRow row, Turn turn, Device device) {
        boolean itsTicket = row.ticket() != null && turn.device().equals(row.ticketDevice())
                && ground.surroundings().isOpenTicket(row.ticket(), device.id());
        return Wish.of(row.action()).with(row.params()).because(row.why())
                .forTicket(itsTicket ? row.ticket() : null)
                .within(expiresIn(row, device)).keyed(turn.key());
    }

    // what a sleeping device finds when it wakes is not to be done outside of its window, or after the end
    private Duration expiresIn(FleetRow row, Device device) {
        Instant now = ground.now();
        FleetPlan plan = row.value().plan();
        Instant end = now.plus(plan.expiresIn());
        if (end.isAfter(row.value().deadline())) {
            end = row.value().deadline();
        }
        if (plan.window() != null) {
            Instant closes = plan.window().closes(now, zone(device));
            end = end.isAfter(closes) ? closes : end;
        }
        return Duration.between(now, end);
    }

    private static String zone(Device device) {
        return device.tags().getOrDefault(ZONE, "");
    }

    /// Takes the action of a turn back if the device does not have it yet; what it has, it is left to finish.
    void recall(Turn turn) {
        actions.recall(String.valueOf(turn.action()), "its fleet action does not run any more");
        ground.database().useTransaction(handle -> TurnSql.recalled(handle, turn));
    }

    @Override
    public void ended(Handle handle, Action action) {
        Turn.Key key = Turn.Key.parse(action.key());
        if (key == null) {
            return;
        }
        FleetSql.hold(handle, key.fleetAction())
                .ifPresent(row -> TurnSql.find(handle, key.fleetAction(), key.device(), true)
                        .filter(turn -> turn.attempt() == key.attempt())
                        .ifPresent(turn -> move(handle, turn,
                                Ending.of(action, Actions.isRecalled(action), moment(row, action)),
                                action.id())));
    }

    // A backend that died in the moment of sending took back what the device had: its answer shows that it is done.
    @Override
    public void late(Handle handle, Action action) {
        Turn.Key key = Turn.Key.parse(action.key());
        Ending said = Ending.late(action);
        if (key == null || said == null) {
            return;
        }
        FleetSql.hold(handle, key.fleetAction())
                .ifPresent(_ -> TurnSql.find(handle, key.fleetAction(), key.device(), true)
                        .filter(turn -> turn.state() == TurnState.WAITING && turn.attempt() == key.attempt())
                        .ifPresent(turn -> move(handle, turn, said, action.id())));
    }

    private Ending.Moment moment(FleetRow row, Action action) {
        Instant now = ground.now();
        Optional<Window> window = Optional.ofNullable(row.value().plan().window());
        // the action expired at its window's end at the latest, and the next one is asked for
        String zone = ground.devices().find(new DeviceId(action.device())).map(Turns::zone).orElse("");
        return new Ending.Moment(row.value().state().isOver(), window.map(open -> {
            Instant after = open.closes(action.createdAt(), zone);
            return open.opens(after.isAfter(now) ? after : now, zone);
        }), row.value().deadline(), now);
    }

    private void settle(Turn turn, Ending ending) {
        ground.database().useTransaction(handle -> {
            FleetRow row = FleetSql.hold(handle, turn.fleetAction()).orElseThrow();
            TurnSql.find(handle, turn.fleetAction(), turn.device(), true)
                    .filter(now -> now.attempt() == turn.attempt())
                    .ifPresent(now -> move(handle, now, ending.unlessOver(row.value()), null));
        });
    }

    private void move(Handle handle, Turn turn, Ending ending, @Nullable String action) {
        turn.state().after(ending.event()).ifPresent(state -> {
            TurnSql.move(handle, turn, state, action, ending.reason(), ending.dueAt(), ground.now());
            if (!state.isOver()) {
                return;
            }
            handle.afterCommit(() -> {
                Counter.builder("aftercare_remote_fleet_turns").description("devices' turns in fleet actions")
                        .tag("state", state.text()).register(ground.meters()).increment();
                moved.run();
            });
        });
    }
}
