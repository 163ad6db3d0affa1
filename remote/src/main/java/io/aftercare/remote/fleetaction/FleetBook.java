package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.RemoteGround;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Writes down what was decided of fleet actions, with its audit entry, and tells the console.
record FleetBook(RemoteGround ground) {
    /// What a person did.
    ///
    /// @param verb   as the audit has it
    /// @param detail more for the audit
    record Deed(Principal who, String verb, ObjectNode detail) {}

    /// Carries a decision out in the caller's transaction, which holds the row. What comes of an unchanged one is nothing.
    ///
    /// @param deed the person's, empty where the fleet action moved by itself
    void carryOut(Handle handle, FleetRow before, FleetAction.Decision decision, Optional<Deed> deed,
            Instant now) {
        FleetAction next = decision.next();
        String id = next.id();
        for (FleetEffect effect : decision.effects()) {
            if (effect instanceof FleetEffect.Drop drop) {
                TurnSql.drop(handle, id, TurnState.WAITING.after(drop.event()).orElseThrow(), drop.reason(),
                        now);
            }
        }
        if (next.equals(before.value())) {
            return;
        }
        FleetSql.update(handle, next, now);
        boolean moved = next.state() != before.value().state();
        if (moved && before.value().state() == FleetActionState.PAUSED) {
            TurnSql.forgetRecalls(handle, id);
        }
        if (deed.isPresent()) {
            Audit.append(handle, deed.get().who(), "fleet-action." + deed.get().verb(), "fleet-action/" + id,
                    deed.get().detail());
        } else if (moved) {
            Map<String, Integer> states = TurnSql.census(handle, id, next.stages().size()).states();
            ObjectNode detail = Json.object().put("reason", next.reason());
            detail.set("devices", Json.tree(states));
            Audit.append(handle, Principal.SYSTEM, "fleet-action." + next.state().text(),
                    "fleet-action/" + id,
                    detail);
        }
        handle.afterCommit(() -> tell(next));
    }

    /// Tells the console; a partner sees single devices alone.
    void tell(FleetAction action) {
        ground.events().publish("fleet-action.changed", Json.object().put("id", action.id())
                .put("state", action.state().text()).put("stage", action.stage() + 1),
                who -> !who.has(Role.PARTNER));
    }
}
