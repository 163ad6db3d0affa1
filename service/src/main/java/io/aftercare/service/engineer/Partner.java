package io.aftercare.service.engineer;

import io.aftercare.service.text.Cause;
import java.time.LocalDate;
import java.util.Optional;

/// A firm that repairs for us at one outlet (R69).
///
/// @param chosenBecause what spoke for it
record Partner(String outlet, int version, String name, String region, LocalDate contractFrom,
        LocalDate contractUntil, String chosenBecause) {
    /// Why the people of an outlet may not work for us on that day; empty where they may.
    static Optional<Cause> refusal(String outlet, Optional<Partner> partner, LocalDate on) {
        if (partner.isEmpty()) {
            return Optional.of(Cause.of("no-contract", "there is no contract with outlet " + outlet)
                    .with("outlet", outlet));
        }
        Partner one = partner.get();
        return on.isBefore(one.contractFrom()) || on.isAfter(one.contractUntil())
                ? Optional.of(Cause.of("contract-outside", "the contract with outlet " + outlet + " is from "
                        + one.contractFrom() + " until " + one.contractUntil()).with("outlet", outlet)
                        .with("from", one.contractFrom()).with("until", one.contractUntil()))
                : Optional.empty();
    }
}
