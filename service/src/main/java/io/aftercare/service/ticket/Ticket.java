package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A case as it stands at one moment. Immutable; [TicketFlow] decides what becomes of it.
///
/// @param version grows with every change of the case itself; a comment leaves it
/// @param incident the incident that it belongs to; shown, and decided elsewhere
/// @param dispatch that it waits for somebody to be sent, null where it does not
/// @param signal  the fault behind it, null for a case that a person opened
public record Ticket(long id, int version, Report report, Progress progress, @Nullable Signal signal,
        @Nullable Fix fix, @Nullable String incident, @Nullable Dispatch dispatch,
        Classification classification, Handling handling) {
    Ticket(long id, int version, Report report, Progress progress, @Nullable Signal signal,
            @Nullable Fix fix) {
        this(id, version, report, progress, signal, fix, null, null,
                signal == null ? Classification.NONE : Classification.ofFault(signal.severity()),
                Handling.NONE);
    }

    /// The number that people say, such as `T-000123`.
    public String number() {
        return number(id);
    }

    public static String number(long id) {
        return String.format(Locale.ROOT, "T-%06d", id);
    }

    /// The id of a name that people give a case: its id or its number; empty for what is neither.
    public static Optional<Long> idOf(String name) {
        String digits = name.replaceFirst("^T-0*", "");
        return digits.matches("\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    public TicketState state() {
        return progress.state();
    }

    /// The device that the case is about; a [Problem] 409 that says what to do while it is not known which one it is.
    public DeviceId device() {
        DeviceId device = report.device();
        if (device == null) {
            throw Problem.conflict("It is not known which device " + number()
                    + " is about; match it first, at POST /api/v1/tickets/" + id + "/match");
        }
        return device;
    }

    Ticket with(Report other) {
        return new Ticket(id, version, other, progress, signal, fix, incident, dispatch, classification,
                handling);
    }

    Ticket with(Progress other) {
        return new Ticket(id, version, report, other, signal, fix, incident, dispatch, classification,
                handling);
    }

    Ticket with(Signal other) {
        return new Ticket(id, version, report, progress, other, fix, incident, dispatch, classification,
                handling);
    }

    Ticket with(Classification other) {
        return new Ticket(id, version, report, progress, signal, fix, incident, dispatch, other, handling);
    }

    Ticket with(Handling other) {
        return new Ticket(id, version, report, progress, signal, fix, incident, dispatch, classification,
                other);
    }

    Ticket withFix(@Nullable Fix other) {
        return new Ticket(id, version, report, progress, signal, other, incident, dispatch, classification,
                handling);
    }

    Ticket withDispatch(@Nullable Dispatch other) {
        return new Ticket(id, version, report, progress, signal, fix, incident, other, classification,
                handling);
    }
}
