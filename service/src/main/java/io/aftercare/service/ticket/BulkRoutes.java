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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The same change for many cases: each by itself, in a transaction of its own, with a result of its own.
final class BulkRoutes {
    private final Database database;
    private final TicketReader reader;
    private final Changes changes;
    private final Merging merging;

    BulkRoutes(Database database, TicketReader reader, Changes changes, Merging merging) {
        this.database = database;
        this.reader = reader;
        this.changes = changes;
        this.merging = merging;
    }

    void bind(Operations operations) {
        operations.on("changeTickets", this::change).on("getTicketClosureReport", this::report);
    }

    private record Asked(List<String> ids, ObjectNode set) {}

    /// What is to be done with each case.
    ///
    /// @param edited what the edit was told, for the audit
    /// @param moved  null where it stays in its state
    /// @param rest   null where it stays in sight or out of it
    /// @param merged null where it stays by itself, or a duplicate
    private record Deed(TicketEvent.Edit edit, ObjectNode edited, TicketEvent.@Nullable Transition moved,
            @Nullable Rest rest, @Nullable Joined merged) {
        static Deed of(ObjectNode set) {
            JsonNode to = set.remove("to");
            JsonNode until = set.remove("snoozedUntil");
            JsonNode into = set.remove("mergedInto");
            TicketEvent.Edit edit = TicketBodies.edit(set);
            return new Deed(edit, set, to == null ? null : move(to.asText(), edit.reason()),
                    until == null ? null : new Rest(until.isNull() ? null : time(until.asText())),
                    into == null ? null : joined(into, edit.reason()));
        }

        private static Instant time(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Problem.invalid("set.snoozedUntil", "a time such as 2026-05-01T08:00:00Z is needed");
            }
        }

        private static TicketEvent.Transition move(String to, @Nullable String reason) {
            return new TicketBodies.Move(to, reason, null, null, null, null, null, null, null, null, null,
                    null, null, null).toEvent();
        }

        boolean edits() {
            return edited.size() > (edited.has("reason") ? 1 : 0);
        }

        private static Joined joined(JsonNode into, @Nullable String reason) {
            if (reason == null) {
                throw Problem.invalid("set.reason", "say why they are the same matter, or why not");
            }
            return new Joined(into.isNull() ? null : into.asText(), reason.strip());
        }
    }

    /// @param until out of sight until then, null to bring it back
    private record Rest(@Nullable Instant until) {}

    /// @param into the main case; null to take the duplicate apart from it
    private record Joined(@Nullable String into, String reason) {}

    /// @param status as an answer for this case alone would have
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record One(String id, int status, @Nullable Integer version, @Nullable String detail) {}

    private Response change(Request request) {
        Asked asked = request.body(Asked.class);
        Deed deed = Deed.of(asked.set());
        Set<String> names = new LinkedHashSet<>(asked.ids());
        List<One> results = new ArrayList<>();
        for (String name : names) {
            results.add(one(request, name, deed));
        }
        return Response.ok(Json.object().set("results", Json.tree(results)));
    }

    private One one(Request request, String name, Deed deed) {
        try {
            Ticket after = database.inTransaction(handle -> changed(handle, request, name, deed));
            return new One(Long.toString(after.id()), 200, after.version(), null);
        } catch (Problem refused) {
            return new One(name, refused.status(), null, refused.getMessage());
        }
    }

    private Ticket changed(Handle handle, Request request, String name, Deed deed) {
        Joined joined = deed.merged();
        if (joined != null) {
            // first, because it locks two cases in an order of its own
            join(handle, request, name, joined);
        }
        Ticket ticket = reader.locked(handle, request.principal(), name);
        Changes.requireStaff(handle, deed.edit().ownership());
        if (deed.edits()) {
            ticket = changes.apply(handle, ticket, deed.edit(), request, "ticket.edit", deed.edited());
        }
        ticket = moved(handle, request, ticket, deed.moved());
        return deed.rest() == null
                ? ticket
                : rested(handle, request, ticket, deed.rest().until(), deed.edit().reason());
    }

    private Ticket rested(Handle handle, Request request, Ticket ticket, @Nullable Instant until,
            @Nullable String reason) {
        if (until == null) {
            return changes.apply(handle, ticket, new TicketEvent.Woken("Woken by hand", "hand"), request,
                    "ticket.wake", null);
        }
        return changes.apply(handle, ticket,
                new TicketEvent.Snoozed(until, Objects.requireNonNullElse(reason, "")), request,
                "ticket.snooze", Json.object().put("until", until.toString()));
    }

    private void join(Handle handle, Request request, String name, Joined joined) {
        if (joined.into() == null) {
            merging.unmerge(handle, request, name, joined.reason());
        } else {
            merging.merge(handle, request, name, joined.into(), joined.reason());
        }
    }

    private Ticket moved(Handle handle, Request request, Ticket ticket,
            TicketEvent.@Nullable Transition move) {
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
