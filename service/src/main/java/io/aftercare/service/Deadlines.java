package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.calendar.CalendarRoom;
import io.aftercare.service.escalation.EscalationRoom;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.sla.PolicyRoom;
import io.aftercare.service.ticket.Cases;
import java.util.List;

/// The rooms of time: calendars, what is promised by them, and who hears when it is not kept.
final class Deadlines implements Room {
    private final List<Room> rooms;

    Deadlines(DeskGround ground, Cases cases, CaseClocks clocks) {
        this.rooms = List.of(new CalendarRoom(ground), new PolicyRoom(ground),
                new EscalationRoom(ground, cases, clocks));
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
