package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import java.util.List;

/// Rooms that are wired together, begun in their order and closed in reverse.
interface Wing extends Room {
    List<Room> rooms();

    @Override
    default void bind(Operations operations) {
        rooms().forEach(room -> room.bind(operations));
    }

    @Override
    default void subscribe(OutboxRelay relay) {
        rooms().forEach(room -> room.subscribe(relay));
    }

    @Override
    default void start() {
        rooms().forEach(Room::start);
    }

    @Override
    default void close() {
        rooms().reversed().forEach(Room::close);
    }
}
