package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How a request changes a case: locked, checked against the version that the sender knew, with its audit entry in the
/// same transaction.
final class Changes {
    private final Database database;
    private final Tickets tickets;
    private final TicketReader reader;

    Changes(Database database, Tickets tickets, TicketReader reader) {
        this.database = database;
        this.tickets = tickets;
        this.reader = reader;
    }

    @FunctionalInterface
    interface Change {
        Ticket make(Handle handle);
    }

    /// Makes the change and answers with the case as it is then.
    Response answer(Request request, Change change) {
        return database.inTransaction(handle -> {
            Ticket after = change.make(handle);
            return Response.versioned(reader.detail(handle, after, request), after.version());
        });
    }

    /// Lets an event happen to the case that the path names.
    Response answer(Request request, TicketEvent event, String action, @Nullable JsonNode detail) {
        return answer(request, handle -> apply(handle, locked(handle, request), event, request, action,
                detail));
    }

    /// The case that the path names, of the version that `If-Match` names, where it names one.
    Ticket locked(Handle handle, Request request) {
        Ticket ticket = reader.locked(handle, request);
        request.ifMatchGiven().ifPresent(version -> requireVersion(ticket, version));
        return ticket;
    }

    Ticket apply(Handle handle, Ticket ticket, TicketEvent event, Request request, String action,
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

    static void requireVersion(Ticket ticket, int version) {
        if (ticket.version() != version) {
            throw Problem.staleVersion("ticket", ticket.number(), ticket.version());
        }
    }

    static void requireOnlyOpen(Handle handle, Ticket ticket) {
        Signal signal = ticket.signal();
        if (signal != null) {
            TicketStore.openFor(handle, ticket.device(), signal.code()).ifPresent(other -> {
                throw Problem.conflict(Ticket.number(other)
                        + " is open for the same fault of this device; go on there");
            });
        }
    }

    static void requireStaff(Handle handle, TicketEvent.@Nullable Ownership ownership) {
        if (ownership == null || ownership.owner() == null) {
            return;
        }
        boolean known = handle.createQuery("SELECT count(*) FROM fleet.staff WHERE name = :name AND active")
                .bind("name", ownership.owner()).mapTo(Integer.class).one() == 1;
        if (!known) {
            throw Problem.invalid("owner", "there is no active user " + ownership.owner());
        }
    }

    static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
