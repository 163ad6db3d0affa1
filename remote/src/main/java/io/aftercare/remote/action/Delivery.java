package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.ActionSql.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hands actions to devices, a device's in the order in which they were asked for. What waits stands in the database: it goes
/// out after the request, at the device's next connection, and by the look around where a backend died in between. A
/// row stays locked from the decision to send it until that is noted, so nobody can take back what is on its way unseen.
/// Thread-safe; calls block.
final class Delivery {
    private static final int STRIPES = 256;
    private static final int DEVICES_AT_ONCE_MAX = 500;

    private final RemoteGround ground;
    private final Book book;
    private final Catalogue catalogue;
    private final Circumstances circumstances;
    private final ConsentPolicy policy;
    private final List<Lock> stripes = Stream.generate(() -> (Lock) new ReentrantLock()).limit(STRIPES)
            .toList();

    Delivery(RemoteGround ground, Book book, Catalogue catalogue, Circumstances circumstances) {
        this.ground = ground;
        this.book = book;
        this.catalogue = catalogue;
        this.circumstances = circumstances;
        this.policy = ground.config().actions().consent();
    }

    /// Sends what waits for the device if it is there.
    ///
    /// @param fresh an action whose guards were asked just now
    /// @return that action as it stands then
    Action fresh(Action fresh) {
        return deliver(new DeviceId(fresh.device()), false, fresh.id()).stream()
                .filter(action -> action.id().equals(fresh.id())).findFirst().orElse(fresh);
    }

    /// The device is there: what it should have and has not answered goes out again.
    void connected(DeviceId device) {
        deliver(device, true, null);
        ground.database().jdbi()
                .withHandle(handle -> ActionSql.takenBack(handle, device.value(), ground.now()))
                .forEach(this::takeBack);
    }

    /// Tells the device that an action is not wanted any more; it may have done it already.
    void takeBack(Action action) {
        send(action, Json.object().put("cancelled", true));
    }

    /// Sends what waits for devices that are there, from the device after `after` on.
    ///
    /// @return the last device looked at, null after the last of all
    @Nullable
    String lookAround(String after) {
        List<String> waiting = ground.database().jdbi()
                .withHandle(handle -> ActionSql.waiting(handle, after, DEVICES_AT_ONCE_MAX));
        waiting.stream().map(DeviceId::new).filter(ground.downlink()::reaches)
                .forEach(device -> deliver(device, false, null));
        return waiting.size() < DEVICES_AT_ONCE_MAX ? null : waiting.getLast();
    }

    private List<Action> deliver(DeviceId id, boolean again, @Nullable String fresh) {
        Optional<Device> device = ground.devices().find(id);
        if (device.isEmpty() || !ground.downlink().reaches(id)) {
            return List.of();
        }
        Lock order = stripes.get(Math.floorMod(id.hashCode(), STRIPES));
        order.lock();
        try {
            List<Action> due = ground.database().jdbi().withHandle(
                    handle -> ActionSql.outstanding(handle, id.value(), ground.now(), again));
            List<String> allowed = new ArrayList<>();
            for (Action action : due) {
                Verdict verdict = action.id().equals(fresh)
                        ? new Verdict.Send()
                        : judge(device.get(), action);
                switch (verdict) {
                    case Verdict.Send _ -> allowed.add(action.id());
                    case Verdict.Wait _ -> {
                    }
                    case Verdict.Refuse refuse -> refuse(action, refuse.reason());
                }
            }
            return allowed.isEmpty() ? List.of() : send(allowed);
        } finally {
            order.unlock();
        }
    }

    private sealed interface Verdict {
        record Send() implements Verdict {}

        record Wait() implements Verdict {}

        record Refuse(String reason) implements Verdict {}
    }

    /// Whether what was allowed when it was asked for still is.
    private Verdict judge(Device device, Action action) {
        Catalogue.Known known;
        try {
            known = ground.database().jdbi()
                    .withHandle(handle -> catalogue.find(handle, device.model(), action.action()));
        } catch (Problem gone) {
            return new Verdict.Refuse(String.valueOf(gone.getMessage()));
        }
        Guards.Moment now = circumstances.of(device.id(), action.ticket(), known.purpose());
        return Guards.lasting(device, known, action.ticket(), now, policy)
                .<Verdict>map(refusal -> new Verdict.Refuse(refusal.reason()))
                .orElseGet(() -> Guards.mustWait(action.actionClass(), now)
                        ? new Verdict.Wait()
                        : new Verdict.Send());
    }

    // One that the device may have already is only not sent again: its answer, or its time, ends it.
    private void refuse(Action action, String reason) {
        ground.database().useTransaction(handle -> {
            Action before = ActionSql.lock(handle, action.id()).orElseThrow();
            before.state().after(ActionEvent.REFUSE).ifPresent(state -> book.happened(handle, before,
                    Change.end(state, ground.now(), "not sent: " + reason)));
        });
    }

    private List<Action> send(List<String> ids) {
        return ground.database().inTransaction(handle -> {
            List<Action> sent = new ArrayList<>();
            Instant now = ground.now();
            for (Action action : ActionSql.lock(handle, ids)) {
                Optional<ActionState> state = action.state().after(ActionEvent.SEND);
                boolean late = action.sentAt() == null && !action.expires().isAfter(now);
                if (state.isEmpty() || late) {
                    continue; // it moved on while the list was read
                }
                if (!send(action, payload(action))) {
                    break; // what was asked for later waits too
                }
                sent.add(book.change(handle, action, new Change(state.get(), null, null, now,
                        Deadlines.sent(action, now), null, null, null)));
            }
            return sent;
        });
    }

    private static ObjectNode payload(Action action) {
        ObjectNode payload = Json.object().put("action", action.action());
        payload.set("params", action.params());
        return payload.put("expires", action.expires().toString());
    }

    private boolean send(Action action, ObjectNode payload) {
        return ground.downlink().send(new DeviceId(action.device()), "actions/" + action.id(),
                Json.text(payload).getBytes(StandardCharsets.UTF_8));
    }
}
