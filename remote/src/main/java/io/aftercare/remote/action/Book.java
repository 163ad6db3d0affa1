package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.action.ActionSql.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes what becomes of actions. Every change passes here: those who must hear of an end hear of it in the same
/// transaction, live pages after the commit. Rows are locked before, the end of the audit's chain last. Thread-safe.
final class Book {
    private final RemoteGround ground;
    private final List<ActionListener> listeners = new CopyOnWriteArrayList<>();

    Book(RemoteGround ground) {
        this.ground = ground;
    }

    void listen(ActionListener listener) {
        listeners.add(listener);
    }

    /// @return false where there is one of this key already
    boolean add(Handle handle, Action action) {
        if (!ActionSql.insert(handle, action)) {
            return false;
        }
        if (action.ticket() != null) {
            append(handle, "action.asked", action);
        }
        tell(handle, action);
        return true;
    }

    /// A person's change; the caller writes its audit entry.
    Action change(Handle handle, Action before, Change change) {
        Action after = ActionSql.update(handle, before.id(), change);
        if (after.state().isOver()) {
            ground.meters().counter("aftercare_remote_actions_total", "state", after.state().text())
                    .increment();
            listeners.forEach(listener -> listener.ended(handle, after));
            if (after.ticket() != null || !Wish.isByHand(after.key())) {
                append(handle, "action.ended", after);
            }
        }
        tell(handle, after);
        return after;
    }

    /// A change that the device or the clock made; an end is audited.
    Action happened(Handle handle, Action before, Change change) {
        Action after = change(handle, before, change);
        if (after.state().isOver()) {
            audit(handle, Principal.SYSTEM, "action.end", after, result(after.state().text(), after.error(),
                    after.output()));
        }
        return after;
    }

    /// What the device said after the end.
    Action late(Handle handle, Action before, JsonNode said) {
        Action after = ActionSql.late(handle, before.id(), said);
        listeners.forEach(listener -> listener.late(handle, after));
        audit(handle, Principal.SYSTEM, "action.late", after, result(said.path("status").asText(),
                said.hasNonNull("error") ? said.get("error").asText() : null, said.get("output")));
        tell(handle, after);
        return after;
    }

    static void audit(Handle handle, Principal who, String deed, Action action, ObjectNode detail) {
        detail.put("device", action.device()).put("params", ParamsHash.of(action.params()));
        Audit.append(handle, who, deed, "action/" + action.id(), detail);
    }

    private static ObjectNode result(String state, @Nullable String error, @Nullable JsonNode output) {
        return Json.object().put("result", state).put("error", error).put("output",
                output == null ? null : Sha256.hex(Json.text(output)));
    }

    private void append(Handle handle, String topic, Action action) {
        ObjectNode payload = Json.object().put("action", action.id()).put("name", action.action())
                .put("class", action.actionClass().name()).put("device", action.device())
                .put("ticket", action.ticket()).put("state", action.state().text())
                .put("by", action.requestedBy()).put("why", action.why()).put("key", action.key());
        payload.set("output", action.output());
        payload.put("error", action.error()).put("reason", action.reason());
        Outbox.append(handle, topic, action.id(), payload);
        handle.afterCommit(ground.committed());
    }

    private void tell(Handle handle, Action action) {
        handle.afterCommit(() -> {
            String outlet = ground.devices().find(new DeviceId(action.device())).map(Device::outlet)
                    .orElse("");
            ground.events().publish("action.changed", Json.object().put("id", action.id())
                    .put("device", action.device()).put("ticket", action.ticket())
                    .put("state", action.state().text()),
                    principal -> principal.seesOutlet(outlet));
        });
    }
}
