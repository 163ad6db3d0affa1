package io.aftercare.service.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.quote.Quote.Decision;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What becomes of quotes and consents, with what that does to the case. Works in the caller's transaction, which has locked
/// the case.
final class Quotes {
    private final Cases cases;

    Quotes(Cases cases) {
        this.cases = cases;
    }

    Quote draft(Handle handle, Ticket ticket, Terms terms, String currency, Actor actor, Instant now) {
        requireOpen(ticket);
        QuoteStore.ofTicket(handle, ticket.id()).stream().filter(quote -> quote.state() == QuoteState.DRAFT)
                .findFirst().ifPresent(draft -> {
                    throw Problem
                            .conflict(draft.number() + " is a draft already; change it at PUT /api/v1/quotes/"
                                    + draft.id());
                });
        return QuoteStore.insert(handle, ticket.id(), terms, currency, actor.name(), now);
    }

    Quote edit(Handle handle, Quote quote, Terms terms) {
        if (quote.state() != QuoteState.DRAFT) {
            throw Problem
                    .conflict(quote.number() + " was sent, so it stays as it is; make a new revision at POST"
                            + " /api/v1/tickets/" + quote.ticket() + "/quote");
        }
        Quote edited = quote.with(terms);
        QuoteStore.update(handle, edited);
        return edited;
    }

    /// Shows it to the customer, in place of an earlier one; the case waits for the customer, which pauses its clocks.
    Quote send(Handle handle, Ticket ticket, Quote quote, Actor actor, Instant now) {
        requireOpen(ticket);
        requireWay(quote, QuoteState.SENT);
        for (Quote other : QuoteStore.ofTicket(handle, ticket.id())) {
            if (other.state().mayBecome(QuoteState.SUPERSEDED)) {
                QuoteStore.update(handle, other.becoming(QuoteState.SUPERSEDED));
            }
        }
        Quote sent = quote.sent(now, now.plus(Duration.ofDays(quote.terms().validDays())));
        QuoteStore.update(handle, sent);
        String text = sent.number() + " was sent: " + price(sent);
        note(handle, ticket, actor, now, "quote-sent", text, sent, "", "");
        cases.move(handle, ticket, TicketState.WAITING_CUSTOMER, text, actor);
        ObjectNode params = Json.object().put("quote", sent.number())
                .put("total", sent.total().toPlainString())
                .put("currency", sent.currency()).put("days", String.valueOf(sent.terms().validDays()));
        tellCustomer(handle, ticket, "quote-sent", "quote/" + sent.id() + "/sent", params);
        return sent;
    }

    /// Writes down what the customer said. Accepting is consent to each part that the quote replaces.
    Quote decide(Handle handle, Ticket ticket, Quote quote, boolean accepted, Decision decision,
            Actor actor) {
        requireWay(quote, accepted ? QuoteState.ACCEPTED : QuoteState.DECLINED);
        Instant until = quote.validUntil();
        if (until != null && !decision.at().isBefore(until)) {
            throw Problem.conflict(quote.number() + " was valid until " + until + "; send a new revision");
        }
        Quote decided = quote.decided(accepted, decision);
        QuoteStore.update(handle, decided);
        if (accepted) {
            for (String part : decided.terms().parts()) {
                ConsentStore.add(handle,
                        new Consent(0, ticket.id(), part, Consent.State.GRANTED, decision.at(),
                                "quote", decision.by(), decided.number(), decision.wording(),
                                decision.addressHash()));
            }
        }
        String text = "The customer " + (accepted ? "accepted " : "declined ") + decided.number() + " ("
                + price(decided) + ") by " + decision.via()
                + (decision.note().isEmpty() ? "" : ": " + decision.note());
        note(handle, ticket, actor, decision.at(), accepted ? "quote-accepted" : "quote-declined", text,
                decided, decision.via(), decision.note());
        resume(handle, ticket, text, actor);
        tellStaff(handle, ticket, "quote-answered", "quote/" + decided.id() + "/answered",
                Json.object().put("quote", decided.number()).put("answer", decided.state().text()));
        return decided;
    }

    /// Ends one that nobody answered in time; the clocks of its case run again.
    void expire(Handle handle, Ticket ticket, Quote quote, Instant now) {
        Quote expired = quote.becoming(QuoteState.EXPIRED);
        QuoteStore.update(handle, expired);
        String text = expired.number() + " expired without an answer";
        note(handle, ticket, Actor.SYSTEM, now, "quote-expired", text, expired, "", "");
        resume(handle, ticket, text, Actor.SYSTEM);
        tellStaff(handle, ticket, "quote-answered", "quote/" + expired.id() + "/expired",
                Json.object().put("quote", expired.number()).put("answer", expired.state().text()));
    }

    /// Asks the customer whether a part may be replaced; the case waits for the answer.
    void ask(Handle handle, Ticket ticket, PartOffers.Offer part, String why, Actor actor, Instant now) {
        requireOpen(ticket);
        ConsentStore.add(handle, new Consent(0, ticket.id(), part.code(), Consent.State.ASKED, now, "page",
                actor.name(), why, "", null));
        String text = "The customer is asked whether " + part.code() + " may be replaced: " + why;
        cases.note(handle, ticket.id(), actor,
                new Note(now, "consent-asked", text,
                        Json.object().put("part", part.code()).put("words", why)));
        cases.move(handle, ticket, TicketState.WAITING_CUSTOMER, text, actor);
        tellCustomer(handle, ticket, "consent-asked",
                "consent/" + ticket.id() + "/" + part.code() + "/" + now,
                Json.object().put("part", part.code()).put("partName", part.name())
                        .put("why", why));
    }

    void answer(Handle handle, Ticket ticket, Consent consent, Actor actor) {
        boolean granted = consent.state() == Consent.State.GRANTED;
        ConsentStore.add(handle, consent);
        String text = "The customer " + (granted ? "agreed" : "did not agree") + " to the replacement of "
                + consent.part() + " by " + consent.via()
                + (consent.note().isEmpty() ? "" : ": " + consent.note());
        cases.note(handle, ticket.id(), actor,
                new Note(consent.at(), granted ? "consent-granted" : "consent-refused",
                        text, Json.object().put("part", consent.part()).put("via", consent.via())
                                .put("words", consent.note())));
        resume(handle, ticket, text, actor);
    }

    /// Goes on, unless the customer still has to answer something.
    private void resume(Handle handle, Ticket ticket, String reason, Actor actor) {
        boolean asked = ConsentStore.current(handle, ticket.id()).stream()
                .anyMatch(consent -> consent.state() == Consent.State.ASKED)
                || QuoteStore.ofTicket(handle, ticket.id()).stream()
                        .anyMatch(quote -> quote.state() == QuoteState.SENT);
        if (ticket.state() == TicketState.WAITING_CUSTOMER && !asked) {
            cases.move(handle, ticket, TicketState.IN_PROGRESS, reason, actor);
        }
    }

    private void note(Handle handle, Ticket ticket, Actor actor, Instant at, String kind, String text,
            Quote quote, String via, String words) {
        cases.note(handle, ticket.id(), actor, new Note(at, kind, text, Json.object()
                .put("quote", quote.id()).put("number", quote.number()).put("state", quote.state().text())
                .put("total", quote.total()).put("currency", quote.currency()).put("via", via)
                .put("words", words)));
    }

    private static void tellCustomer(Handle handle, Ticket ticket, String template, String key,
            ObjectNode params) {
        Outbox.append(handle, "notice.customer", key, Json.object().put("ticket", String.valueOf(ticket.id()))
                .put("template", template).set("params", params));
    }

    private static void tellStaff(Handle handle, Ticket ticket, String template, String key,
            ObjectNode params) {
        String owner = ticket.progress().owner();
        ObjectNode payload = Json.object().put("template", template).put("ticket",
                String.valueOf(ticket.id()));
        if (owner == null) {
            payload.put("role", "coordinator");
        } else {
            payload.set("users", Json.tree(List.of(owner)));
        }
        Outbox.append(handle, "notice.staff", key, payload.set("params", params));
    }

    private static void requireOpen(Ticket ticket) {
        if (!ticket.state().isOpen()) {
            throw Problem.conflict(ticket.number() + " is " + ticket.state().text() + "; reopen it first");
        }
    }

    private static void requireWay(Quote quote, QuoteState to) {
        if (!quote.state().mayBecome(to)) {
            throw Problem.conflict(quote.number() + " is " + quote.state().text() + "; only a "
                    + (to == QuoteState.SENT ? "draft can be sent" : "sent one can be " + to.text()));
        }
    }

    private static String price(Quote quote) {
        return quote.total().toPlainString() + " " + quote.currency();
    }
}
