package io.aftercare.service.quote;

import io.aftercare.service.ticket.Ticket;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What must be agreed before work is done; other rooms ask before they let it begin. Works in the caller's transaction;
/// thread-safe.
public final class QuoteGate {
    private final Charging charging;

    public QuoteGate(Charging charging) {
        this.charging = charging;
    }

    /// What is missing before a device is repaired: chargeable work needs an accepted quote (R7).
    public Optional<String> missingToRepair(Handle handle, Ticket ticket) {
        if (!charging.isChargeable(handle, ticket) || isSettled(handle, ticket.id())) {
            return Optional.empty();
        }
        List<Quote> quotes = QuoteStore.ofTicket(handle, ticket.id());
        String why = ticket.number()
                + " is not covered, so the customer must accept a quote before the repair: ";
        return Optional.of(why + (quotes.isEmpty()
                ? "there is none yet; make one at POST /api/v1/tickets/" + ticket.id() + "/quote"
                : quotes.getLast().number() + " is " + quotes.getLast().state().text()));
    }

    /// Whether nobody need be asked for money any more: a quote was accepted, or the charge was waived.
    private static boolean isSettled(Handle handle, long ticket) {
        return Waivers.isWaived(handle, ticket) || QuoteStore.ofTicket(handle, ticket).stream()
                .anyMatch(quote -> quote.state() == QuoteState.ACCEPTED);
    }

    /// What is missing before a part is replaced: the customer's consent to this part (R8).
    public Optional<String> missingToReplace(Handle handle, Ticket ticket, String part) {
        Optional<Consent> consent = ConsentStore.current(handle, ticket.id(), part);
        if (consent.isPresent() && consent.get().state() == Consent.State.GRANTED) {
            return Optional.empty();
        }
        return Optional.of("The customer's consent to the replacement of " + part + " is missing ("
                + consent.map(one -> one.state().text()).orElse("not asked")
                + "); ask at POST /api/v1/tickets/"
                + ticket.id() + "/consents/requests, or record it at POST /api/v1/tickets/" + ticket.id()
                + "/consents");
    }
}
