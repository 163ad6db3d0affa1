package io.aftercare.service.quote;

import io.aftercare.service.text.Paper;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Quotes and consents as documents of a case's file (R7, R8). Works in the caller's transaction.
public final class QuotePapers {
    private QuotePapers() {}

    /// What was shown to the customer, and the answer; drafts are no documents yet.
    public static List<Paper> quotes(Handle handle, long ticket) {
        List<Paper> papers = new ArrayList<>();
        for (Quote quote : QuoteStore.ofTicket(handle, ticket)) {
            if (quote.state() != QuoteState.DRAFT) {
                papers.add(paper(quote));
            }
        }
        return papers;
    }

    /// Who agreed to which part.
    public static List<Paper> consents(Handle handle, long ticket) {
        return ConsentStore.current(handle, ticket).stream()
                .map(consent -> new Paper(consent.part() + "-" + consent.id(), consent.at(), consent.actor(),
                        "consent", new Paper.Fields().add("part", consent.part())
                                .add("state", consent.state().text()).add("way", consent.via())
                                .add("wording", consent.wording()).add("note", consent.note()).all(),
                        consent.state() == Consent.State.ASKED
                                ? "the customer has not answered whether " + consent.part()
                                        + " may be replaced"
                                : null))
                .toList();
    }

    private static Paper paper(Quote quote) {
        Paper.Fields fields = new Paper.Fields().add("state", quote.state().text()).add("sent",
                quote.sentAt());
        for (Line line : quote.terms().lines()) {
            fields.add("line", line.text() + " × " + line.quantity().toPlainString() + " = "
                    + line.amount().toPlainString());
        }
        fields.add("total", quote.total().toPlainString() + " " + quote.currency())
                .add("cause", quote.terms().cause()).add("plan", quote.terms().plan())
                .add("risk", quote.terms().risk());
        Quote.Decision decision = quote.decision();
        if (decision != null) {
            fields.add("answered", decision.at()).add("way", decision.via()).add("by", decision.by())
                    .add("wording", decision.wording()).add("note", decision.note());
        }
        return new Paper(quote.number(), quote.createdAt(), quote.createdBy(), "quote", fields.all(),
                quote.state() == QuoteState.SENT
                        ? "quote " + quote.number() + " waits for the customer's answer"
                        : null);
    }
}
