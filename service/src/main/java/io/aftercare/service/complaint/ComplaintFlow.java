package io.aftercare.service.complaint;

import io.aftercare.service.complaint.Complaint.Grievance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a complaint. Pure.
final class ComplaintFlow {
    private ComplaintFlow() {}

    /// What came of an event.
    sealed interface Outcome {
        /// @param kind of the entry in the complaint's history
        record Done(Complaint complaint, String kind, String text) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    /// What has to be shown before a complaint may be closed: a code for programs and pages, and words for people.
    record Missing(String code, String words) {}

    static Outcome next(Complaint before, List<CorrectiveAction> actions, ComplaintEvent event, Instant now) {
        if (before.state() == ComplaintState.CLOSED) {
            return new Outcome.Refused(
                    "The complaint is closed; log a new one, which will say that it came again");
        }
        return switch (event) {
            case ComplaintEvent.Edit edit -> edited(before, edit);
            case ComplaintEvent.Verify verify -> verified(before, verify, now);
            case ComplaintEvent.Investigate investigate -> before.owner() == null
                    ? new Outcome.Refused("Somebody must own it before it is investigated; name an owner")
                    : move(before, ComplaintState.INVESTIGATING, text(investigate.reason()), now);
            case ComplaintEvent.Cause cause -> new Outcome.Done(
                    before.caused(cause.text(), cause.code(), cause.before()), "cause",
                    cause.code() + ": " + cause.text());
            case ComplaintEvent.Answer answer -> answered(before, answer, now);
            case ComplaintEvent.FollowUp asked -> followedUp(before, asked, now);
            case ComplaintEvent.Close close -> missing(before, actions)
                    .<Outcome>map(missing -> new Outcome.Refused(missing.words()))
                    .orElseGet(() -> move(before, ComplaintState.CLOSED, text(close.note()), now));
            case ComplaintEvent.Update update -> new Outcome.Done(before, "update", update.text());
        };
    }

    /// What still has to be shown before it may be closed, empty where nothing is.
    static Optional<Missing> missing(Complaint complaint, List<CorrectiveAction> actions) {
        Integer mark = complaint.satisfaction();
        if (mark == null || mark <= Complaint.DISSATISFIED_MAX) {
            return missing("not-satisfied", "The customer has not said to be satisfied; follow up first");
        }
        if (!Boolean.TRUE.equals(complaint.justified())) {
            return Optional.empty();
        }
        if (actions.isEmpty()) {
            return missing("no-action", "A justified complaint needs a corrective action");
        }
        String open = actions.stream().filter(action -> !action.isDone() || action.effective() == null)
                .map(action -> "“" + action.text() + "” is not " + (action.isDone() ? "checked" : "done"))
                .collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            return missing("actions-open", "Corrective actions are open: " + open);
        }
        return actions.getLast().isEffective()
                ? Optional.empty()
                : missing("no-effect", "The last corrective action had no effect; another one is needed");
    }

    private static Optional<Missing> missing(String code, String words) {
        return Optional.of(new Missing(code, words));
    }

    private static Outcome edited(Complaint before, ComplaintEvent.Edit edit) {
        Grievance was = before.grievance();
        Complaint after = before.with(was.classed(Objects.requireNonNullElse(edit.kind(), was.kind()),
                Objects.requireNonNullElse(edit.severity(), was.severity())));
        if (edit.owner() != null) {
            after = after.owned(edit.owner());
        }
        return new Outcome.Done(after, "edit", "class " + after.grievance().kind() + ", severity "
                + after.grievance().severity() + ", owner "
                + Objects.requireNonNullElse(after.owner(), "nobody"));
    }

    private static Outcome verified(Complaint before, ComplaintEvent.Verify verify, Instant now) {
        if (verify.finding().isBlank()) {
            return new Outcome.Refused("To verify a complaint say what was found, in finding");
        }
        return move(before.verified(verify.finding(), verify.justified()), ComplaintState.VERIFIED,
                verify.finding(), now);
    }

    private static Outcome answered(Complaint before, ComplaintEvent.Answer answer, Instant now) {
        if (answer.reply() == null || answer.reply().isBlank()) {
            return new Outcome.Refused("An answer is a written reply; say it in writtenReply");
        }
        if (Boolean.TRUE.equals(before.justified()) && before.cause() == null) {
            return new Outcome.Refused("A justified complaint is answered when its root cause is known");
        }
        return move(before.replied(answer.reply()), ComplaintState.ANSWERED, answer.reply(), now);
    }

    // Whoever is not satisfied is not done with: it is looked into again (R38, R53).
    private static Outcome followedUp(Complaint before, ComplaintEvent.FollowUp asked, Instant now) {
        if (before.state() != ComplaintState.ANSWERED) {
            return refused(before, ComplaintState.FOLLOWED_UP);
        }
        ComplaintState to = asked.satisfaction() <= Complaint.DISSATISFIED_MAX
                ? ComplaintState.INVESTIGATING
                : ComplaintState.FOLLOWED_UP;
        return move(before.marked(asked.satisfaction()), to,
                "Satisfaction " + asked.satisfaction() + ": " + asked.note(), now);
    }

    private static Outcome move(Complaint before, ComplaintState to, String text, Instant now) {
        return before.state().mayBecome(to)
                ? new Outcome.Done(before.in(to, now), to.text(), text)
                : refused(before, to);
    }

    private static Outcome refused(Complaint before, ComplaintState to) {
        return new Outcome.Refused("The complaint is " + before.state().text() + " and cannot become "
                + to.text()
                + "; it can become "
                + before.state().next().stream().map(ComplaintState::text).collect(Collectors.joining(", ")));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
