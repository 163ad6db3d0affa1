package io.aftercare.service.ticket;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.customer.Contact;
import io.aftercare.service.customer.Contacts;
import io.aftercare.service.sla.ClockStore;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads cases for somebody: only those that they may see, and of these what they may see.
final class TicketReader {
    private static final Pattern NAME = Pattern.compile("(?:[Tt]-)?0*([0-9]{1,18})");

    private final Devices devices;
    private final Tickets tickets;
    private final FixProgress progress;
    private final Rooms rooms;
    private final Catalogue words = Catalogue.read();

    TicketReader(Devices devices, Tickets tickets, FixProgress progress, Rooms rooms) {
        this.devices = devices;
        this.progress = progress;
        this.tickets = tickets;
        this.rooms = rooms;
    }

    /// The case that the path names by id or number; a 404 where there is none for this reader.
    Ticket visible(Handle handle, Request request) {
        return visible(handle, request.principal(), request.path("id"));
    }

    Ticket visible(Handle handle, Principal principal, String name) {
        Matcher match = NAME.matcher(name);
        return (match.matches()
                ? TicketStore.find(handle, Long.parseLong(match.group(1)))
                : Optional.<Ticket>empty())
                .filter(ticket -> sees(principal, ticket))
                .orElseThrow(() -> Problem.notFound("ticket", name));
    }

    /// As [#visible], and nobody else changes it before the end of the transaction.
    Ticket locked(Handle handle, Request request) {
        return locked(handle, request.principal(), request.path("id"));
    }

    Ticket locked(Handle handle, Principal principal, String name) {
        Ticket seen = visible(handle, principal, name);
        Signal signal = seen.signal();
        if (signal != null) {
            // before the row's own lock, in the same order as a fault that is raised
            TicketStore.lockFingerprint(handle, seen.device(), signal.code());
        }
        return TicketStore.lock(handle, seen.id()).orElseThrow();
    }

    TicketDetail detail(Handle handle, Ticket ticket, Request request) {
        return withoutContact(handle, ticket, request).apply(contact(handle, ticket, request));
    }

    /// A case as of one moment: a row never comes with what happened to it later. Who reads the contact is audited, and the audit
    /// goes on from its newest entry: thus that is a transaction of its own.
    Response answer(Database database, Request request) {
        Seen seen = database.inSnapshot(handle -> {
            Ticket ticket = visible(handle, request);
            return new Seen(ticket, withoutContact(handle, ticket, request));
        });
        Contact contact = database.inTransaction(handle -> contact(handle, seen.ticket, request));
        return Response.versioned(seen.detail.apply(contact), seen.ticket.version());
    }

    private record Seen(Ticket ticket, Function<@Nullable Contact, TicketDetail> detail) {}

    private Function<@Nullable Contact, TicketDetail> withoutContact(Handle handle, Ticket ticket,
            Request request) {
        Clocks clocks = ClockStore.find(handle, ticket.id());
        Map<String, @Nullable Object> shown = rooms.shown(handle, ticket, request);
        shown.put("nextSteps", NextSteps.of(ticket, clocks, words,
                Language.of(request.header("Accept-Language").orElse(""))));
        List<Timeline.Entry> timeline = Timeline.of(handle, ticket.id());
        FixProgress.Course course = course(ticket);
        return contact -> TicketDetail.of(ticket, clocks, timeline, course, shown, contact, tickets.now());
    }

    private FixProgress.@Nullable Course course(Ticket ticket) {
        Fix fix = ticket.fix();
        DeviceId device = ticket.report().device();
        return fix == null || fix.campaign().isEmpty() || device == null
                ? null
                : progress.of(device, fix.campaign()).orElse(null);
    }

    // Read at the end of the transaction, because the audit's lock is held from here to the commit.
    private @Nullable Contact contact(Handle handle, Ticket ticket, Request request) {
        String pseudonym = ticket.report().contact();
        if (pseudonym == null || !mayReadContact(request.principal())) {
            return null;
        }
        Contact contact = Contacts.find(handle, pseudonym).orElse(null);
        if (contact != null
                && Contacts.isNewReading(handle, pseudonym, request.principal().name(), tickets.now())) {
            Audit.append(handle, new Audit.Entry(request.principal(), "contact.read", "contact/" + pseudonym,
                    Json.object().put("ticket", ticket.number()), request.address()));
        }
        return contact;
    }

    boolean sees(Principal principal, Ticket ticket) {
        return principal.seesOutlet(TicketNews.outlet(devices, ticket));
    }

    /// Those who speak with customers; who judges quality, makes firmware or audits needs no names.
    private static boolean mayReadContact(Principal principal) {
        return principal.has(Role.ADMIN) || principal.has(Role.AGENT) || principal.has(Role.ENGINEER)
                || principal.has(Role.COORDINATOR) || principal.has(Role.PARTNER);
    }
}
