package io.aftercare.service.workorder;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Work orders are made and read here. Each write is one transaction with its audit entry.
final class OrderRoutes {
    private final DeskGround ground;
    private final Cases cases;

    OrderRoutes(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    void bind(Operations operations) {
        operations.on("createWorkOrder", this::create).on("listTicketWorkOrders", this::ofTicket)
                .on("listWorkOrders", this::list).on("getWorkOrder", this::get);
    }

    private Response create(Request request) {
        OrderBodies.New asked = request.body(OrderBodies.New.class);
        Actor actor = new Actor(request.principal(), request.address());
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            WorkOrder order = open(handle, ticket, asked.job(device(ticket)), actor);
            Audit.append(handle, new Audit.Entry(request.principal(), "work-order.create",
                    "work-order/" + order.id(), Json.tree(asked), request.address()));
            return Response.created("/api/v1/work-orders/" + order.id(), OrderView.of(order))
                    .withVersion(order.version());
        });
    }

    /// Makes an order for a case that is open and locked.
    WorkOrder open(Handle handle, Ticket ticket, Job job, Actor actor) {
        if (!ticket.state().isOpen()) {
            throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                    + "; reopen it before somebody works on it");
        }
        Instant now = ground.now();
        WorkOrder order = OrderStore.insert(handle, ticket.id(), job, actor.name(), now);
        cases.note(handle, ticket.id(), actor, new Note(now, "work-order",
                order.number() + " (" + job.type().text() + "): " + job.task(),
                Json.object().put("workOrder", order.number()).put("state", order.state().text())));
        return order;
    }

    Device device(Ticket ticket) {
        return ground.devices().find(ticket.device())
                .orElseThrow(() -> Problem.conflict("There is no device " + ticket.device()
                        + "; register it, or correct the serial of " + ticket.number()));
    }

    private Response ofTicket(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            return Json.object().set("items", Json.tree(
                    OrderStore.ofTicket(handle, ticket.id()).stream().map(OrderView::of).toList()));
        }));
    }

    private Response list(Request request) {
        OrderQuery query = OrderQuery.of(request);
        return Response.ok(ground.database().jdbi().withHandle(query::run));
    }

    private Response get(Request request) {
        WorkOrder order = ground.database().jdbi().withHandle(handle -> OrderReader.visible(handle, request));
        return Response.versioned(OrderView.of(order), order.version());
    }
}
