package io.aftercare.service.engineer;

import java.time.LocalDate;
import java.util.Optional;

/// A firm that repairs for us at one outlet (R69).
///
/// @param chosenBecause what spoke for it
record Partner(String outlet, int version, String name, String region, LocalDate contractFrom,
        LocalDate contractUntil, String chosenBecause) {
    /// Why the people of an outlet may not work for us on that day; empty where they may.
    static Optional<String> refusal(String outlet, Optional<Partner> partner, LocalDate on) {
        if (partner.isEmpty()) {
            return Optional.of("there is no contract with outlet " + outlet);
        }
        Partner one = partner.get();
        return on.isBefore(one.contractFrom()) || on.isAfter(one.contractUntil())
                ? Optional.of(
                        "the contract with outlet " + outlet + " is from " + one.contractFrom() + " until "
                                + one.contractUntil())
                : Optional.empty();
    }
}
