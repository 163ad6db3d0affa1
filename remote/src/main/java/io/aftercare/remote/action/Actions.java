package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.ActionSql.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Remote actions: asked for, guarded, sent when the device is there, and followed to their end. What is decided is committed
/// before anything is sent; an action is sent again at each connection until the device answers, always under the same id, so
/// that the device can tell. Thread-safe; calls block. Called from within a transaction, their effects are part of it.
public final class Actions {
    private final RemoteGround ground;
    private final Book book;
    private final Catalogue catalogue = new Catalogue();
    private final Circumstances circumstances;
    private final Refusals refusals;
    private final Delivery delivery;
    private final Answers answers;
    private final Expiry expiry;
    private final List<ActionGuard> guards = new CopyOnWriteArrayList<>();
    private final Map<String, Reservation> reserved = new ConcurrentHashMap<>();

    private record Reservation(String keyBeginning, String sentence) {}

    Actions(RemoteGround ground) {
        this.ground = ground;
        this.book = new Book(ground);
        this.circumstances = new Circumstances(ground.surroundings());
        this.refusals = new Refusals(ground);
        this.delivery = new Delivery(ground, book, catalogue, circumstances);
        this.answers = new Answers(ground, book, refusals);
        this.expiry = new Expiry(ground, book);
    }

    /// Names one who hears of actions that end; before the first request.
    public void listen(ActionListener listener) {
        book.listen(listener);
    }

    /// Names one who may refuse actions; before the first request.
    public void guard(ActionGuard guard) {
        guards.add(guard);
    }

    /// Names the one who decides what is kept of what an action of this name brings; before the first request.
    public void keep(String action, OutputKeeper keeper) {
        answers.keep(action, keeper);
    }

    /// Keeps an action to the room that asks for it with keys of its own; before the first request.
    ///
    /// @param keyBeginning what the room's keys begin with, such as `shell:`
    /// @param sentence     what others are told who ask for it
    public void reserve(String action, String keyBeginning, String sentence) {
        reserved.put(action, new Reservation(keyBeginning, sentence));
    }

    /// Asks for an action on a device, and sends it if the device is there and nobody else has to approve it. A [Problem]
    /// says what stands in the way; that too is in the audit then.
    public Action request(Principal who, DeviceId id, Wish wish) {
        return request(who, id, wish, Optional.empty());
    }

    /// As [#request(Principal, DeviceId, Wish)], for many devices of which the ticket, the confirmation and the second person were
    /// asked for once. All other guards hold as ever.
    public Action request(Principal who, DeviceId id, Wish wish, Mandate mandate) {
        return request(who, id, wish, Optional.of(mandate));
    }

    private Action request(Principal who, DeviceId id, Wish wish, Optional<Mandate> mandate) {
        Action action;
        try {
            action = ask(who, id, wish, mandate);
        } catch (Problem refusal) {
            refusals.note(who, "request", "device/" + id, Json.object().put("action", wish.action())
                    .put("ticket", wish.ticket()).put("why", wish.why())
                    .put("params", ParamsHash.of(wish.given())), refusal);
            throw refusal;
        }
        return action.state() == ActionState.QUEUED ? send(action) : action;
    }

    /// Sends it now; where the caller has a transaction open, which the action's row is then part of, when that is committed. On
    /// a thread of its own then, because the caller's connection is not free before its transaction is wholly over.
    private Action send(Action action) {
        boolean isWithin = ground.database().jdbi().withHandle(handle -> {
            if (handle.isInTransaction()) {
                handle.afterCommit(
                        () -> Thread.ofVirtual().name("action-send").start(() -> delivery.fresh(action)));
            }
            return handle.isInTransaction();
        });
        return isWithin ? action : delivery.fresh(action);
    }

    private Action ask(Principal who, DeviceId id, Wish wish, Optional<Mandate> mandate) {
        Device device = device(who, id);
        Optional<Action> before = wish.key() == null ? Optional.empty() : keyed(wish.key(), id, wish);
        if (before.isPresent()) {
            return before.get();
        }
        keepReserved(wish);
        Catalogue.Known known = ground.database().jdbi()
                .withHandle(handle -> catalogue.find(handle, device.model(), wish.action()));
        Guards.Moment moment = circumstances.of(id, wish.ticket(), known.purpose());
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            Guards.Case asked = new Guards.Case(device, known, wish.ticket(), wish.confirm(), wish.expires(),
                    wish.isByHand(), mandate.isPresent(), moment,
                    ActionSql.recent(handle, id.value(), who.name(), now.minusSeconds(60)));
            Guards.refuse(who, asked, ground.config().actions()).ifPresent(Actions::refuse);
            guards.forEach(guard -> guard.refusal(handle, id, known.name()).ifPresent(reason -> {
                throw Problem.conflict(reason);
            }));
            known.params().check(wish.given());
            Action made = made(who, device, known, wish, mandate, now);
            if (!book.add(handle, made)) {
                return ActionSql.keyed(handle, String.valueOf(wish.key()), now).orElseThrow();
            }
            Book.audit(handle, who, "action.request", made, Json.object().put("action", made.action())
                    .put("class", made.actionClass().name()).put("ticket", made.ticket())
                    .put("why", made.why()).put("consent", moment.consent().said().name())
                    .put("mandate", mandate.map(Mandate::of).orElse(null)));
            return made;
        });
    }

    private Action made(Principal who, Device device, Catalogue.Known known, Wish wish,
            Optional<Mandate> mandate, Instant now) {
        ActionState state = known.actionClass().needsSecondPerson() && mandate.isEmpty()
                ? ActionState.REQUESTED
                : ActionState.QUEUED;
        return new Action(Ids.next('a', ground.clock()), device.id().value(), known.name(),
                known.actionClass(), wish.given(), wish.ticket(), state, null, wish.why(), wish.key(),
                who.name(), mandate.map(Mandate::approvedBy).orElse(null), known.timeoutSeconds(), now,
                now.plus(wish.expires()), null, null, null,
                null, null, 1);
    }

    private Optional<Action> keyed(String key, DeviceId id, Wish wish) {
        Optional<Action> before = ground.database()
                .inTransaction(handle -> ActionSql.keyed(handle, key, ground.now()));
        before.filter(action -> !action.device().equals(id.value()) || !action.action().equals(wish.action()))
                .ifPresent(other -> {
                    throw Problem.conflict("The key belongs to the action " + other.id() + " already");
                });
        return before;
    }

    private void keepReserved(Wish wish) {
        Reservation reservation = reserved.get(wish.action());
        String key = wish.key() == null ? "" : wish.key();
        if (reservation != null && !key.startsWith(reservation.keyBeginning())) {
            throw Problem.conflict(reservation.sentence());
        }
    }

    /// Approves what another person asked for, and sends it if the device is there.
    public Action approve(Principal who, String id) {
        Action asked = find(who, id);
        Device device = device(who, new DeviceId(asked.device()));
        Guards.Moment moment = moment(device, asked);
        Action approved = decide(who, "approve", id, (handle, before) -> {
            ActionState queued = next(before, ActionEvent.APPROVE).after(ActionEvent.ENQUEUE).orElseThrow();
            Guards.approval(who, before.requestedBy(), device, before.actionClass())
                    .or(() -> Guards.moment(device, catalogue.find(handle, device.model(), before.action()),
                            before.ticket(), moment, ground.config().actions().consent()))
                    .ifPresent(Actions::refuse);
            Action after = book.change(handle, before,
                    new Change(queued, null, who.name(), null, before.expires(), null, null, null));
            Book.audit(handle, who, "action.approve", before,
                    Json.object().put("consent", moment.consent().said().name()));
            return after;
        });
        return send(approved);
    }

    private Guards.Moment moment(Device device, Action action) {
        Catalogue.Known known = ground.database().jdbi()
                .withHandle(handle -> catalogue.find(handle, device.model(), action.action()));
        return circumstances.of(device.id(), action.ticket(), known.purpose());
    }

    /// Refuses to approve it.
    public Action reject(Principal who, String id, String reason) {
        return end(who, "reject", id, ActionEvent.REJECT, reason);
    }

    /// Takes it back. What was not sent never will be; where the device may have it already it is told, and what it says
    /// then is kept as a late answer.
    public Action cancel(Principal who, String id, String reason) {
        Action over = end(who, "cancel", id, ActionEvent.CANCEL, reason);
        if (over.sentAt() != null) {
            delivery.takeBack(over);
        }
        return over;
    }

    /// Takes an action back, for the room that asked for it, if no device can have it yet.
    ///
    /// @return whether it is taken back
    public boolean recall(String id, String reason) {
        return ground.database().inTransaction(handle -> {
            Action before = ActionSql.lock(handle, id).orElseThrow();
            if (before.state() != ActionState.QUEUED) {
                return false;
            }
            book.change(handle, before, new Change(next(before, ActionEvent.CANCEL), reason,
                    Principal.SYSTEM.name(), null, null, ground.now(), null, null));
            Book.audit(handle, Principal.SYSTEM, "action.cancel", before,
                    Json.object().put("reason", reason));
            return true;
        });
    }

    /// Whether [#recall] ended it, and no person did.
    public static boolean isRecalled(Action action) {
        return action.state() == ActionState.CANCELLED
                && Principal.SYSTEM.name().equals(action.decidedBy());
    }

    private Action end(Principal who, String deed, String id, ActionEvent how, String reason) {
        return decide(who, deed, id, (handle, before) -> {
            Device device = device(who, new DeviceId(before.device()));
            Guards.person(who, device, before.actionClass()).ifPresent(Actions::refuse);
            Action after = book.change(handle, before, new Change(next(before, how), reason, who.name(), null,
                    null, ground.now(), null, null));
            Book.audit(handle, who, "action." + deed, before, Json.object().put("reason", reason));
            return after;
        });
    }

    @FunctionalInterface
    private interface Decision {
        Action make(Handle handle, Action before);
    }

    private Action decide(Principal who, String deed, String id, Decision decision) {
        Action asked = find(who, id);
        try {
            return ground.database().inTransaction(
                    handle -> decision.make(handle, ActionSql.lock(handle, id).orElseThrow()));
        } catch (Problem refusal) {
            ObjectNode detail = Json.object().put("action", asked.action()).put("device", asked.device());
            refusals.note(who, deed, "action/" + id, detail, refusal);
            throw refusal;
        }
    }

    private static ActionState next(Action action, ActionEvent event) {
        return action.state().after(event).orElseThrow(() -> Problem.conflict(
                "The action " + action.id() + " is " + action.state().text() + " already"));
    }

    /// Sends again what a device that is there now should have; call it when the device can receive.
    public void connected(DeviceId device) {
        delivery.connected(device);
    }

    /// Takes what a device says of an action: `{"status":"running|succeeded|failed|rejected","output","error"}`.
    ///
    /// @return false where the action is not this device's, which changes nothing
    /// @throws IllegalArgumentException where there is no such status: what a device did not say ends no action
    public boolean result(DeviceId device, String id, JsonNode result) {
        return answers.take(device, id, result);
    }

    /// Ends at most `limit` actions that have run out of time; answers how many were due.
    int expire(int limit) {
        return expiry.expire(limit);
    }

    /// See [Delivery#lookAround].
    @Nullable
    String lookAround(String after) {
        return delivery.lookAround(after);
    }

    /// An action on a device that the reader sees.
    public Action find(Principal who, String id) {
        Action action = ground.database().jdbi().withHandle(handle -> ActionSql.find(handle, id))
                .orElseThrow(() -> Problem.notFound("action", id));
        device(who, new DeviceId(action.device()));
        return action;
    }

    List<Action> list(Principal who, DeviceId id, @Nullable String cursor, int limit) {
        device(who, id);
        return ground.database().jdbi().withHandle(handle -> {
            Action after = cursor == null
                    ? null
                    : ActionSql.find(handle, cursor)
                            .orElseThrow(() -> Problem.invalid("cursor", "use the next of the page before"));
            return ActionSql.ofDevice(handle, id.value(), after, limit);
        });
    }

    /// What the device's product knows, and whether this person may ask for it now.
    List<Available> available(Principal who, DeviceId id, @Nullable String ticket) {
        Device device = device(who, id);
        List<Catalogue.Known> all = ground.database().jdbi()
                .withHandle(handle -> catalogue.all(handle, device.model()));
        Available.Board board = new Available.Board(who, device, ticket, ground.config().actions());
        return all.stream().filter(known -> !reserved.containsKey(known.name()))
                .map(known -> board.show(known, circumstances.of(id, ticket, known.purpose()))).toList();
    }

    /// What a product's document says of an action; a [Problem] where there is no such product or action, or the parameters do not
    /// fit.
    public Allowed allowed(String model, String action, JsonNode params) {
        Catalogue.Known known = ground.database().jdbi().withHandle(handle -> {
            if (handle.createQuery("SELECT 1 FROM fleet.product WHERE model = :model").bind("model", model)
                    .mapTo(Integer.class).findOne().isEmpty()) {
                throw Problem.invalid("model", "there is no product " + model);
            }
            return catalogue.find(handle, model, action);
        });
        known.params().check(params);
        return new Allowed(known.actionClass(), known.purpose());
    }

    /// Writes into the audit what another room refused.
    ///
    /// @param deed   what was tried
    /// @param object to what, such as `device/SN-1`
    public void refused(Principal who, String deed, String object, ObjectNode detail, Problem refusal) {
        refusals.note(who, deed, object, detail, refusal);
    }

    /// The newest actions of a device, for its timeline.
    public List<Action> newest(DeviceId device, int limit) {
        return ground.database().jdbi()
                .withHandle(handle -> ActionSql.ofDevice(handle, device.value(), null, limit));
    }

    private Device device(Principal who, DeviceId id) {
        return ground.devices().visible(id.value(), who);
    }

    private static void refuse(Guards.Refusal refusal) {
        throw switch (refusal.status()) {
            case 403 -> Problem.forbidden(refusal.reason());
            case 404 -> Problem.of(404, "Not found", refusal.reason());
            case 409 -> Problem.conflict(refusal.reason());
            case 429 -> Problem.of(429, "Too many requests", refusal.reason());
            default -> Problem.badRequest(refusal.reason());
        };
    }
}
