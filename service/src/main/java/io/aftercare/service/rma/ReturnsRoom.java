package io.aftercare.service.rma;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The room of returns and exchanges. A case with a return that is not over cannot be closed; it shows them as `returns`.
public final class ReturnsRoom implements Room {
    private static final int SHOWN_MAX = 50;

    private final RmaRoutes routes;
    private final RmaPages pages;

    public ReturnsRoom(DeskGround ground, Cases cases, CaseClocks clocks, Reserved reserved, Quotes quotes) {
        RmaDesk desk = new RmaDesk(ground, cases, new RmaEffects(ground, clocks, reserved), quotes);
        this.routes = new RmaRoutes(ground, cases, desk);
        this.pages = new RmaPages(ground, cases, desk);
        cases.require(ReturnsRoom::missing);
        cases.show("returns", (handle, ticket, _) -> of(handle, ticket).stream().map(RmaView::of).toList());
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
        pages.bind(operations);
    }

    private static List<Rma> of(Handle handle, Ticket ticket) {
        return RmaStore.list(handle, new RmaStore.Wanted(ticket.id(), null, null, null), Long.MAX_VALUE,
                SHOWN_MAX);
    }

    private static Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        return to == TicketState.CLOSED || to == TicketState.CANCELLED
                ? of(handle, ticket).stream().filter(rma -> rma.state().isOpen()).findFirst()
                        .map(rma -> "the return " + rma.number() + " is " + rma.state().text()
                                + "; close or cancel it first")
                : Optional.empty();
    }
}
