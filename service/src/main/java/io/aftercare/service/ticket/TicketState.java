package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a case stands. [#next] is the one table of all transitions; [Guards] says what each needs besides.
///
/// ```
/// new ──► assessed ──► in-progress ◄──► waiting-… ◄──► fix-scheduled
///                           └────────────┴──────────────────┴──► resolved ──► verified ──► closed
///  every open state ──► cancelled ─────► reopened ◄───────────────┴───────────┴───────────┘
/// ```
///
/// From cancelled the way leads back only for a case that was merged into another and is taken apart from it.
public enum TicketState {
    NEW,
    ASSESSED,
    IN_PROGRESS,
    /// Waits for the customer's answer, consent or time: pauses the clocks.
    WAITING_CUSTOMER,
    WAITING_PARTS,
    /// Waits for a device that is away: pauses the clocks.
    WAITING_DEVICE,
    WAITING_VENDOR,
    /// A firmware that mends the fault is on its way to the device, or installed there and watched.
    FIX_SCHEDULED,
    RESOLVED,
    /// Somebody, or the telemetry, has confirmed that it is solved.
    VERIFIED,
    CLOSED,
    REOPENED,
    /// It was no case, or the duplicate of another.
    CANCELLED;

    private static final Set<TicketState> WAITING = Collections
            .unmodifiableSet(EnumSet.range(WAITING_CUSTOMER, WAITING_VENDOR));

    /// The states that may follow.
    public Set<TicketState> next() {
        return switch (this) {
            case NEW, REOPENED -> with(WAITING, ASSESSED, IN_PROGRESS, FIX_SCHEDULED, RESOLVED, CANCELLED);
            case ASSESSED -> with(WAITING, IN_PROGRESS, FIX_SCHEDULED, RESOLVED, CANCELLED);
            case FIX_SCHEDULED -> with(WAITING, ASSESSED, IN_PROGRESS, RESOLVED, REOPENED, CANCELLED);
            case IN_PROGRESS -> with(WAITING, FIX_SCHEDULED, RESOLVED, CANCELLED);
            case WAITING_CUSTOMER, WAITING_PARTS, WAITING_DEVICE, WAITING_VENDOR ->
                with(WAITING, IN_PROGRESS, FIX_SCHEDULED, RESOLVED, CANCELLED);
            case RESOLVED -> EnumSet.of(VERIFIED, CLOSED, REOPENED);
            case VERIFIED -> EnumSet.of(CLOSED, REOPENED);
            case CLOSED -> EnumSet.of(REOPENED);
            case CANCELLED -> EnumSet.of(REOPENED);
        };
    }

    public boolean mayBecome(TicketState to) {
        return next().contains(to);
    }

    /// Whether there is still work to do.
    public boolean isOpen() {
        return !isSolved() && this != CANCELLED;
    }

    public boolean isSolved() {
        return this == RESOLVED || this == VERIFIED || this == CLOSED;
    }

    /// Whether time does not count now: only a customer or a device that is away stops it.
    public boolean pausesClocks() {
        return this == WAITING_CUSTOMER || this == WAITING_DEVICE;
    }

    /// Whether it has been judged what the case is.
    public boolean isAssessed() {
        return this != NEW && this != CANCELLED;
    }

    /// Whether the work on it has begun.
    public boolean isHandled() {
        return this != NEW && this != ASSESSED && this != REOPENED && this != CANCELLED;
    }

    /// The name outside, such as `in-progress`.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<TicketState> parse(String text) {
        return Kebab.parse(TicketState.class, text);
    }

    /// The states with work to do.
    public static List<TicketState> open() {
        return Arrays.stream(values()).filter(TicketState::isOpen).toList();
    }

    private Set<TicketState> with(Set<TicketState> some, TicketState... more) {
        Set<TicketState> all = EnumSet.copyOf(some);
        all.addAll(List.of(more));
        all.remove(this);
        return all;
    }
}
