package io.aftercare.service;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.attachment.AttachmentConfig;
import io.aftercare.service.attachment.Attachments;
import io.aftercare.service.link.Links;
import io.aftercare.service.mail.MailFiles;
import io.aftercare.service.presence.PresenceRoom;
import io.aftercare.service.similar.Experience;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.view.ViewRoom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// What people have at hand at every case: files, ties, who else is there, what past cases teach, their own views of lists.
final class CaseTools implements Wing {
    private final Attachments attachments;
    private final List<Room> rooms;

    CaseTools(DeskGround ground, Cases cases, AttachmentConfig config) {
        this.attachments = new Attachments(ground, cases, config);
        this.rooms = List.of(attachments, new Links(ground, cases), new PresenceRoom(ground, cases),
                new Experience(cases), new ViewRoom(ground));
    }

    /// Where the files of letters and of the customer's page go.
    MailFiles files() {
        return (ticket, name, type, bytes) -> {
            try {
                attachments.attach(ticket, name, type, new ByteArrayInputStream(bytes), Actor.SYSTEM);
                return Optional.empty();
            } catch (Problem refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
