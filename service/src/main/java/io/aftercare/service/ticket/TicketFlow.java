package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.Cleared;
import io.aftercare.service.ticket.TicketEvent.Comment;
import io.aftercare.service.ticket.TicketEvent.Edit;
import io.aftercare.service.ticket.TicketEvent.FixMissing;
import io.aftercare.service.ticket.TicketEvent.FixInstalled;
import io.aftercare.service.ticket.TicketEvent.FixScheduled;
import io.aftercare.service.ticket.TicketEvent.RaisedAgain;
import io.aftercare.service.ticket.TicketEvent.Soaked;
import io.aftercare.service.ticket.TicketEvent.Transition;
import io.aftercare.service.ticket.TicketEvent.Weighed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Decides what becomes of a case when something happens to it. Pure: the same case, event and time give the same
/// outcome, and nothing is written here.
final class TicketFlow {
    private TicketFlow() {}

    static Outcome next(Ticket ticket, TicketEvent event, Actor actor, Instant now) {
        return switch (event) {
            case Transition asked -> moved(ticket, asked, actor, now);
            case Comment comment -> commented(ticket, comment, actor, now);
            case Edit edit -> edited(ticket, edit, now);
            case RaisedAgain raised -> raised(new Step(ticket, now), raised);
            case Cleared cleared -> cleared(new Step(ticket, now), cleared);
            case Weighed weighed -> weighed(new Step(ticket, now), weighed);
            case FixScheduled fix -> FixFlow.scheduled(new Step(ticket, now), fix);
            case FixInstalled fix -> FixFlow.installed(new Step(ticket, now), fix);
            case FixMissing fix -> FixFlow.missing(new Step(ticket, now), fix);
            case Soaked soaked -> FixFlow.soaked(new Step(ticket, now), soaked.decision());
        };
    }

    private static Outcome moved(Ticket ticket, Transition asked, Actor actor, Instant now) {
        Optional<String> refusal = Guards.refusal(ticket, asked);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        Step step = new Step(ticket, now);
        step.own(actor);
        String verification = asked.to() == TicketState.VERIFIED && asked.verification() == null
                ? Objects.requireNonNullElse(ticket.progress().verification(), asked.reason())
                : asked.verification();
        step.taken(actor);
        step.move(asked.to(), asked.reason(), asked.rootCause(), verification);
        return step.done(actor.isPerson(), asked.to() == TicketState.WAITING_CUSTOMER);
    }

    private static Outcome commented(Ticket ticket, Comment comment, Actor actor, Instant now) {
        Step step = new Step(ticket, now);
        if (ticket.state().isOpen()) {
            step.own(actor);
        }
        ObjectNode data = comment.contact() ? Json.object().put("contact", true) : null;
        step.note(now, "comment", comment.text(), data);
        return step.done(actor.isPerson(), comment.contact());
    }

    private static Outcome edited(Ticket ticket, Edit edit, Instant now) {
        Step step = new Step(ticket, now);
        if (edit.title() != null && !edit.title().equals(ticket.report().title())) {
            step.note(now, "edit", "Title: " + edit.title(),
                    Json.object().put("before", ticket.report().title()));
            step.become(step.ticket().with(ticket.report().titled(edit.title())));
        }
        Priority priority = ticket.progress().priority();
        if (edit.priority() != null && edit.priority() != priority) {
            step.note(now, "edit", "Priority " + priority + " → " + edit.priority(), null);
            step.become(step.ticket().with(step.ticket().progress().prioritised(edit.priority())));
        }
        TicketEvent.Ownership ownership = edit.ownership();
        boolean assigned = ownership != null
                && !Objects.equals(ownership.owner(), ticket.progress().owner());
        if (ownership != null && assigned) {
            step.become(step.ticket().withDispatch(null));
            step.own(ownership.owner());
        }
        return step.done(assigned, false);
    }

    private static Outcome raised(Step step, RaisedAgain raised) {
        Ticket ticket = step.ticket();
        ObjectNode data = Json.object().put("fault", raised.fault());
        data.set("values", raised.values());
        Instant resolvedAt = ticket.progress().resolvedAt();
        if (!ticket.state().isOpen()
                && (ticket.state() == TicketState.CANCELLED || resolvedAt == null
                        || !raised.at().isAfter(resolvedAt))) {
            step.note(raised.at(), "fault", ticket.state() == TicketState.CANCELLED
                    ? "Raised again; the case stays cancelled"
                    : "Raised before the case was solved, and told late", data);
            return step.done(false, false);
        }
        Signal signal = ticket.signal();
        if (signal != null) {
            step.become(ticket.with(signal.raisedAgain(raised.at(), raised.values())));
        }
        step.note(raised.at(), "fault", "Raised again", data);
        if (!FixFlow.raised(step, raised.at()) && ticket.state().isSolved()) {
            step.move(TicketState.REOPENED, "The fault was raised again", null, null);
        }
        return step.done(false, false);
    }

    private static Outcome cleared(Step step, Cleared cleared) {
        Signal signal = step.ticket().signal();
        if (signal != null && !cleared.at().isBefore(signal.raisedAt())) {
            step.become(step.ticket().with(signal.cleared(cleared.at())));
        }
        Fix fix = step.ticket().fix();
        boolean byItself = step.ticket().state().isOpen() && (fix == null || !fix.isActive());
        step.note(cleared.at(), "recovered", byItself
                ? "The fault cleared by itself; the case stays open for a person to judge"
                : "The fault cleared", Json.object().put("fault", cleared.fault()));
        return step.done(false, false);
    }

    // Urgency follows the fault upwards by itself; to lower it is a person's to decide.
    private static Outcome weighed(Step step, Weighed weighed) {
        Ticket ticket = step.ticket();
        Signal signal = ticket.signal();
        ObjectNode data = Json.object().put("fault", weighed.fault()).put("severity", weighed.severity());
        data.set("values", weighed.values());
        String before = signal == null ? "" : signal.severity();
        step.note(weighed.at(), "severity", "The fault is " + weighed.severity() + " now"
                + (before.isEmpty() ? "" : ", it was " + before), data);
        if (signal != null) {
            step.become(ticket.with(signal.weighed(weighed.severity())));
        }
        Priority priority = ticket.progress().priority();
        if (ticket.state().isOpen() && weighed.wanted().compareTo(priority) < 0) {
            step.note(step.now(), "edit",
                    "Priority " + priority + " → " + weighed.wanted() + ": the fault is "
                            + weighed.severity(),
                    null);
            step.become(step.ticket().with(step.ticket().progress().prioritised(weighed.wanted())));
        }
        return step.done(false, false);
    }
}
