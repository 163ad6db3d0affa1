package io.aftercare.service.notice;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.ticket.Cases;
import java.time.Duration;

/// What customers and staff are told: takes down `notice.customer`, `notice.staff` and `notice.person`, and what follows from cases by
/// itself, and sends it.
public final class NoticeRoom implements Room {
    private static final int SHOWN_MAX = 100;

    private final Inbox inbox;
    private final Sender sender;
    private final NoticeRoutes routes;
    private final BackgroundLoop loop;

    /// @param every how often the loop looks for letters that have come due
    public NoticeRoom(DeskGround ground, Cases cases, Catalogue catalogue, CustomerLanguage languages,
            CaseLink links, Carrier carrier, NoticeConfig config, Duration every) {
        Phrases phrases = new Phrases(catalogue, config.zone());
        Writer writer = new Writer(cases, phrases, links, config);
        this.inbox = new Inbox(ground, cases, phrases, languages, config);
        this.sender = new Sender(ground, cases, writer, carrier, config);
        this.routes = new NoticeRoutes(ground, cases, inbox, writer, carrier);
        this.loop = new BackgroundLoop("notices", every, sender::sendNext);
        cases.listen(inbox::changed);
        cases.show("notices", (handle, ticket, _) -> NoticeStore.ofTicket(handle, ticket.id(), SHOWN_MAX)
                .stream().map(notice -> NoticeView.of(notice, "", "")).toList());
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        relay.on("notice.customer", inbox::customer);
        relay.on("notice.staff", inbox::staff);
        relay.on("notice.person", inbox::person);
    }

    @Override
    public void start() {
        sender.release();
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }
}
