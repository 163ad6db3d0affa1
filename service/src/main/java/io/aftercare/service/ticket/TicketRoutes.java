package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.customer.Contacts;
import java.util.Map;

/// Cases by HTTP (`openapi/service.yaml`). Each write is one transaction with its audit entry.
final class TicketRoutes {
    private final Database database;
    private final Intakes intakes;
    private final Tickets tickets;
    private final TicketReader reader;
    private final Changes changes;

    TicketRoutes(Database database, Intakes intakes, Tickets tickets, TicketReader reader, Changes changes) {
        this.database = database;
        this.intakes = intakes;
        this.tickets = tickets;
        this.reader = reader;
        this.changes = changes;
    }

    void bind(Operations operations) {
        operations.on("openTicket", this::open).on("listTickets", this::list).on("getTicket", this::get)
                .on("editTicket", this::edit).on("moveTicket", this::move).on("commentTicket", this::comment)
                .on("eraseTicketContact", this::eraseContact);
    }

    private Response open(Request request) {
        TicketBodies.Open body = request.body(TicketBodies.Open.class);
        NewCase asked = body.toCase(intakes.known(body.told(), request.principal()).orElse(null),
                request.principal().outlet());
        return database.inTransaction(handle -> {
            Ticket ticket = tickets.open(handle, asked, Changes.actor(request));
            TicketDetail detail = reader.detail(handle, ticket, request);
            return new Response(201, detail, Map.of("Location", "/api/v1/tickets/" + ticket.id(), "ETag",
                    "\"" + ticket.version() + "\""));
        });
    }

    private Response list(Request request) {
        TicketQuery query = TicketQuery.of(request);
        return Response.ok(database.jdbi().withHandle(query::run));
    }

    private Response get(Request request) {
        return reader.answer(database, request);
    }

    private Response edit(Request request) {
        int version = request.ifMatch();
        JsonNode body = request.json();
        TicketEvent.Edit edit = TicketBodies.edit(body);
        return changes.answer(request, handle -> {
            Ticket ticket = reader.locked(handle, request);
            Changes.requireVersion(ticket, version);
            Changes.requireStaff(handle, edit.ownership());
            return changes.apply(handle, ticket, edit, request, "ticket.edit", body);
        });
    }

    private Response move(Request request) {
        TicketEvent.Transition asked = request.body(TicketBodies.Move.class).toEvent();
        return changes.answer(request, handle -> {
            Ticket ticket = changes.locked(handle, request);
            if (asked.to() == TicketState.REOPENED) {
                Changes.requireOnlyOpen(handle, ticket);
            }
            JsonNode detail = Json.object().put("from", ticket.state().text()).put("to", asked.to().text())
                    .put("reason", asked.reason());
            return changes.apply(handle, ticket, asked, request, "ticket.transition", detail);
        });
    }

    private Response comment(Request request) {
        TicketEvent.Comment comment = request.body(TicketBodies.Say.class).toEvent();
        if (comment.text().isEmpty()) {
            throw Problem.invalid("text", "a comment needs more than blanks");
        }
        Response changed = changes.answer(request, handle -> changes.apply(handle,
                reader.locked(handle, request), comment, request, "ticket.comment", null));
        return new Response(201, changed.body(), changed.headers());
    }

    private Response eraseContact(Request request) {
        database.useTransaction(handle -> {
            Ticket ticket = reader.visible(handle, request);
            String contact = ticket.report().contact();
            if (contact != null && Contacts.erase(handle, contact, tickets.now())) {
                Audit.append(handle,
                        new Audit.Entry(request.principal(), "contact.erase", "contact/" + contact,
                                Json.object().put("ticket", ticket.number()), request.address()));
            }
        });
        return Response.noContent();
    }
}
