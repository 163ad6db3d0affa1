package io.aftercare.remote.shell;

import io.aftercare.remote.Surroundings.Consent;
import java.util.Optional;

/// When there may be a shell, besides what holds for every action of class D (the ticket, the typed confirmation, the second person).
/// Pure: everything that decides is an argument.
final class ShellGuards {
    private ShellGuards() {}

    /// A wish and what surrounds it.
    ///
    /// @param isAllowed whether the product's document says `"shell": true`
    /// @param current   sessions that are asked for or open now, of all devices
    record Case(String model, boolean isAllowed, String ticket, Consent consent, int current) {}

    /// Why there may be none.
    static Optional<String> refuse(ShellLimits limits, Case it) {
        if (!limits.on()) {
            return Optional.of("Remote shells are off; AFTERCARE_REMOTE_SHELL=on turns them on");
        }
        if (!it.isAllowed()) {
            return Optional.of("The product " + it.model()
                    + " has no remote shell; its document would say \"shell\": true");
        }
        if (it.consent() != Consent.GIVEN) {
            return Optional.of(consent(it.ticket(), it.consent()));
        }
        return it.current() >= limits.sessionsMax()
                ? Optional.of("There are " + limits.sessionsMax() + " sessions already, which is the most")
                : Optional.empty();
    }

    /// What is missing of the customer's consent.
    static String consent(String ticket, Consent consent) {
        String how = switch (consent) {
            case NOT_ASKED -> "has not been asked for";
            case ASKED -> "has been asked for, and not been given yet";
            case REFUSED -> "was refused";
            case EXPIRED -> "is over";
            case WITHDRAWN -> "was withdrawn";
            case GIVEN -> "is given";
        };
        return "The customer's consent to a shell, for ticket " + ticket + ", " + how;
    }
}
