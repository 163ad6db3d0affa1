package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.loaner.LoanerRoom;
import io.aftercare.service.rma.ReturnsRoom;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.warranty.Entitlements;
import io.aftercare.service.warranty.Warranty;
import io.aftercare.service.warranty.WarrantyPolicy;
import java.util.List;

/// What customers have a claim to: the rooms of warranties, returns and loaners, wired together.
final class WarrantyCare implements Room {
    private static final int RETURN_DAYS = 7;

    private final List<Room> rooms;

    WarrantyCare(DeskGround ground, Cases cases, CaseClocks clocks, ServiceConfig config) {
        this.rooms = List.of(new Warranty(ground, cases),
                new ReturnsRoom(ground, cases, clocks, LoanerRoom::keeps, (_, _) -> false),
                new LoanerRoom(ground, cases,
                        (handle, device) -> Entitlements.policy(handle, device)
                                .map(WarrantyPolicy::loanerReturnDays).orElse(RETURN_DAYS),
                        config.lookEvery()));
    }

    @Override
    public void bind(Operations operations) {
        rooms.forEach(room -> room.bind(operations));
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
