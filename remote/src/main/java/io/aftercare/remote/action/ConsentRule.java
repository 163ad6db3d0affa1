package io.aftercare.remote.action;

import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import java.util.Optional;

/// What the customer has to have said. Pure.
final class ConsentRule {
    private ConsentRule() {}

    /// How the customer's answers stand.
    ///
    /// @param forCase  to what is done for the ticket; as `standing` where there is no ticket
    /// @param standing to what is done at any time
    record Answers(Consent forCase, Consent standing) {
        /// What holds: the answer for the case, else the standing one.
        Consent said() {
            return forCase == Consent.NOT_ASKED ? standing : forCase;
        }
    }

    private enum Demand {
        /// The customer is not asked for this.
        NOTHING,
        /// Whoever was asked has to have said yes.
        NO_REFUSAL,
        YES,
        YES_FOR_CASE
    }

    /// Why not.
    static Optional<Guards.Refusal> refuse(ConsentPolicy policy, Catalogue.Known action, Answers answers) {
        return switch (demand(policy, action)) {
            case NOTHING -> Optional.empty();
            case NO_REFUSAL -> answers.said() == Consent.NOT_ASKED
                    ? Optional.empty()
                    : missing(answers.said());
            case YES -> missing(answers.said());
            case YES_FOR_CASE -> missing(answers.forCase());
        };
    }

    private static Demand demand(ConsentPolicy policy, Catalogue.Known action) {
        boolean forCase = switch (action.actionClass()) {
            case A, B -> action.purpose() == Purpose.SHELL;
            case C, D -> true;
        };
        boolean readsOnly = action.actionClass() == ActionClass.A && action.purpose() == Purpose.ACTION;
        if (action.purpose() == Purpose.SHELL || action.needsConsent()
                || policy == ConsentPolicy.ALWAYS && !readsOnly) {
            return forCase ? Demand.YES_FOR_CASE : Demand.YES;
        }
        return readsOnly ? Demand.NOTHING : Demand.NO_REFUSAL;
    }

    private static Optional<Guards.Refusal> missing(Consent said) {
        return switch (said) {
            case GIVEN -> Optional.empty();
            case NOT_ASKED ->
                refusal("consent-not-asked", "The customer has to allow this first, and has not been asked");
            case ASKED ->
                refusal("consent-asked", "The customer was asked to allow this and has not answered yet");
            case REFUSED -> refusal("consent-refused", "The customer refused to allow this");
            case EXPIRED ->
                refusal("consent-expired", "The customer's consent to this is over; ask again");
            case WITHDRAWN ->
                refusal("consent-withdrawn", "The customer has withdrawn the consent to this");
        };
    }

    private static Optional<Guards.Refusal> refusal(String code, String reason) {
        return Optional.of(new Guards.Refusal(409, code, reason));
    }
}
