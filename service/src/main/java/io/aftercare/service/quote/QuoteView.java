package io.aftercare.service.quote;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A quote as staff see it.
record QuoteView(long id, String number, int version, String ticket, int revision, QuoteState state,
        Set<QuoteState> transitions, List<Line> lines, BigDecimal total, String currency,
        BigDecimal inspectionFee,
        int durationDays, String cause, String plan, String risk, int validDays, String createdBy,
        Instant createdAt,
        @Nullable Instant sentAt, @Nullable Instant validUntil, Quote.@Nullable Decision decision) {
    static QuoteView of(Quote quote) {
        Terms terms = quote.terms();
        return new QuoteView(quote.id(), quote.number(), quote.version(), String.valueOf(quote.ticket()),
                quote.revision(), quote.state(), quote.state().next(), terms.lines(), quote.total(),
                quote.currency(),
                terms.inspectionFee(), terms.durationDays(), terms.cause(), terms.plan(), terms.risk(),
                terms.validDays(), quote.createdBy(), quote.createdAt(), quote.sentAt(), quote.validUntil(),
                quote.decision());
    }

    /// A quote as its customer sees it, with the exact words that an answer names by `shown`.
    record Customers(long id, String number, QuoteState state, List<Line> lines, BigDecimal total,
            String currency,
            BigDecimal inspectionFee, int durationDays, String cause, String plan, String risk,
            @Nullable Instant validUntil, @Nullable Instant decidedAt, String wording, String shown) {
        static Customers of(Quote quote, Wording.Shown words) {
            Terms terms = quote.terms();
            Quote.Decision decision = quote.decision();
            return new Customers(quote.id(), quote.number(), quote.state(), terms.lines(), quote.total(),
                    quote.currency(), terms.inspectionFee(), terms.durationDays(), terms.cause(),
                    terms.plan(),
                    terms.risk(), quote.validUntil(), decision == null ? null : decision.at(),
                    words.wording(),
                    words.shown());
        }
    }
}
