package io.aftercare.service.consent;

import io.aftercare.service.customer.Consents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What holds now, of what a customer was asked for a case and what the customer allowed once and for all. Pure.
final class ConsentStanding {
    private ConsentStanding() {}

    /// @param newest   question of the case
    /// @param standing answers to the standing question of this purpose, the oldest first; empty where there is no such
    static ConsentState of(Optional<RemoteConsent> newest, List<Consents.Consent> standing, Instant now) {
        ConsentState always = ofStanding(standing);
        if (newest.isEmpty()) {
            return always;
        }
        RemoteConsent asked = newest.get().at(now);
        // Whoever takes a standing consent back after the case's own was given means that one too.
        boolean takenBackSince = always != ConsentState.NOT_ASKED && !standing.getLast().given()
                && standing.getLast().at().isAfter(asked.at() == null ? asked.askedAt() : asked.at());
        return asked.state() == ConsentState.GIVEN && takenBackSince ? always : asked.state();
    }

    private static ConsentState ofStanding(List<Consents.Consent> standing) {
        if (standing.isEmpty()) {
            return ConsentState.NOT_ASKED;
        }
        if (standing.getLast().given()) {
            return ConsentState.GIVEN;
        }
        return standing.stream().anyMatch(Consents.Consent::given)
                ? ConsentState.WITHDRAWN
                : ConsentState.REFUSED;
    }
}
