package io.aftercare.service.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.fleet.postgres.OutboxRelay.Receiver;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/// Notes in a case the remote actions that were asked for it, and how they ended. Receives `action.asked` and `action.ended`
/// of the outbox, and hands the ends on to those rooms that wait for them.
public final class RemoteRoom implements Room {
    private static final int SHOWN_LENGTH_MAX = 300;

    private final DeskGround ground;
    private final Cases cases;
    private final List<Receiver> ends = new CopyOnWriteArrayList<>();

    public RemoteRoom(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    /// Names a room that hears of each `action.ended` too, in the same transaction; before the relay starts.
    public void onEnded(Receiver room) {
        ends.add(room);
    }

    @Override
    public void bind(Operations operations) {}

    @Override
    public void subscribe(OutboxRelay relay) {
        relay.on("action.asked", (handle, _, payload) -> asked(handle, payload));
        relay.on("action.ended", (handle, key, payload) -> {
            ended(handle, payload);
            for (Receiver room : ends) {
                room.receive(handle, key, payload);
            }
        });
    }

    private void asked(Handle handle, JsonNode told) {
        Principal by = new Principal(told.path("by").asText(), Set.of(), "", "");
        String why = told.path("why").asText("");
        note(handle, told, new Actor(by, ""), told.path("name").asText() + " asked for, class "
                + told.path("class").asText() + (why.isEmpty() ? "" : ": " + why), why);
    }

    private void ended(Handle handle, JsonNode told) {
        String detail = told.hasNonNull("error")
                ? told.get("error").asText()
                : told.hasNonNull("reason") ? told.get("reason").asText() : "";
        note(handle, told, Actor.SYSTEM, told.path("name").asText() + " " + told.path("state").asText()
                + (detail.isEmpty() ? "" : ": " + detail), detail);
    }

    private void note(Handle handle, JsonNode told, Actor actor, String text, String words) {
        Optional<Ticket> ticket = Ticket.idOf(told.path("ticket").asText(""))
                .flatMap(id -> cases.find(handle, id));
        String shown = text.length() > SHOWN_LENGTH_MAX ? text.substring(0, SHOWN_LENGTH_MAX) + "…" : text;
        ticket.ifPresent(known -> cases.note(handle, known.id(), actor,
                new Note(ground.now(), "remote-action",
                        shown, Json.object().put("action", told.path("action").asText())
                                .put("device", told.path("device").asText())
                                .put("name", told.path("name").asText())
                                .put("class", told.path("class").asText(null))
                                .put("words", words).put("state", told.path("state").asText()))));
    }
}
