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

/// Work orders, wired. A case whose order is open cannot be solved, and one whose device was repaired in the workshop is not closed before
/// it is back with its owner (R37).
public final class WorkOrderRoom implements Room {
    private final WorkOrders orders;
    private final OrderRoutes routes;
    private final DispatchRoutes dispatch;
    private final OrderActs acts;
    private final BoardRoutes board;
    private final OfferRoutes offers;

    public WorkOrderRoom(DeskGround ground, Cases cases, WorkOrders orders, Surroundings around) {
        OrderDesk desk = new OrderDesk(ground, cases, around.visit());
        this.orders = orders;
        this.routes = new OrderRoutes(ground, cases, desk);
        this.dispatch = new DispatchRoutes(ground, desk, around.crew());
        this.acts = new OrderActs(ground, desk, around.parts());
        this.board = new BoardRoutes(ground, around.crew());
        this.offers = new OfferRoutes(ground, cases, desk, around.links());
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
        dispatch.bind(operations);
        acts.bind(operations);
        board.bind(operations);
        offers.bind(operations);
    }

    private static Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        if (!to.isSolved() && to != TicketState.CANCELLED) {
            return Optional.empty();
        }
        List<WorkOrder> all = OrderStore.ofTicket(handle, ticket.id());
        List<WorkOrder> open = all.stream().filter(order -> order.state().isOpen()).toList();
        if (!open.isEmpty()) {
            return Optional.of(open.stream().map(order -> order.number() + " is " + order.state().text())
                    .collect(Collectors.joining(", ")) + "; finish it or let it fail first");
        }
        return to != TicketState.CLOSED
                ? Optional.empty()
                : all.stream().filter(WorkOrderRoom::isStillHere).findFirst().map(order -> order.number()
                        + " is done, and the device is not back with its owner; say so at /work-orders/"
                        + order.id() + "/pickup");
    }

    private static boolean isStillHere(WorkOrder order) {
        return order.job().type() == WorkOrderType.DEPOT && order.state() == WorkOrderState.DONE
                && order.course().pickup() == null;
    }
}
