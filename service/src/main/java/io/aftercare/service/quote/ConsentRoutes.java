package io.aftercare.service.quote;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Consents to the replacement of parts, as staff ask for them and write them down (R8).
final class ConsentRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final Quotes quotes;
    private final PartOffers parts;

    ConsentRoutes(DeskGround ground, Cases cases, Quotes quotes, PartOffers parts) {
        this.ground = ground;
        this.cases = cases;
        this.quotes = quotes;
        this.parts = parts;
    }

    void bind(Operations operations) {
        operations.on("listConsents", this::list).on("askConsent", this::ask).on("recordConsent",
                this::record);
    }

    private Response list(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> new Page<>(
                ConsentStore.ofTicket(handle, cases.visible(handle, request).id()), null)));
    }

    private Response ask(Request request) {
        QuoteBodies.Asking asking = request.body(QuoteBodies.Asking.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            PartOffers.Offer part = part(handle, asking.part());
            quotes.ask(handle, ticket, part, asking.why().strip(), actor(request), ground.now());
            return answer(handle, request, ticket, part.code(), "consent.ask");
        });
    }

    private Response record(Request request) {
        QuoteBodies.Consenting body = request.body(QuoteBodies.Consenting.class);
        if (body.note().isBlank()) {
            throw Problem.invalid("note", "say who agreed, and how you know");
        }
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            PartOffers.Offer part = part(handle, body.part());
            Instant now = ground.now();
            quotes.answer(handle, ticket,
                    new Consent(0, ticket.id(), part.code(), Consent.State.answered(body.granted()), now,
                            body.channel(), request.principal().name(), body.note().strip(), "", null),
                    actor(request));
            return answer(handle, request, ticket, part.code(), "consent.record");
        });
    }

    private static Response answer(Handle handle, Request request, Ticket ticket, String part,
            String action) {
        Consent consent = ConsentStore.current(handle, ticket.id(), part).orElseThrow();
        Audit.append(handle, new Audit.Entry(request.principal(), action, "ticket/" + ticket.id(),
                Json.object().put("part", part).put("state", consent.state().text()), request.address()));
        return Response.created("/api/v1/tickets/" + ticket.id() + "/consents", consent);
    }

    private PartOffers.Offer part(Handle handle, String code) {
        return parts.find(handle, code)
                .orElseThrow(() -> Problem.invalid("part", "there is no part " + code));
    }

    private static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
