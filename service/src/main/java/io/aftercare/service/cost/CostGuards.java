package io.aftercare.service.cost;

import java.util.Optional;

/// What stands against a step of an entry. Pure; the one table of its states (R50).
///
/// ```
/// draft ──► verified ──► settled        settled: never changed; a counter-entry puts it right
/// ```
final class CostGuards {
    private CostGuards() {}

    static Optional<String> againstEdit(CostEntry entry) {
        return switch (entry.state()) {
            case DRAFT -> Optional.empty();
            case VERIFIED -> Optional.of("Cost " + entry.id() + " is verified and stays as it is");
            case SETTLED -> Optional.of("Cost " + entry.id()
                    + " is settled and stays as it is; put it right by a counter-entry");
        };
    }

    /// The manager checks the voucher: there must be one, and nobody checks an entry of their own.
    static Optional<String> againstVerify(CostEntry entry, String who) {
        if (entry.state() != CostState.DRAFT) {
            return Optional.of("Cost " + entry.id() + " is " + entry.state().text() + " already");
        }
        if (entry.voucher() == null || entry.voucher().isBlank()) {
            return Optional.of("Cost " + entry.id() + " has no voucher; name its number in voucher");
        }
        return entry.enteredBy().equals(who)
                ? Optional.of("You entered cost " + entry.id() + "; somebody else checks its voucher")
                : Optional.empty();
    }

    static Optional<String> againstSettle(CostEntry entry, String who) {
        return switch (entry.state()) {
            case DRAFT -> Optional.of("Cost " + entry.id() + " is a draft; its voucher is checked first");
            case SETTLED -> Optional.of("Cost " + entry.id() + " is settled already");
            case VERIFIED -> who.equals(entry.verifiedBy())
                    ? Optional.of("You checked the voucher of cost " + entry.id()
                            + "; somebody else settles it")
                    : Optional.empty();
        };
    }

    static Optional<String> againstCounter(CostEntry entry) {
        if (entry.state() != CostState.SETTLED) {
            return Optional.of("Cost " + entry.id() + " is " + entry.state().text()
                    + "; only a settled entry needs a counter-entry");
        }
        return entry.reverses() == null
                ? Optional.empty()
                : Optional.of("Cost " + entry.id() + " is a counter-entry; enter what is right anew");
    }
}
