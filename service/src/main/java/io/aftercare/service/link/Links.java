package io.aftercare.service.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Ties between cases, kept once and shown at both. Thread-safe; blocks.
public final class Links implements Room {
    private final DeskGround ground;
    private final Cases cases;

    public Links(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
        cases.show("links", this::of);
    }

    /// A tie as one of its ends sees it.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Tie(String kind, String id, String number, String title, String state) {}

    private record Asked(String to, String kind) {
        LinkKind parsed() {
            return LinkKind.parse(kind);
        }
    }

    @Override
    public void bind(Operations operations) {
        operations.on("linkTicket", this::link).on("unlinkTicket", this::unlink);
    }

    private Response link(Request request) {
        Asked asked = request.body(Asked.class);
        LinkKind kind = asked.parsed();
        return new Response(201, ground.database().inTransaction(handle -> {
            Ticket one = cases.visible(handle, request);
            Ticket other = cases.visible(handle, request.principal(), asked.to());
            if (one.id() == other.id()) {
                throw Problem.conflict(one.number() + " cannot be linked with itself");
            }
            if (LinkStore.add(handle, one.id(), other.id(), kind, request.principal().name(), ground.now())) {
                tell(handle, request, one, other, kind, "linked");
            }
            return shown(handle, one, request.principal());
        }), Map.of());
    }

    private Response unlink(Request request) {
        LinkKind kind = request.query("kind").map(LinkKind::parse).orElse(LinkKind.RELATED);
        ground.database().useTransaction(handle -> {
            Ticket one = cases.visible(handle, request);
            Ticket other = cases.visible(handle, request.principal(), request.path("other"));
            if (!LinkStore.remove(handle, one.id(), other.id(), kind)) {
                throw Problem.notFound("link", one.number() + " " + kind.text() + " " + other.number());
            }
            tell(handle, request, one, other, kind, "unlinked");
        });
        return Response.noContent();
    }

    private void tell(Handle handle, Request request, Ticket one, Ticket other, LinkKind kind, String deed) {
        Actor actor = new Actor(request.principal(), request.address());
        cases.note(handle, one.id(), actor, new Note(ground.now(), deed, kind.text() + " " + other.number(),
                Json.object().put("ticket", Long.toString(other.id())).put("number", other.number())
                        .put("link", kind.text())));
        cases.note(handle, other.id(), actor, new Note(ground.now(), deed,
                kind.reverse() + " " + one.number(), Json.object().put("ticket", Long.toString(one.id()))
                        .put("number", one.number()).put("link", kind.reverse())));
        Audit.append(handle, new Audit.Entry(request.principal(), "ticket." + deed, "ticket/" + one.id(),
                Json.object().put("kind", kind.text()).put("other", other.number()), request.address()));
    }

    private List<Tie> of(Handle handle, Ticket ticket, Principal reader) {
        return LinkStore.of(handle, ticket.id()).stream()
                .flatMap(end -> cases.find(handle, end.other()).filter(other -> cases.sees(reader, other))
                        .map(other -> new Tie(end.kind(), Long.toString(other.id()), other.number(),
                                other.report().title(), other.state().text()))
                        .stream())
                .toList();
    }

    private Object shown(Handle handle, Ticket ticket, Principal reader) {
        return Json.object().set("links", Json.tree(of(handle, ticket, reader)));
    }
}
