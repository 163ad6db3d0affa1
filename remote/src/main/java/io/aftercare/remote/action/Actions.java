package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.id.Ids;
import io.aftercare.remote.action.ActionSql.Change;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.remote.Downlink;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Surroundings;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remote actions: asked for, guarded, sent when the device is there, and followed to their end. What is decided is committed
/// before anything is sent; an action is sent again at each connection until the device answers, always under the same id, so
/// that the device can tell. Thread-safe; calls block.
public final class Actions {
    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
    private static final Set<String> STATUSES = Set.of("running", "succeeded", "failed", "rejected");

    private final Database database;
    private final Devices devices;
    private final Downlink downlink;
    private final Surroundings surroundings;
    private final Events events;
    private final InstantSource clock;

    /// What somebody asks for.
    ///
    /// @param confirm the device's id, typed again
    public record Wish(String action, @Nullable JsonNode params, @Nullable String ticket,
            @Nullable String expiresIn,
            @Nullable String confirm) {
        Duration expires() {
            try {
                return expiresIn == null ? Duration.ofHours(1) : Duration.parse(expiresIn);
            } catch (DateTimeException e) {
                throw Problem.invalid("expiresIn", "an ISO 8601 span of time such as PT1H, not " + expiresIn);
            }
        }
    }

    Actions(RemoteGround ground) {
        this.database = ground.database();
        this.devices = ground.devices();
        this.downlink = ground.downlink();
        this.surroundings = ground.surroundings();
        this.events = ground.events();
        this.clock = ground.clock();
    }

    Action request(Principal who, DeviceId id, Wish wish) {
        Device device = device(who, id);
        JsonNode params = wish.params() == null ? Json.object() : wish.params();
        boolean ticketOpen = wish.ticket() != null && surroundings.isOpenTicket(wish.ticket(), id);
        boolean updating = surroundings.isUpdating(id);
        Action action = database.inTransaction(handle -> {
            Catalogue.Known known = Catalogue.find(handle, device.model(), wish.action());
            Instant now = clock.instant();
            Guards.Case asked = new Guards.Case(device, known.actionClass(), wish.ticket(), ticketOpen,
                    wish.confirm(), updating, ActionSql.countSince(handle, id.value(), now.minusSeconds(60)),
                    wish.expires());
            Guards.refuse(who, asked).ifPresent(Actions::refuse);
            Catalogue.check(known, params);
            ActionState state = known.actionClass().needsSecondPerson()
                    ? ActionState.REQUESTED
                    : ActionState.QUEUED;
            Action made = new Action(Ids.next('a', clock), id.value(), known.name(), known.actionClass(),
                    params,
                    wish.ticket(), state, null, who.name(), null, known.timeoutSeconds(), now,
                    now.plus(wish.expires()), null, null, null, null, null, 1);
            ActionSql.insert(handle, made);
            audit(handle, who, "action.request", made, Json.object().put("action", made.action())
                    .put("class", made.actionClass().name()).put("ticket", made.ticket()));
            return made;
        });
        tell(action);
        return action.state() == ActionState.QUEUED ? send(action) : action;
    }

    Action approve(Principal who, String id) {
        Action action = decide(who, id, (handle, before) -> {
            Guards.approval(who, before.requestedBy(), device(who, new DeviceId(before.device())),
                    before.actionClass()).ifPresent(Actions::refuse);
            ActionState approved = next(before, ActionEvent.APPROVE);
            ActionState queued = approved.after(ActionEvent.ENQUEUE).orElseThrow();
            ActionSql.update(handle, id,
                    new Change(queued, null, who.name(), null, before.expires(), null, null, null));
            audit(handle, who, "action.approve", before, Json.object());
        });
        return send(action);
    }

    Action end(Principal who, String id, ActionEvent how, String reason) {
        return decide(who, id, (handle, before) -> {
            Guards.person(who, device(who, new DeviceId(before.device())), before.actionClass())
                    .ifPresent(Actions::refuse);
            ActionSql.update(handle, id,
                    new Change(next(before, how), reason, who.name(), null, null, clock.instant(), null,
                            null));
            audit(handle, who, how == ActionEvent.REJECT ? "action.reject" : "action.cancel", before,
                    Json.object().put("reason", reason));
        });
    }

    @FunctionalInterface
    private interface Decision {
        void make(Handle handle, Action before);
    }

    private Action decide(Principal who, String id, Decision decision) {
        Action after = database.inTransaction(handle -> {
            Action before = ActionSql.find(handle, id, true)
                    .orElseThrow(() -> Problem.notFound("action", id));
            device(who, new DeviceId(before.device()));
            decision.make(handle, before);
            return ActionSql.find(handle, id, false).orElseThrow();
        });
        tell(after);
        return after;
    }

    private static ActionState next(Action action, ActionEvent event) {
        return action.state().after(event).orElseThrow(() -> Problem.conflict(
                "The action " + action.id() + " is " + action.state().text() + " already"));
    }

    /// Hands the action to the device if it is there; else it waits for the next connection.
    private Action send(Action action) {
        ObjectNode payload = Json.object().put("action", action.action());
        payload.set("params", action.params());
        payload.put("expires", action.expires().toString());
        boolean live = downlink.send(new DeviceId(action.device()), "actions/" + action.id(),
                Json.text(payload).getBytes(StandardCharsets.UTF_8));
        if (!live) {
            return action;
        }
        Action after = database.inTransaction(handle -> {
            Action now = ActionSql.find(handle, action.id(), true).orElseThrow();
            // An answer may have overtaken this note.
            Optional<ActionState> sent = now.state().after(ActionEvent.SEND);
            if (sent.isPresent()) {
                Instant at = clock.instant();
                ActionSql.update(handle, now.id(), new Change(sent.get(), null, null, at,
                        at.plusSeconds(now.timeoutSeconds()), null, null, null));
            }
            return ActionSql.find(handle, action.id(), false).orElseThrow();
        });
        tell(after);
        return after;
    }

    /// Sends again what a device that is there now should have; call it when the device can receive.
    public void connected(DeviceId device) {
        database.jdbi().withHandle(handle -> ActionSql.outstanding(handle, device.value(), clock.instant()))
                .forEach(this::send);
    }

    /// Takes what a device says of an action: `{"status":"running|succeeded|failed|rejected","output","error"}`.
    ///
    /// @return false where the action is not this device's, which is logged and changes nothing
    /// @throws IllegalArgumentException where there is no such status: what a device did not say ends no action
    public boolean result(DeviceId device, String id, JsonNode result) {
        if (!STATUSES.contains(result.path("status").asText())) {
            throw new IllegalArgumentException("a result's status is running, succeeded, failed or rejected");
        }
        Optional<Action> after = database.inTransaction(handle -> {
            Optional<Action> found = ActionSql.find(handle, id, true)
                    .filter(action -> action.device().equals(device.value()));
            if (found.isEmpty()) {
                return Optional.<Action>empty();
            }
            take(handle, found.get(), result);
            return ActionSql.find(handle, id, false);
        });
        after.ifPresentOrElse(this::tell,
                () -> LOG.warn("Device {} answers for an action {} that is not its own", device, id));
        return after.isPresent();
    }

    private void take(Handle handle, Action before, JsonNode result) {
        ActionEvent event = switch (result.path("status").asText()) {
            case "running" -> ActionEvent.BEGIN;
            case "succeeded" -> ActionEvent.SUCCEED;
            default -> ActionEvent.FAIL; // failed or rejected
        };
        Optional<ActionState> state = before.state().after(event);
        if (state.isEmpty()) {
            boolean repeated = before.state() == ActionState.SUCCEEDED
                    || before.state() == ActionState.FAILED;
            if (!repeated) {
                ActionSql.late(handle, before.id(), result);
            }
            return;
        }
        Instant now = clock.instant();
        boolean over = state.get().isOver();
        JsonNode output = result.hasNonNull("output") ? result.get("output") : null;
        String error = result.hasNonNull("error")
                ? result.get("error").asText()
                : result.path("status").asText().equals("rejected") ? "rejected by the device" : null;
        ActionSql.update(handle, before.id(), new Change(state.get(), null, null,
                before.sentAt() == null ? now : null, over ? null : now.plusSeconds(before.timeoutSeconds()),
                over ? now : null, output, error));
    }

    /// Ends at most `limit` actions that have run out of time; answers how many.
    int expire(int limit) {
        Instant now = clock.instant();
        List<String> due = database.jdbi().withHandle(handle -> ActionSql.due(handle, now, limit));
        due.forEach(id -> database.inTransaction(handle -> expire(handle, id, now)).ifPresent(this::tell));
        return due.size();
    }

    private static Optional<Action> expire(Handle handle, String id, Instant now) {
        Action action = ActionSql.find(handle, id, true).orElseThrow();
        ActionEvent event = action.sentAt() == null ? ActionEvent.EXPIRE : ActionEvent.TIME_OUT;
        Optional<ActionState> state = action.state().after(event);
        if (state.isEmpty()) {
            return Optional.empty(); // it moved on while the list was read
        }
        String error = event == ActionEvent.EXPIRE
                ? "not sent before it expired"
                : "no answer within " + action.timeoutSeconds() + " s";
        ActionSql.update(handle, id, new Change(state.get(), null, null, null, null, now, null, error));
        return ActionSql.find(handle, id, false);
    }

    Action find(Principal who, String id) {
        Action action = database.jdbi().withHandle(handle -> ActionSql.find(handle, id, false))
                .orElseThrow(() -> Problem.notFound("action", id));
        device(who, new DeviceId(action.device()));
        return action;
    }

    List<Action> list(Principal who, DeviceId id, @Nullable String cursor, int limit) {
        device(who, id);
        return database.jdbi().withHandle(handle -> {
            Action after = cursor == null
                    ? null
                    : ActionSql.find(handle, cursor, false)
                            .orElseThrow(() -> Problem.invalid("cursor", "use the next of the page before"));
            return ActionSql.ofDevice(handle, id.value(), after, limit);
        });
    }

    /// The newest actions of a device, for its timeline.
    public List<Action> newest(DeviceId device, int limit) {
        return database.jdbi().withHandle(handle -> ActionSql.ofDevice(handle, device.value(), null, limit));
    }

    private Device device(Principal who, DeviceId id) {
        return devices.find(id).filter(device -> who.seesOutlet(device.outlet()))
                .orElseThrow(() -> Problem.notFound("device", id.value()));
    }

    private static void refuse(Guards.Refusal refusal) {
        throw switch (refusal.status()) {
            case 403 -> Problem.forbidden(refusal.reason());
            case 409 -> Problem.conflict(refusal.reason());
            case 429 -> Problem.of(429, "Too many requests", refusal.reason());
            default -> Problem.badRequest(refusal.reason());
        };
    }

    private static void audit(Handle handle, Principal who, String deed, Action action, ObjectNode detail) {
        detail.put("device", action.device()).put("params", ParamsHash.of(action.params()));
        Audit.append(handle, who, deed, "action/" + action.id(), detail);
    }

    private void tell(Action action) {
        String outlet = devices.find(new DeviceId(action.device())).map(Device::outlet).orElse("");
        events.publish("action.changed", Json.object().put("id", action.id()).put("device", action.device())
                .put("state", action.state().text()), principal -> principal.seesOutlet(outlet));
    }
}
