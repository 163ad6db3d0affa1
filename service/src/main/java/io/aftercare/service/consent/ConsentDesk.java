package io.aftercare.service.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Consents for remote diagnostics, as staff ask for them and write answers down.
final class ConsentDesk {
    private static final Duration UNTIL_DEFAULT = Duration.ofDays(7);
    private static final Duration UNTIL_MAX = Duration.ofDays(30);
    private static final int PER_CASE_MAX = 100;

    private final DeskGround ground;
    private final Cases cases;
    private final ConsentWords words;

    ConsentDesk(DeskGround ground, Cases cases, ConsentWords words) {
        this.ground = ground;
        this.cases = cases;
        this.words = words;
    }

    private record Asking(Set<ConsentPurpose> purposes, String why, @Nullable Instant until) {}

    private record Told(boolean given, String channel, String note, @Nullable String language) {}

    private record Why(String note) {}

    void bind(Operations operations) {
        operations.on("listRemoteConsents", this::list).on("askRemoteConsent", this::ask)
                .on("recordRemoteConsent", this::record).on("withdrawRemoteConsent", this::withdraw);
    }

    private Response list(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> page(handle,
                cases.visible(handle, request).id())));
    }

    private Page<RemoteConsent> page(Handle handle, long ticket) {
        return new Page<>(
                ConsentSql.ofTicket(handle, ticket).stream().map(one -> one.at(ground.now())).toList(),
                null);
    }

    private Response ask(Request request) {
        Asking asking = request.body(Asking.class);
        Instant now = ground.now();
        Instant until = until(asking, now);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            if (!ticket.state().isOpen()) {
                throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                        + "; consent is asked for work that is going on");
            }
            List<RemoteConsent> before = ConsentSql.ofTicket(handle, ticket.id());
            if (before.size() >= PER_CASE_MAX) {
                throw Problem
                        .conflict("The customer was asked " + PER_CASE_MAX + " times in this case already");
            }
            List<Long> made = new ArrayList<>();
            for (ConsentPurpose purpose : new TreeSet<>(asking.purposes())) {
                requireNew(handle, ticket, purpose, now);
                made.add(ConsentSql.ask(handle, ticket.id(), purpose, until, asking.why().strip(),
                        request.principal().name(), now));
                note(handle, ticket, new Actor(request.principal(), request.address()),
                        "remote-consent-asked",
                        "The customer is asked to allow " + purpose.text() + ": " + asking.why().strip(),
                        purpose, null, asking.why().strip());
            }
            tellCustomer(handle, ticket, asking.why().strip(), made.getFirst());
            audit(handle, request, "remote-consent.ask", ticket, Json.object().put("why", asking.why())
                    .put("until", until.toString()).set("purposes", Json.tree(asking.purposes())));
            return new Response(201, page(handle, ticket.id()), Map.of());
        });
    }

    private static Instant until(Asking asking, Instant now) {
        Instant until = asking.until() == null ? now.plus(UNTIL_DEFAULT) : asking.until();
        if (!until.isAfter(now) || until.isAfter(now.plus(UNTIL_MAX))) {
            throw Problem.invalid("until", "a time within the next " + UNTIL_MAX.toDays() + " days");
        }
        if (asking.why().isBlank()) {
            throw Problem.invalid("why", "the customer has to be told what it is for");
        }
        return until;
    }

    private static void requireNew(Handle handle, Ticket ticket, ConsentPurpose purpose, Instant now) {
        ConsentSql.newest(handle, ticket.id(), purpose).map(one -> one.at(now)).ifPresent(one -> {
            if (one.state() == ConsentState.ASKED || one.state() == ConsentState.GIVEN) {
                throw Problem.conflict("The customer " + (one.state() == ConsentState.ASKED
                        ? "is asked already"
                        : "has given it already") + " for " + purpose.text() + ", until "
                        + one.until() + "; withdraw that first to ask in other words");
            }
        });
    }

    private void tellCustomer(Handle handle, Ticket ticket, String why, long id) {
        ObjectNode notice = Json.object().put("ticket", Long.toString(ticket.id()))
                .put("template", "remote-consent-asked");
        notice.putObject("params").put("why", why);
        Outbox.append(handle, "notice.customer", "remote-consent/" + id, notice);
    }

    private Response record(Request request) {
        Told told = request.body(Told.class);
        if (told.note().isBlank()) {
            throw Problem.invalid("note", "the customer's words, and who said them");
        }
        return changed(request, told.given() ? ConsentEvent.GIVE : ConsentEvent.REFUSE, told.channel(),
                told.note().strip(), (handle, ticket, asked, after) -> {
                    ConsentWords.Shown shown = words.of(asked, String.valueOf(ticket.report().serial()),
                            Language.of(told.language() == null ? "zh" : told.language()));
                    ConsentSql.answer(handle, asked.id(), new ConsentSql.Answer(after, told.channel(),
                            request.principal().name(), ground.now(), told.note().strip(), shown.wording(),
                            shown.shown(),
                            null));
                    return "The customer " + (told.given() ? "allowed " : "did not allow ")
                            + asked.purpose().text() + " by "
                            + told.channel() + ": " + told.note().strip();
                });
    }

    private Response withdraw(Request request) {
        String note = request.body(Why.class).note();
        return changed(request, ConsentEvent.WITHDRAW, null, note, (handle, _, asked, _) -> {
            ConsentSql.withdraw(handle, asked.id(), request.principal().name(), ground.now());
            return "The consent to " + asked.purpose().text() + " was taken back: " + note;
        });
    }

    @FunctionalInterface
    private interface Change {
        String make(Handle handle, Ticket ticket, RemoteConsent asked, ConsentState after);
    }

    /// @param channel by which the customer said it, null where they did not
    /// @param words   the customer's, or why
    private Response changed(Request request, ConsentEvent event, @Nullable String channel, String words,
            Change change) {
        int version = request.ifMatch();
        long id = Long.parseLong(request.path("consent"));
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            RemoteConsent asked = ConsentSql.find(handle, ticket.id(), id).map(one -> one.at(ground.now()))
                    .orElseThrow(() -> Problem.notFound("consent", request.path("consent")));
            if (asked.version() != version) {
                throw Problem.staleVersion("consent", request.path("consent"), asked.version());
            }
            ConsentState after = after(asked, event);
            note(handle, ticket, new Actor(request.principal(), request.address()),
                    "remote-consent-" + after.text(), change.make(handle, ticket, asked, after),
                    asked.purpose(), channel, words);
            RemoteConsent now = ConsentSql.find(handle, ticket.id(), id).orElseThrow();
            audit(handle, request, "remote-consent." + after.text(), ticket, Json.object()
                    .put("consent", Long.toString(id)).put("purpose", asked.purpose().text())
                    .put("words", now.wordingSha256()));
            return Response.versioned(now, now.version());
        });
    }

    /// @throws Problem 409 where that is not possible now
    static ConsentState after(RemoteConsent asked, ConsentEvent event) {
        return asked.state().after(event).orElseThrow(() -> Problem.conflict(
                "This consent is " + asked.state().text() + "; ask anew"));
    }

    private void note(Handle handle, Ticket ticket, Actor actor, String kind, String text,
            ConsentPurpose purpose, @Nullable String channel, String words) {
        cases.note(handle, ticket.id(), actor, new Note(ground.now(), kind, text, Json.object()
                .put("purpose", purpose.text()).put("via", channel).put("words", words)));
    }

    private static void audit(Handle handle, Request request, String action, Ticket ticket,
            JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "ticket/" + ticket.id(), detail,
                request.address()));
    }
}
