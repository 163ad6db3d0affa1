package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.part.PartDesk;
import io.aftercare.service.part.Parts;
import io.aftercare.service.part.Prices;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.quote.PartOffers;
import io.aftercare.service.quote.QuoteDesk;
import io.aftercare.service.stock.StockDesk;
import io.aftercare.service.supplier.SupplierDesk;
import io.aftercare.service.ticket.Cases;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Parts, and what customers pay and agree to: the rooms of the catalogue, stock, suppliers and quotes, wired together.
final class Supplies implements Room {
    private final List<Room> rooms;

    Supplies(DeskGround ground, Cases cases, ServiceConfig config) {
        PartOffers offers = (handle, code) -> Parts.find(handle, code)
                .map(part -> new PartOffers.Offer(part.code(), part.name().zh(), part.name().en(),
                        part.mayBeFitted(), Prices.on(handle, part.code(),
                                LocalDate.ofInstant(ground.now(), ZoneOffset.UTC)).orElse(null)));
        this.rooms = List.of(new PartDesk(ground, config.currency()), new SupplierDesk(ground),
                new StockDesk(ground, config.lookEvery()),
                new QuoteDesk(ground, cases, offers,
                        (handle, token) -> PortalLinks.caseOf(handle, token, ground.now()), config.currency(),
                        config.channels().notices().zone(), config.lookEvery()));
    }

    @Override
    public void bind(Operations operations) {
        rooms.forEach(room -> room.bind(operations));
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        rooms.forEach(room -> room.subscribe(relay));
    }

    @Override
    public void start() {
        rooms.forEach(Room::start);
    }

    @Override
    public void close() {
        rooms.reversed().forEach(Room::close);
    }
}
