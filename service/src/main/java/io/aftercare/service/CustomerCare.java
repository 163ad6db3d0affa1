package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.customer.CustomerRoom;
import java.util.List;

/// The rooms that know customers as people and not as cases, wired.
final class CustomerCare implements Room {
    private final List<Room> rooms;

    CustomerCare(DeskGround ground) {
        this.rooms = List.of(new CustomerRoom(ground));
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
