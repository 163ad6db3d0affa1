package io.aftercare.service.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides where a raised fault goes: one open case for a fault of a device, ever. Pure.
final class FaultRouting {
    private FaultRouting() {}

    sealed interface Route {}

    /// It happened before the case was solved and was told late: written down, nothing more.
    record Late(long ticket) implements Route {}

    /// The case is open: written down there.
    record Join(long ticket) implements Route {}

    /// The case was solved not long ago, and was not.
    record Reopen(long ticket) implements Route {}

    record OpenNew() implements Route {}

    /// A case of the same device and fault code.
    record Candidate(long ticket, TicketState state, Instant openedAt, Optional<Instant> resolvedAt) {}

    /// @param latest the newest case of the device and code that was not cancelled: the open one, else the last solved
    /// @param at     when the fault was raised, in the device's time
    static Route decide(Optional<Candidate> latest, Instant at, Duration reopenWithin) {
        if (latest.isEmpty()) {
            return new OpenNew();
        }
        Candidate known = latest.get();
        if (known.state().isOpen()) {
            return new Join(known.ticket());
        }
        Instant solved = known.resolvedAt().orElse(known.openedAt());
        if (!at.isAfter(solved)) {
            return new Late(known.ticket());
        }
        return at.isAfter(solved.plus(reopenWithin)) ? new OpenNew() : new Reopen(known.ticket());
    }
}
