package io.aftercare.service;

import io.aftercare.service.customer.Customers;
import io.aftercare.service.intake.IntakeRoom;
import io.aftercare.service.mail.MailFiles;
import io.aftercare.service.mail.MailRoom;
import io.aftercare.service.mail.SmtpCarrier;
import io.aftercare.service.notice.Carrier;
import io.aftercare.service.notice.CaseLink;
import io.aftercare.service.notice.CustomerLanguage;
import io.aftercare.service.notice.NoticeRoom;
import io.aftercare.service.portal.Appointments;
import io.aftercare.service.portal.Languages;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.portal.PortalRoom;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.webhook.WebhookRoom;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.workorder.Assignment;
import io.aftercare.service.workorder.Course;
import io.aftercare.service.workorder.WorkOrders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rooms by which customers and staff are reached, wired.
final class Channels implements Wing {
    private final List<Room> rooms;

    /// @param files keeps what customers send
    /// @param every how often what has come due is looked for
    Channels(DeskGround ground, Cases cases, WorkOrders orders, MailFiles files, ChannelConfig config,
            Duration every) {
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
        rooms = List.of(new NoticeRoom(ground, cases, catalogue, languages, links, carrier,
                config.notices(), every), new WebhookRoom(ground, cases, config.privateWebhooks(), every),
                new MailRoom(ground, cases, files, config.mail()),
                new PortalRoom(ground, cases, catalogue, spoken(languages), appointments(orders),
                        files::keep),
                new IntakeRoom(ground, cases,
                        (handle, ticket) -> "/c/" + PortalLinks.issue(handle, ticket, ground.now())));
    }

    private static Languages spoken(CustomerLanguage languages) {
        return new Languages() {
            @Override
            public Language of(Handle handle, Ticket ticket) {
                return languages.of(handle, ticket);
            }

            @Override
            public void choose(Handle handle, String contact, Language language) {
                languages.choose(handle, contact, language);
            }
        };
    }

    private static Appointments appointments(WorkOrders orders) {
        return (handle, ticket) -> orders.ofTicket(handle, ticket).stream().map(order -> {
            Assignment assignment = order.assignment();
            Course.Repair repair = order.course().repair();
            return new Appointments.Appointment(order.state().text(),
                    assignment == null ? null : assignment.slot().start(),
                    assignment == null ? null : assignment.slot().end(),
                    assignment != null && assignment.confirmedAt() != null,
                    repair == null ? null : repair.result());
        }).toList();
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
