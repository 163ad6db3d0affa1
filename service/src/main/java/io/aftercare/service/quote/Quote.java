package io.aftercare.service.quote;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A quote as it stands at one moment.
///
/// @param ticket     the case that it belongs to
/// @param revision   of the case's quote, from 1
/// @param total      of all lines; what the customer is asked to agree to
/// @param validUntil when it expires, null before it is sent
/// @param decision   what the customer said, null before
public record Quote(long id, int version, long ticket, int revision, QuoteState state, Terms terms,
        BigDecimal total, String currency, String createdBy, Instant createdAt, @Nullable Instant sentAt,
        @Nullable Instant validUntil, @Nullable Decision decision) {
    /// What the customer said.
    ///
    /// @param via         `page`, or the channel by which an agent heard it
    /// @param by          `customer`, or the agent
    /// @param addressHash of where the customer's page was used, null for an agent
    /// @param wording     exactly what was shown, or read out
    public record Decision(Instant at, String via, String by, @Nullable String addressHash, String wording,
            String note) {}

    public String number() {
        return "Q-" + ticket + "-" + revision;
    }

    Quote becoming(QuoteState to) {
        if (!state.mayBecome(to)) {
            throw new IllegalStateException(
                    number() + " cannot become " + to.text() + " from " + state.text());
        }
        return new Quote(id, version + 1, ticket, revision, to, terms, total, currency, createdBy, createdAt,
                sentAt, validUntil, decision);
    }

    Quote sent(Instant at, Instant until) {
        Quote sent = becoming(QuoteState.SENT);
        return new Quote(id, sent.version, ticket, revision, sent.state, terms, total, currency, createdBy,
                createdAt, at, until, null);
    }

    Quote decided(boolean accepted, Decision what) {
        Quote decided = becoming(accepted ? QuoteState.ACCEPTED : QuoteState.DECLINED);
        return new Quote(id, decided.version, ticket, revision, decided.state, terms, total, currency,
                createdBy, createdAt, sentAt, validUntil, what);
    }

    Quote with(Terms other) {
        return new Quote(id, version + 1, ticket, revision, state, other, other.total(), currency, createdBy,
                createdAt, sentAt, validUntil, decision);
    }
}
