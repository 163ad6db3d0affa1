package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.Absorbed;
import io.aftercare.service.ticket.TicketEvent.Acknowledged;
import io.aftercare.service.ticket.TicketEvent.Answered;
import io.aftercare.service.ticket.TicketEvent.Escalated;
import io.aftercare.service.ticket.TicketEvent.Matched;
import io.aftercare.service.ticket.TicketEvent.Merged;
import io.aftercare.service.ticket.TicketEvent.Snoozed;
import io.aftercare.service.ticket.TicketEvent.Unmerged;
import io.aftercare.service.ticket.TicketEvent.Woken;
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
        Step step = new Step(ticket, now);
        return switch (event) {
            case Transition asked -> moved(step, asked, actor);
            case Comment comment -> commented(step, comment, actor);
            case Answered answer -> answered(step, answer, actor);
            case Edit edit -> EditFlow.edited(step, edit);
            case Matched matched -> CareFlow.matched(step, matched, actor);
            case Escalated escalated -> CareFlow.escalated(step, escalated, actor);
            case Acknowledged _ -> CareFlow.acknowledged(step, actor);
            case Snoozed snoozed -> CareFlow.snoozed(step, snoozed);
            case Woken woken -> CareFlow.woken(step, woken);
            case Merged merged -> CareFlow.merged(step, merged, actor);
            case Unmerged unmerged -> CareFlow.unmerged(step, unmerged.reason());
            case Absorbed absorbed -> CareFlow.absorbed(step, absorbed);
            case RaisedAgain raised -> raised(step, raised);
            case Cleared cleared -> cleared(step, cleared);
            case Weighed weighed -> weighed(step, weighed);
            case FixScheduled fix -> FixFlow.scheduled(step, fix);
            case FixInstalled fix -> FixFlow.installed(step, fix);
            case FixMissing fix -> FixFlow.missing(step, fix);
            case TicketEvent.Mended mended -> FixFlow.mended(step, mended);
            case TicketEvent.Sent sent -> FixFlow.sent(step, sent.why());
            case Soaked soaked -> FixFlow.soaked(step, soaked.decision());
        };
    }

    private static Outcome moved(Step step, Transition asked, Actor actor) {
        Ticket ticket = step.ticket();
        Optional<String> refusal = Guards.refusal(ticket, asked);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        TicketEvent.Extras extras = asked.extras();
        CareFlow.wake(step, "It became " + asked.to().text(), "moved");
        EditFlow.classify(step, extras.classification(), asked.reason());
        step.own(actor);
        String verification = asked.to() == TicketState.VERIFIED && asked.verification() == null
                ? Objects.requireNonNullElse(ticket.progress().verification(), asked.reason())
                : asked.verification();
        step.taken(actor);
        step.move(asked.to(), asked.reason(), Guards.cause(ticket, asked), verification);
        step.become(step.ticket().with(step.ticket().handling().ended(extras.analysis(), extras.feedback(),
                extras.improvement())));
        if (asked.to() == TicketState.REOPENED && extras.recourse() != null) {
            step.become(step.ticket().with(step.ticket().handling().offered(extras.recourse())));
        }
        return step.done(actor.isPerson(), asked.to() == TicketState.WAITING_CUSTOMER);
    }

    private static Outcome commented(Step step, Comment comment, Actor actor) {
        if (step.ticket().state().isOpen()) {
            step.own(actor);
        }
        ObjectNode data = comment.told() == null ? Json.object() : comment.told().deepCopy();
        data.put("visibility", comment.isPublic() ? "public" : "internal");
        if (comment.contact()) {
            data.put("contact", true);
        }
        step.note(step.now(), "comment", comment.text(), data);
        return step.done(actor.isPerson(), comment.contact());
    }

    // whoever waited for the customer has the answer now, and the clocks go on
    private static Outcome answered(Step step, Answered answer, Actor actor) {
        step.note(step.now(), "answer", answer.text(), Json.object().put("visibility", "public"));
        CareFlow.wake(step, "The customer answered", "answered");
        if (step.ticket().state() == TicketState.WAITING_CUSTOMER) {
            step.move(TicketState.IN_PROGRESS, "The customer answered",
                    Json.object().put("says", "answered"));
        }
        return step.done(actor.isPerson(), false);
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
        boolean own = signal != null && signal.isOf(raised.code());
        if (signal != null && own) {
            step.become(ticket.with(signal.raisedAgain(raised.at(), raised.values())));
        }
        step.note(raised.at(), "fault", own ? "Raised again" : "Raised again: " + raised.code(), data);
        CareFlow.wake(step, "The fault was raised again", "raised");
        if (!(own && FixFlow.raised(step, raised.at())) && ticket.state().isSolved()) {
            step.move(TicketState.REOPENED, "The fault was raised again",
                    Json.object().put("says", "raised"));
        }
        return step.done(false, false);
    }

    private static Outcome cleared(Step step, Cleared cleared) {
        Signal signal = step.ticket().signal();
        if (signal != null && signal.isOf(cleared.code()) && !cleared.at().isBefore(signal.raisedAt())) {
            step.become(step.ticket().with(signal.cleared(cleared.at())));
        }
        Fix fix = step.ticket().fix();
        boolean byItself = step.ticket().state().isOpen() && (fix == null || !fix.isActive());
        step.note(cleared.at(), "recovered", byItself
                ? "The fault cleared by itself; the case stays open for a person to judge"
                : "The fault cleared",
                Json.object().put("fault", cleared.fault()).put("says", byItself ? "by-itself" : "cleared"));
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
        if (signal != null && signal.isOf(weighed.code())) {
            step.become(ticket.with(signal.weighed(weighed.severity())));
        }
        Priority priority = ticket.progress().priority();
        if (ticket.state().isOpen() && weighed.wanted().compareTo(priority) < 0) {
            step.note(step.now(), "edit",
                    "Priority " + priority + " → " + weighed.wanted() + ": the fault is "
                            + weighed.severity(),
                    Json.object().put("field", "priority").put("before", priority.name())
                            .put("after", weighed.wanted().name()));
            step.become(step.ticket().with(step.ticket().progress().prioritised(weighed.wanted())));
        }
        return step.done(false, false);
    }
}
