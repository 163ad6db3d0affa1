package io.aftercare.service.ticket;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A case as it stands at one moment. Immutable; [TicketFlow] decides what becomes of it.
///
/// @param version grows with every change of the case itself; a comment leaves it
/// @param incident the incident that it belongs to; shown, and decided elsewhere
/// @param dispatch that it waits for somebody to be sent, null where it does not
/// @param signal  the fault behind it, null for a case that a person opened
public record Ticket(long id, int version, Report report, Progress progress, @Nullable Signal signal,
        @Nullable Fix fix, @Nullable String incident, @Nullable Dispatch dispatch) {
    Ticket(long id, int version, Report report, Progress progress, @Nullable Signal signal,
            @Nullable Fix fix) {
        this(id, version, report, progress, signal, fix, null, null);
    }

    /// The number that people say, such as `T-000123`.
    public String number() {
        return number(id);
    }

    static String number(long id) {
        return String.format(Locale.ROOT, "T-%06d", id);
    }

    public TicketState state() {
        return progress.state();
    }

    Ticket with(Report other) {
        return new Ticket(id, version, other, progress, signal, fix, incident, dispatch);
    }

    Ticket with(Progress other) {
        return new Ticket(id, version, report, other, signal, fix, incident, dispatch);
    }

    Ticket with(Signal other) {
        return new Ticket(id, version, report, progress, other, fix, incident, dispatch);
    }

    Ticket withFix(@Nullable Fix other) {
        return new Ticket(id, version, report, progress, signal, other, incident, dispatch);
    }

    Ticket withDispatch(@Nullable Dispatch other) {
        return new Ticket(id, version, report, progress, signal, fix, incident, other);
    }
}
