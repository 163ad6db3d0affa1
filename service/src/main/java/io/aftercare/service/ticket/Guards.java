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
            case RESOLVED -> unless(given(asked.rootCause(), progress.rootCause()),
                    "To resolve a case say what caused it, in rootCause");
            case VERIFIED -> unless(given(asked.verification(), progress.verification(), asked.reason()),
                    "To verify a case say what shows that it is solved, in verification");
            case CLOSED -> closing(progress, asked);
            case CANCELLED -> unless(given(asked.reason()), "To cancel a case say why, in reason");
            case REOPENED -> unless(given(asked.reason()), "To reopen a case say why, in reason");
            case NEW, ASSESSED, IN_PROGRESS, WAITING_CUSTOMER, WAITING_PARTS, WAITING_DEVICE, WAITING_VENDOR,
                    FIX_SCHEDULED ->
                Optional.empty();
        };
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
        return from.next().isEmpty()
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
