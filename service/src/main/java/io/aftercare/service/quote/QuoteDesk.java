package io.aftercare.service.quote;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Quotes and consents, wired: their operations, the fields `quotes` and `consents` of a case, and the loop that ends quotes
/// whose time is over. A case with a quote that waits for an answer cannot be solved.
public final class QuoteDesk implements Room {
    private static final int BATCH = 50;

    private final DeskGround ground;
    private final Cases cases;
    private final Quotes quotes;
    private final QuoteRoutes routes;
    private final ConsentRoutes consents;
    private final CustomerRoutes customers;
    private final BackgroundLoop loop;

    /// @param zone      in which customers are told days
    /// @param lookEvery how often it is looked for quotes whose time is over
    public QuoteDesk(DeskGround ground, Cases cases, PartOffers parts, CustomerLinks links, Currency currency,
            ZoneId zone, Duration lookEvery) {
        this.ground = ground;
        this.cases = cases;
        this.quotes = new Quotes(cases);
        Wording wording = new Wording(Catalogue.read(), zone);
        this.routes = new QuoteRoutes(ground, cases, quotes, wording, parts, currency);
        this.consents = new ConsentRoutes(ground, cases, quotes, parts);
        this.customers = new CustomerRoutes(ground, cases, quotes, wording, parts, links);
        this.loop = new BackgroundLoop("service-quotes", lookEvery, this::expireDue);
        cases.require(QuoteDesk::missing);
        cases.show("quotes", (handle, ticket, _) -> QuoteStore.ofTicket(handle, ticket.id()).stream()
                .map(QuoteView::of).toList());
        cases.show("consents", (handle, ticket, _) -> ConsentStore.current(handle, ticket.id()));
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
        consents.bind(operations);
        customers.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    private boolean expireDue() {
        Instant now = ground.now();
        List<Quote> due = ground.database().jdbi().withHandle(handle -> QuoteStore.due(handle, now, BATCH));
        for (Quote quote : due) {
            ground.database().useTransaction(handle -> expire(handle, quote, now));
        }
        return due.size() == BATCH;
    }

    private void expire(Handle handle, Quote seen, Instant now) {
        Ticket ticket = cases.lock(handle, seen.ticket()).orElseThrow();
        Optional<Quote> quote = QuoteStore.find(handle, seen.id())
                .filter(still -> still.state() == QuoteState.SENT);
        if (quote.isPresent()) {
            quotes.expire(handle, ticket, quote.get(), now);
        }
    }

    private static Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        return to.isSolved()
                ? QuoteStore.ofTicket(handle, ticket.id()).stream()
                        .filter(quote -> quote.state() == QuoteState.SENT).findFirst()
                        .map(quote -> quote.number() + " waits for the customer's answer; record it first")
                : Optional.empty();
    }
}
