package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.part.Catalogue;
import io.aftercare.service.stock.StockDesk;
import io.aftercare.service.supplier.SupplierDesk;
import io.aftercare.service.ticket.Cases;
import java.util.List;

/// Parts, and what customers pay and agree to: the rooms of the catalogue, stock, suppliers, wired together.
final class Supplies implements Room {
    private final List<Room> rooms;

    Supplies(DeskGround ground, Cases cases, ServiceConfig config) {
        this.rooms = List.of(new Catalogue(ground, config.currency()), new SupplierDesk(ground),
                new StockDesk(ground, config.lookEvery()));
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
