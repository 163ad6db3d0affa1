package io.aftercare.service.workorder;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Work orders, wired. A case whose order is open cannot be solved.
public final class WorkOrderRoom implements Room {
    private final WorkOrders orders;
    private final OrderRoutes routes;

    public WorkOrderRoom(DeskGround ground, Cases cases, WorkOrders orders) {
        this.orders = orders;
        this.routes = new OrderRoutes(ground, cases);
        cases.require(WorkOrderRoom::missing);
        cases.show("workOrders", (handle, ticket, _) -> OrderStore.ofTicket(handle, ticket.id()).stream()
                .map(OrderView::of).toList());
    }

    public WorkOrders orders() {
        return orders;
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    private static Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        if (!to.isSolved() && to != TicketState.CANCELLED) {
            return Optional.empty();
        }
        List<WorkOrder> open = OrderStore.ofTicket(handle, ticket.id()).stream()
                .filter(order -> order.state().isOpen()).toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.stream().map(order -> order.number() + " is " + order.state().text())
                        .collect(Collectors.joining(", ")) + "; finish it or let it fail first");
    }
}
