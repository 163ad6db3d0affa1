package io.aftercare.service;

import io.aftercare.service.part.PartDesk;
import io.aftercare.service.part.Parts;
import io.aftercare.service.part.Prices;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.quote.PartOffers;
import io.aftercare.service.quote.QuoteDesk;
import io.aftercare.service.quote.QuoteGate;
import io.aftercare.service.requisition.Agreements;
import io.aftercare.service.requisition.FittingGate;
import io.aftercare.service.requisition.RequisitionDesk;
import io.aftercare.service.stock.StockDesk;
import io.aftercare.service.supplier.SupplierDesk;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.warranty.Entitlements;
import io.aftercare.service.workorder.WorkOrder;
import io.aftercare.service.workorder.WorkOrders;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Parts, and what customers pay and agree to: the rooms of the catalogue, stock, suppliers and quotes, wired together.
final class Supplies implements Wing {
    /// What customers have to agree to before work; asked by the rooms of work orders and returns too.
    static final QuoteGate QUOTES = new QuoteGate(Supplies::isChargeable);
    /// What is missing before a part is fitted.
    static final FittingGate FITTING = new FittingGate(new Agreed(QUOTES));

    private final List<Room> rooms;

    Supplies(DeskGround ground, Cases cases, WorkOrders orders, ServiceConfig config) {
        PartOffers offers = (handle, code) -> Parts.find(handle, code)
                .map(part -> new PartOffers.Offer(part.code(), part.name().zh(), part.name().en(),
                        part.mayBeFitted(), Prices.on(handle, part.code(),
                                LocalDate.ofInstant(ground.now(), ZoneOffset.UTC)).orElse(null)));
        this.rooms = List.of(new PartDesk(ground, config.currency()), new SupplierDesk(ground),
                new StockDesk(ground, config.lookEvery()), new RequisitionDesk(ground, cases, FITTING,
                        (handle, named, ticket) -> orders.find(handle, named)
                                .filter(one -> one.ticket() == ticket).map(WorkOrder::number)),
                new QuoteDesk(ground, cases, offers,
                        (handle, token) -> PortalLinks.caseOf(handle, token, ground.now()), config.currency(),
                        config.channels().notices().zone(), config.lookEvery()));
    }

    /// A device that nobody knows yet has no warranty to show.
    private static boolean isChargeable(Handle handle, Ticket ticket) {
        return Entitlements.ofCase(handle, ticket).map(entitlement -> !entitlement.covered()).orElse(true);
    }

    private record Agreed(QuoteGate quotes) implements Agreements {
        @Override
        public Optional<String> missingToRepair(Handle handle, Ticket ticket) {
            return quotes.missingToRepair(handle, ticket);
        }

        @Override
        public Optional<String> missingToReplace(Handle handle, Ticket ticket, String part) {
            return quotes.missingToReplace(handle, ticket, part);
        }
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
