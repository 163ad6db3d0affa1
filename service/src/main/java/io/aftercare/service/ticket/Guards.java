package io.aftercare.service.ticket;

import io.aftercare.service.ticket.TicketEvent.Transition;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a transition needs besides being in the table of [TicketState]. Pure.
final class Guards {
    private Guards() {}

    /// Why it may not happen, empty where it may.
    static Optional<String> refusal(Ticket ticket, Transition asked) {
        Progress progress = ticket.progress();
        if (!progress.state().mayBecome(asked.to())) {
            return Optional.of(ticket.number() + " is " + progress.state().text() + " and cannot become "
                    + asked.to().text() + "; " + ways(progress.state()));
        }
        return switch (asked.to()) {
            case ASSESSED -> assessing(ticket, asked);
            case RESOLVED -> resolving(ticket, asked);
            case VERIFIED -> unless(given(asked.verification(), progress.verification(), asked.reason()),
                    "To verify a case say what shows that it is solved, in verification");
            case CLOSED -> closing(progress, asked);
            case CANCELLED -> unless(given(asked.reason()), "To cancel a case say why, in reason");
            case REOPENED -> reopening(ticket, asked);
            case NEW, IN_PROGRESS, WAITING_CUSTOMER, WAITING_PARTS, WAITING_DEVICE, WAITING_VENDOR,
                    FIX_SCHEDULED ->
                Optional.empty();
        };
    }

    /// The cause that a step names; where nothing went wrong, that the customer asked for it.
    static @Nullable String cause(Ticket ticket, Transition asked) {
        CaseType type = ticket.classification().with(asked.extras().classification()).type();
        boolean isNamed = given(asked.rootCause(), ticket.progress().rootCause());
        return asked.to() == TicketState.RESOLVED && !isNamed && type != null && !type.hasCause()
                ? "Asked for: " + type.text()
                : asked.rootCause();
    }

    private static Optional<String> assessing(Ticket ticket, Transition asked) {
        Classification judged = ticket.classification().with(asked.extras().classification());
        if (judged.type() == null) {
            return Optional.of("To assess a case say what kind it is, in type"
                    + (judged.impact() == null ? ", and how much it hits, in impact" : ""));
        }
        return unless(judged.impact() != null, "To assess a case say how much it hits, in impact");
    }

    private static Optional<String> resolving(Ticket ticket, Transition asked) {
        CaseType type = ticket.classification().with(asked.extras().classification()).type();
        if (type == null || type.hasCause()) {
            return unless(given(asked.rootCause(), ticket.progress().rootCause()),
                    "To resolve a case say what caused it, in rootCause");
        }
        if (type.isWorkOnDevice() && ticket.report().device() == null) {
            return Optional.of("To resolve this " + type.text()
                    + " it must be known which device it was; match the case first");
        }
        return unless(
                given(asked.verification(), ticket.progress().verification(),
                        type.isWorkOnDevice() ? null : asked.reason()),
                type.isWorkOnDevice()
                        ? "To resolve this " + type.text()
                                + " say what shows that it works, in verification"
                        : "To resolve an enquiry say what was answered, in reason");
    }

    private static Optional<String> reopening(Ticket ticket, Transition asked) {
        Handling handling = ticket.handling();
        if (ticket.state() == TicketState.CANCELLED) {
            Long into = handling.mergedInto();
            return Optional.of(into == null
                    ? ticket.number() + " is cancelled; that is final"
                    : ticket.number() + " was merged into " + Ticket.number(into)
                            + "; take it apart again at POST /api/v1/tickets/" + ticket.id() + "/unmerge");
        }
        return unless(given(asked.reason()), "To reopen a case say why, in reason");
    }

    private static Optional<String> closing(Progress progress, Transition asked) {
        if (!given(asked.verification(), progress.verification())) {
            return Optional.of(
                    "To close a case it must be verified; say what shows that it is solved, in verification");
        }
        return unless(given(asked.rootCause(), progress.rootCause()),
                "A closed case names its cause; say it in rootCause");
    }

    private static String ways(TicketState from) {
        return from == TicketState.CANCELLED
                ? "that is final"
                : "it can become "
                        + from.next().stream().map(TicketState::text).collect(Collectors.joining(", "));
    }

    private static boolean given(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> unless(boolean fulfilled, String why) {
        return fulfilled ? Optional.empty() : Optional.of(why);
    }
}
