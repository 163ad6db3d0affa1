package io.aftercare.service.datause;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Consents;
import io.aftercare.service.customer.Customers;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What was taken off customers' devices to repair them (R75): only of those who allowed it before, and gone after the case.
final class TakenData implements TemporaryData {
    private final DeskGround ground;
    private final Cases cases;

    TakenData(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    private record Take(String what, String why, @Nullable String content) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Taken(String id, String what, String why, @Nullable String content, String person,
            Instant at,
            @Nullable Instant purgeAt, @Nullable Instant purgedAt) {}

    void bind(Operations operations) {
        operations.on("collectData", this::take).on("listCollections", this::list)
                .on("purgeCollection", this::purgeOne);
    }

    private Response take(Request request) {
        Take asked = request.body(Take.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            requireAllowed(handle, ticket);
            if (!ticket.state().isOpen()) {
                throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                        + "; data is taken for work that is going on");
            }
            long id = handle.createQuery("""
                    INSERT INTO service.data_collection (ticket, what, why, content, person, at)
                    VALUES (:ticket, :what, :why, :content, :person, :now) RETURNING id""")
                    .bind("ticket", ticket.id())
                    .bind("what", asked.what()).bind("why", asked.why()).bind("content", asked.content())
                    .bind("person", request.principal().name()).bind("now", ground.now()).mapTo(Long.class)
                    .one();
            cases.note(handle, ticket.id(), new Actor(request.principal(), request.address()),
                    new Note(ground.now(),
                            "data", "Taken for this case alone: " + asked.what(),
                            Json.object().put("collection", id)));
            audit(handle, request, "data.collect", ticket, id);
            Taken taken = of(handle, ticket.id()).stream().filter(one -> one.id().equals(Long.toString(id)))
                    .findFirst().orElseThrow();
            return Response.created("/api/v1/tickets/" + ticket.id() + "/collections", taken);
        });
    }

    private static void requireAllowed(Handle handle, Ticket ticket) {
        boolean allowed = Customers.ofTicket(handle, ticket.id())
                .filter(customer -> Customers.allows(handle, customer.id(), Consents.COLLECTION)).isPresent();
        if (!allowed) {
            throw Problem.conflict(
                    "The customer has not allowed data to be taken; ask first, and write the consent "
                            + Consents.COLLECTION + " into the customer's file");
        }
    }

    private Response list(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            List<Taken> taken = of(handle, ticket.id());
            if (!taken.isEmpty()) {
                audit(handle, request, "data.read", ticket, 0);
            }
            return new Page<>(taken, null);
        }));
    }

    private Response purgeOne(Request request) {
        long id = Long.parseLong(request.path("collection"));
        ground.database().useTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            int purged = handle.createUpdate("""
                    UPDATE service.data_collection SET content = NULL, purged_at = :now
                    WHERE id = :id AND ticket = :ticket AND purged_at IS NULL""").bind("id", id)
                    .bind("ticket", ticket.id()).bind("now", ground.now()).execute();
            if (purged == 1) {
                audit(handle, request, "data.purge", ticket, id);
            }
        });
        return Response.noContent();
    }

    @Override
    public int purge(Handle handle, long ticket) {
        return handle.createUpdate("""
                UPDATE service.data_collection SET content = NULL, purged_at = :now
                WHERE ticket = :ticket AND purged_at IS NULL""").bind("ticket", ticket)
                .bind("now", ground.now())
                .execute();
    }

    private static List<Taken> of(Handle handle, long ticket) {
        return handle.createQuery("""
                SELECT c.*, p.due FROM service.data_collection c
                LEFT JOIN service.data_purge p ON p.ticket = c.ticket AND p.done_at IS NULL
                WHERE c.ticket = :ticket ORDER BY c.id LIMIT 1000""").bind("ticket", ticket)
                .map((row, _) -> new Taken(row.getString("id"), row.getString("what"), row.getString("why"),
                        row.getString("content"), row.getString("person"), Columns.time(row, "at"),
                        row.getTimestamp("purged_at") == null ? Columns.instant(row, "due") : null,
                        Columns.instant(row, "purged_at")))
                .list();
    }

    private static void audit(Handle handle, Request request, String action, Ticket ticket, long id) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "ticket/" + ticket.id(),
                Json.object().put("collection", id), request.address()));
    }
}
