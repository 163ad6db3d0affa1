package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.attachment.AttachmentConfig;
import io.aftercare.service.attachment.Attachments;
import io.aftercare.service.link.Links;
import io.aftercare.service.presence.PresenceRoom;
import io.aftercare.service.similar.Experience;
import io.aftercare.service.ticket.Cases;
import java.util.List;

/// What people have at hand at every case: files, ties, who else is there, what past cases teach.
final class CaseTools implements Room {
    private final Attachments attachments;
    private final List<Room> rooms;

    CaseTools(DeskGround ground, Cases cases, AttachmentConfig config) {
        this.attachments = new Attachments(ground, cases, config);
        this.rooms = List.of(attachments, new Links(ground, cases), new PresenceRoom(ground, cases),
                new Experience(cases));
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
