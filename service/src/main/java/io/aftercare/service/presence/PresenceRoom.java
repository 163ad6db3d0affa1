package io.aftercare.service.presence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps two people from working on one case unawares, and what somebody has begun to write from being lost.
public final class PresenceRoom implements Room {
    private final DeskGround ground;
    private final Cases cases;
    private final Presence presence = new Presence();
    private final BackgroundLoop sweeper;

    public PresenceRoom(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
        this.sweeper = BackgroundLoop.every(Presence.FORGOTTEN_AFTER, "presence",
                () -> presence.sweep(ground.now()));
    }

    private record At(@Nullable Boolean typing) {}

    private record Written(String text) {}

    @Override
    public void bind(Operations operations) {
        operations.on("tellTicketPresence", this::present).on("getTicketDraft", this::draft)
                .on("putTicketDraft", this::write).on("deleteTicketDraft", this::discard);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(sweeper);
    }

    private Response present(Request request) {
        boolean typing = Boolean.TRUE.equals(request.body(At.class).typing());
        Ticket ticket = visible(request);
        String user = request.principal().name();
        Presence.Here here = presence.seen(ticket.id(), user, typing, ground.now());
        if (here.isNews()) {
            ObjectNode news = Json.object().put("id", Long.toString(ticket.id())).put("user", user)
                    .put("typing", typing);
            ground.events().publish("ticket.presence", news, reader -> cases.sees(reader, ticket));
        }
        return Response.ok(Json.object().set("others", Json.tree(here.others())));
    }

    private Response draft(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            Draft draft = DraftStore.find(handle, ticket.id(), request.principal().name())
                    .orElseGet(() -> new Draft("", 0, ground.now())); // nothing is begun yet, and that is no failure
            return Response.versioned(draft, draft.version());
        });
    }

    private Response write(Request request) {
        String text = request.body(Written.class).text();
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            String user = request.principal().name();
            int version = DraftStore.lock(handle, ticket.id(), user).map(Draft::version).orElse(0);
            request.ifMatchGiven().filter(known -> known != version).ifPresent(_ -> {
                throw Problem.staleVersion("draft", ticket.number(), version);
            });
            Draft draft = DraftStore.put(handle, ticket.id(), user, text, ground.now());
            return Response.versioned(draft, draft.version());
        });
    }

    private Response discard(Request request) {
        ground.database().useTransaction(handle -> DraftStore.delete(handle,
                cases.visible(handle, request).id(), request.principal().name()));
        return Response.noContent();
    }

    private Ticket visible(Request request) {
        return ground.database().inTransaction(handle -> cases.visible(handle, request));
    }
}
