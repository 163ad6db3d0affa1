package io.aftercare.service.mail;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import java.util.Optional;

/// Letters that come in.
public final class MailRoom implements Room {
    private final Optional<Mailbox> mailbox;
    private final MailRoutes routes;

    public MailRoom(DeskGround ground, Cases cases, MailFiles files, MailConfig config) {
        Reception reception = new Reception(ground, cases, files, config);
        this.mailbox = config.in().map(server -> new Mailbox(server, config, reception, ground.database()));
        this.routes = new MailRoutes(ground.database());
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public void start() {
        mailbox.ifPresent(Mailbox::start);
    }

    @Override
    public void close() {
        mailbox.ifPresent(Mailbox::close);
    }
}
