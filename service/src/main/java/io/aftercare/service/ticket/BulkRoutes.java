package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The same change for many cases: each by itself, in a transaction of its own, with a result of its own.
final class BulkRoutes {
    private final Database database;
    private final TicketReader reader;
    private final Changes changes;

    BulkRoutes(Database database, TicketReader reader, Changes changes) {
        this.database = database;
        this.reader = reader;
        this.changes = changes;
    }

    void bind(Operations operations) {
        operations.on("changeTickets", this::change).on("getTicketClosureReport", this::report);
    }

    private record Asked(List<String> ids, ObjectNode set) {}

    /// @param status as an answer for this case alone would have
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record One(String id, int status, @Nullable Integer version, @Nullable String detail) {}

    private Response change(Request request) {
        Asked asked = request.body(Asked.class);
        JsonNode to = asked.set().remove("to");
        TicketEvent.Edit edit = TicketBodies.edit(asked.set());
        TicketEvent.@Nullable Transition move = to == null
                ? null
                : new TicketBodies.Move(to.asText(), edit.reason(), null, null, null, null, null, null, null,
                        null, null, null, null, null).toEvent();
        Set<String> names = new LinkedHashSet<>(asked.ids());
        List<One> results = new ArrayList<>();
        for (String name : names) {
            results.add(one(request, name, edit, asked.set(), move));
        }
        return Response.ok(Json.object().set("results", Json.tree(results)));
    }

    private One one(Request request, String name, TicketEvent.Edit edit, ObjectNode set,
            TicketEvent.@Nullable Transition move) {
        try {
            Ticket after = database.inTransaction(
                    handle -> changed(handle, request, name, edit, set, move));
            return new One(Long.toString(after.id()), 200, after.version(), null);
        } catch (Problem refused) {
            return new One(name, refused.status(), null, refused.getMessage());
        }
    }

    private Ticket changed(Handle handle, Request request, String name, TicketEvent.Edit edit, ObjectNode set,
            TicketEvent.@Nullable Transition move) {
        Ticket ticket = reader.locked(handle, request.principal(), name);
        Changes.requireStaff(handle, edit.ownership());
        if (!set.isEmpty()) {
            ticket = changes.apply(handle, ticket, edit, request, "ticket.edit", set);
        }
        if (move == null || move.to() == ticket.state()) {
            return ticket;
        }
        if (move.to() == TicketState.REOPENED) {
            Changes.requireOnlyOpen(handle, ticket);
        }
        return changes.apply(handle, ticket, move, request, "ticket.transition",
                Json.object().put("from", ticket.state().text()).put("to", move.to().text())
                        .put("reason", move.reason()));
    }

    private Response report(Request request) {
        return Response.ok(database.inTransaction(handle -> {
            Ticket ticket = reader.visible(handle, request);
            if (!ticket.state().isSolved()) {
                throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                        + "; there is a closure report once it is resolved");
            }
            return ClosureReport.of(ticket, Timeline.of(handle, ticket.id()));
        }));
    }
}
