package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.mail.MailFiles;
import io.aftercare.service.mail.MailRoom;
import io.aftercare.service.mail.SmtpCarrier;
import io.aftercare.service.notice.Carrier;
import io.aftercare.service.notice.CaseLink;
import io.aftercare.service.notice.CustomerLanguage;
import io.aftercare.service.notice.NoticeRoom;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.webhook.WebhookRoom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The rooms by which customers and staff are reached, wired.
final class Channels implements Room {
    private final List<Room> rooms;

    /// @param every how often what has come due is looked for
    Channels(DeskGround ground, Cases cases, ChannelConfig config, Duration every) {
        Catalogue catalogue = Catalogue.read();
        CustomerLanguage languages = new CustomerLanguage(
                (handle, ticket) -> Customers.ofTicket(handle, ticket.id())
                        .flatMap(customer -> Optional.ofNullable(customer.locale())).map(Language::of));
        String publicUrl = config.notices().publicUrl();
        CaseLink links = (handle, ticket) -> publicUrl.isEmpty()
                ? Optional.empty()
                : Optional.of(publicUrl + "/c/" + PortalLinks.issue(handle, ticket, ground.now()));
        Carrier carrier = config.mail().out().<Carrier>map(server -> new SmtpCarrier(server, config.mail(),
                ground.database(), ground.clock())).orElse(Carrier.NONE);
        MailFiles files = (_, _, _, _, _) -> false;
        rooms = List.of(new NoticeRoom(ground, cases, catalogue, languages, links, carrier,
                config.notices(), every), new WebhookRoom(ground, cases, config.privateWebhooks(), every),
                new MailRoom(ground, cases, files, config.mail()));
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
