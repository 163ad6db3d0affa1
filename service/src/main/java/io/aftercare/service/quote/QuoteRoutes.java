package io.aftercare.service.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.money.Money;
import io.aftercare.service.quote.Quote.Decision;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import org.jdbi.v3.core.Handle;

/// Quotes as staff make them (`openapi/service/quote.yaml`). Each write is one transaction with its audit entry; the case is
/// locked before its quotes.
final class QuoteRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final Quotes quotes;
    private final Wording wording;
    private final PartOffers parts;
    private final Currency currency;

    QuoteRoutes(DeskGround ground, Cases cases, Quotes quotes, Wording wording, PartOffers parts,
            Currency currency) {
        this.ground = ground;
        this.cases = cases;
        this.quotes = quotes;
        this.wording = wording;
        this.parts = parts;
        this.currency = currency;
    }

    void bind(Operations operations) {
        operations.on("draftQuote", this::draft).on("getTicketQuote", this::latest)
                .on("listTicketQuotes", this::list).on("getQuote", this::get).on("putQuote", this::put)
                .on("sendQuote", this::send).on("decideQuote", this::decide).on("waiveCharge", this::waive);
    }

    private Response draft(Request request) {
        QuoteBodies.Draft body = request.body(QuoteBodies.Draft.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Quote quote = quotes.draft(handle, ticket, terms(handle, body), currency.getCurrencyCode(),
                    actor(request), ground.now());
            audit(handle, request, "quote.draft", quote, Json.tree(quote.terms()));
            return Response.created("/api/v1/quotes/" + quote.id(), QuoteView.of(quote))
                    .withVersion(quote.version());
        });
    }

    private Response latest(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            Quote quote = QuoteStore.ofTicket(handle, ticket.id()).stream()
                    .max(Comparator.comparingInt(Quote::revision))
                    .orElseThrow(() -> Problem.notFound("quote of", ticket.number()));
            return Response.versioned(QuoteView.of(quote), quote.version());
        });
    }

    private Response list(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> new Page<>(
                QuoteStore.ofTicket(handle, cases.visible(handle, request).id()).stream().map(QuoteView::of)
                        .toList(),
                null)));
    }

    private Response get(Request request) {
        Quote quote = ground.database().inTransaction(handle -> visible(handle, request));
        return Response.versioned(QuoteView.of(quote), quote.version());
    }

    private Response put(Request request) {
        int version = request.ifMatch();
        QuoteBodies.Draft body = request.body(QuoteBodies.Draft.class);
        return change(request, (handle, ticket, quote) -> {
            requireVersion(quote, version);
            Quote edited = quotes.edit(handle, quote, terms(handle, body));
            audit(handle, request, "quote.edit", edited, Json.tree(edited.terms()));
            return edited;
        });
    }

    private Response send(Request request) {
        return change(request, (handle, ticket, quote) -> {
            request.ifMatchGiven().ifPresent(version -> requireVersion(quote, version));
            Quote sent = quotes.send(handle, ticket, quote, actor(request), ground.now());
            audit(handle, request, "quote.send", sent, Json.object().put("total", sent.total()));
            return sent;
        });
    }

    /// What an agent heard from the customer.
    private Response decide(Request request) {
        QuoteBodies.Verdict verdict = request.body(QuoteBodies.Verdict.class);
        if (verdict.note().isBlank()) {
            throw Problem.invalid("note", "say who agreed, and how you know");
        }
        return change(request, (handle, ticket, quote) -> {
            requireTotal(quote, verdict);
            Instant now = ground.now();
            Language language = Language.ofText(ticket.report().title() + ticket.report().symptom());
            Quote decided = quotes.decide(handle, ticket, quote, verdict.isAccepted(),
                    new Decision(now, verdict.channel(), request.principal().name(), null,
                            wording.of(quote, language).wording(), verdict.note().strip()),
                    actor(request));
            audit(handle, request, "quote." + decided.state().text(), decided,
                    Json.object().put("channel", verdict.channel()).put("total", quote.total()));
            return decided;
        });
    }

    private Response waive(Request request) {
        QuoteBodies.Waiver waiver = request.body(QuoteBodies.Waiver.class);
        ground.database().useTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Instant now = ground.now();
            if (!Waivers.waive(handle, ticket.id(), waiver.reason(), request.principal().name(), now)) {
                throw Problem.conflict("The charge of " + ticket.number() + " was waived already");
            }
            cases.note(handle, ticket.id(), actor(request),
                    new Note(now, "charge-waived", waiver.reason(), null));
            Audit.append(handle, new Audit.Entry(request.principal(), "quote.waive", "ticket/" + ticket.id(),
                    Json.tree(waiver), request.address()));
        });
        return Response.noContent();
    }

    @FunctionalInterface
    private interface Change {
        Quote make(Handle handle, Ticket ticket, Quote quote);
    }

    private Response change(Request request, Change change) {
        return ground.database().inTransaction(handle -> {
            Quote seen = visible(handle, request);
            Ticket ticket = cases.lock(handle, seen.ticket()).orElseThrow();
            Quote quote = QuoteStore.find(handle, seen.id()).orElseThrow();
            Quote changed = change.make(handle, ticket, quote);
            return Response.versioned(QuoteView.of(changed), changed.version());
        });
    }

    private Quote visible(Handle handle, Request request) {
        String id = request.path("id");
        Quote quote = QuoteStore.find(handle, Long.parseLong(id))
                .orElseThrow(() -> Problem.notFound("quote", id));
        cases.visible(handle, request.principal(), String.valueOf(quote.ticket()));
        return quote;
    }

    private Terms terms(Handle handle, QuoteBodies.Draft body) {
        return body.toTerms((field, code) -> {
            PartOffers.Offer offer = parts.find(handle, code)
                    .orElseThrow(() -> Problem.invalid(field, "there is no part " + code));
            if (!offer.mayBeFitted()) {
                throw Problem.invalid(field,
                        "part " + code + " is neither genuine nor certified, so it is not fitted");
            }
            return offer;
        });
    }

    private static void requireTotal(Quote quote, QuoteBodies.Verdict verdict) {
        BigDecimal total = verdict.total();
        if (verdict.isAccepted()
                && (total == null || Money.parse("total", total).compareTo(quote.total()) != 0)) {
            throw Problem.conflict("The total of " + quote.number() + " is " + quote.total().toPlainString()
                    + "; send the total that the customer agreed to, and it must be this one");
        }
    }

    private static void requireVersion(Quote quote, int version) {
        if (quote.version() != version) {
            throw Problem.staleVersion("quote", quote.number(), quote.version());
        }
    }

    private static void audit(Handle handle, Request request, String action, Quote quote, JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "quote/" + quote.id(), detail,
                request.address()));
    }

    private static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
