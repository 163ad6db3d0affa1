package io.aftercare.service.workorder;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.setting.HouseSetting.Versioned;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.util.Map;

/// Work orders are made and read here. Each write is one transaction with its audit entry.
final class OrderRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final OrderDesk desk;

    OrderRoutes(DeskGround ground, Cases cases, OrderDesk desk) {
        this.ground = ground;
        this.cases = cases;
        this.desk = desk;
    }

    void bind(Operations operations) {
        operations.on("createWorkOrder", this::create).on("listTicketWorkOrders", this::ofTicket)
                .on("listWorkOrders", this::list).on("getWorkOrder", this::get)
                .on("getWorkOrderSettings", this::settings).on("putWorkOrderSettings", this::change);
    }

    private Response create(Request request) {
        OrderBodies.New asked = request.body(OrderBodies.New.class);
        Actor actor = new Actor(request.principal(), request.address());
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            WorkOrder order = desk.open(handle, ticket, asked.job(desk.device(ticket)), actor);
            Audit.append(handle, new Audit.Entry(request.principal(), "work-order.create",
                    "work-order/" + order.id(), Json.tree(asked), request.address()));
            return Response.created("/api/v1/work-orders/" + order.id(), OrderView.of(order))
                    .withVersion(order.version());
        });
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

    private Response settings(Request request) {
        Versioned<OrderSettings> now = ground.database().jdbi().withHandle(OrderSettings.SETTING::read);
        return Response.versioned(now.value(), now.version());
    }

    private Response change(Request request) {
        OrderSettings asked = request.body(OrderSettings.class).checked();
        return ground.database().inTransaction(handle -> {
            OrderSettings before = OrderSettings.SETTING.of(handle);
            Versioned<OrderSettings> after = OrderSettings.SETTING.write(handle, asked, request.ifMatch());
            Audit.append(handle, new Audit.Entry(request.principal(), "work-order-settings.change",
                    "work-order-settings",
                    Json.tree(Map.of("before", before, "after", asked)), request.address()));
            return Response.versioned(after.value(), after.version());
        });
    }
}
