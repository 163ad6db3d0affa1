package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.customer.Contacts;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Cases by HTTP (`openapi/service.yaml`). Each write is one transaction with its audit entry.
final class TicketRoutes {
    private final Database database;
    private final Devices devices;
    private final Tickets tickets;
    private final TicketReader reader;

    TicketRoutes(Database database, Devices devices, Tickets tickets, TicketReader reader) {
        this.database = database;
        this.devices = devices;
        this.tickets = tickets;
        this.reader = reader;
    }

    void bind(Operations operations) {
        operations.on("openTicket", this::open).on("listTickets", this::list).on("getTicket", this::get)
                .on("editTicket", this::edit).on("moveTicket", this::move).on("commentTicket", this::comment)
                .on("eraseTicketContact", this::eraseContact);
    }

    private Response open(Request request) {
        NewCase asked = request.body(TicketBodies.Open.class).toCase();
        requireDevice(asked.device(), request.principal());
        return database.inTransaction(handle -> {
            Ticket ticket = tickets.open(handle, asked, actor(request));
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
        return database.inTransaction(handle -> {
            Ticket ticket = reader.visible(handle, request);
            return Response.versioned(reader.detail(handle, ticket, request), ticket.version());
        });
    }

    private Response edit(Request request) {
        int version = request.ifMatch();
        JsonNode body = request.json();
        TicketEvent.Edit edit = TicketBodies.edit(body);
        return change(request, handle -> {
            Ticket ticket = reader.locked(handle, request);
            requireVersion(ticket, version);
            requireStaff(handle, edit.ownership());
            return apply(handle, ticket, edit, request, "ticket.edit", body);
        });
    }

    private Response move(Request request) {
        TicketEvent.Transition asked = request.body(TicketBodies.Move.class).toEvent();
        return change(request, handle -> {
            Ticket ticket = reader.locked(handle, request);
            if (request.header("If-Match").isPresent()) {
                requireVersion(ticket, request.ifMatch());
            }
            if (asked.to() == TicketState.REOPENED) {
                requireOnlyOpen(handle, ticket);
            }
            JsonNode detail = Json.object().put("from", ticket.state().text()).put("to", asked.to().text())
                    .put("reason", asked.reason());
            return apply(handle, ticket, asked, request, "ticket.transition", detail);
        });
    }

    private Response comment(Request request) {
        TicketEvent.Comment comment = request.body(TicketBodies.Say.class).toEvent();
        if (comment.text().isEmpty()) {
            throw Problem.invalid("text", "a comment needs more than blanks");
        }
        Response changed = change(request,
                handle -> apply(handle, reader.locked(handle, request), comment, request, "ticket.comment",
                        null));
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

    @FunctionalInterface
    private interface Change {
        Ticket make(Handle handle);
    }

    private Response change(Request request, Change change) {
        return database.inTransaction(handle -> {
            Ticket after = change.make(handle);
            return Response.versioned(reader.detail(handle, after, request), after.version());
        });
    }

    private Ticket apply(Handle handle, Ticket ticket, TicketEvent event, Request request, String action,
            @Nullable JsonNode detail) {
        return switch (tickets.apply(handle, ticket, event, actor(request))) {
            case Tickets.Result.Refused refused -> throw Problem.conflict(refused.why());
            case Tickets.Result.Applied applied -> {
                Audit.append(handle, new Audit.Entry(request.principal(), action, Tickets.object(ticket),
                        detail, request.address()));
                yield applied.ticket();
            }
        };
    }

    private void requireDevice(DeviceId id, Principal principal) {
        boolean visible = devices.find(id).map(Device::outlet).filter(principal::seesOutlet).isPresent();
        if (!visible) {
            throw Problem.invalid("device", "there is no device " + id
                    + "; register it at POST /api/v1/devices, or correct the serial");
        }
    }

    private static void requireVersion(Ticket ticket, int version) {
        if (ticket.version() != version) {
            throw Problem.staleVersion("ticket", ticket.number(), ticket.version());
        }
    }

    private static void requireOnlyOpen(Handle handle, Ticket ticket) {
        Signal signal = ticket.signal();
        if (signal != null) {
            TicketStore.openFor(handle, ticket.report().device(), signal.code()).ifPresent(other -> {
                throw Problem.conflict(Ticket.number(other)
                        + " is open for the same fault of this device; go on there");
            });
        }
    }

    private static void requireStaff(Handle handle,
            TicketEvent.@Nullable Ownership ownership) {
        if (ownership == null || ownership.owner() == null) {
            return;
        }
        boolean known = handle.createQuery("SELECT count(*) FROM fleet.staff WHERE name = :name AND active")
                .bind("name", ownership.owner()).mapTo(Integer.class).one() == 1;
        if (!known) {
            throw Problem.invalid("owner", "there is no active user " + ownership.owner());
        }
    }

    private static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
