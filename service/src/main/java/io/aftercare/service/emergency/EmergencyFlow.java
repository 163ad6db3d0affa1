package io.aftercare.service.emergency;

import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides whether an emergency may move, and what becomes of it. Pure.
final class EmergencyFlow {
    private EmergencyFlow() {}

    /// What somebody asks for.
    ///
    /// @param outcome what became of it; wanted for the review
    /// @param review  what was learned; wanted to close
    record Move(EmergencyState to, String reason, @Nullable String outcome, @Nullable String review) {}

    sealed interface Outcome {
        record Moved(Emergency emergency) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    /// @param openActions actions of the emergency that are not done
    static Outcome next(Emergency emergency, Move move, int openActions, Instant now) {
        if (!emergency.state().next().contains(move.to())) {
            return new Outcome.Refused(
                    emergency.number() + " is " + emergency.state().text() + ", from where it may become "
                            + (emergency.state().next().isEmpty()
                                    ? "nothing else"
                                    : emergency.state().next().stream()
                                            .map(EmergencyState::text).collect(Collectors.joining(", "))));
        }
        Emergency after = emergency.in(move.to(), move.outcome(), move.review(), now);
        String missing = switch (move.to()) {
            case WARNING -> "";
            case RESPONDING, HANDLING ->
                after.commander() == null ? "somebody who leads it: set the commander first" : "";
            case REVIEW -> blank(after.outcome()) ? "what became of it: send outcome" : "";
            case CLOSED -> blank(after.review())
                    ? "what was learned: send review"
                    : openActions > 0 ? "that its actions are done: " + openActions + " are open" : "";
        };
        return missing.isEmpty()
                ? new Outcome.Moved(after)
                : new Outcome.Refused(
                        "To become " + move.to().text() + ", " + emergency.number() + " needs " + missing);
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
