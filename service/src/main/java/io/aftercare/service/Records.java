package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.casefile.CaseFileSource;
import io.aftercare.service.casefile.CaseFiles;
import io.aftercare.service.cost.Costs;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Cases;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/// What the desk writes down of its own work: costs and case files.
final class Records implements Room {
    /// How long the archive goes without an audit before somebody is reminded: about a quarter.
    private static final Duration AUDIT_EVERY = Duration.ofDays(92);

    private final List<Room> rooms;

    Records(DeskGround ground, Cases cases, ServiceConfig config) {
        List<CaseFileSource> sources = List.of();
        this.rooms = List.of(new Costs(ground, cases, Customers::gradeOfTicket, _ -> ZoneOffset.UTC),
                new CaseFiles(ground, cases, sources, config.lookEvery(), AUDIT_EVERY));
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
