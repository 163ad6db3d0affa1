package io.aftercare.service.ticket;

import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.Absorbed;
import io.aftercare.service.ticket.TicketEvent.Escalated;
import io.aftercare.service.ticket.TicketEvent.Matched;
import io.aftercare.service.ticket.TicketEvent.Merged;
import io.aftercare.service.ticket.TicketEvent.Snoozed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The part of [TicketFlow] that is about what people arrange: which device it is, who has to know, what is the same
/// matter, and what may wait. Pure.
final class CareFlow {
    /// A case is out of sight for this long at most.
    static final Duration SNOOZE_MAX = Duration.ofDays(30);
    static final String MAJOR = "Priority P1: a major case is a manager's matter";
    private static final Escalated IS_MAJOR = new Escalated(MAJOR, "priority", null);

    private CareFlow() {}

    static Outcome matched(Step step, Matched event, Actor actor) {
        Ticket ticket = step.ticket();
        if (event.device().equals(ticket.report().device())) {
            return step.done(false, false);
        }
        if (ticket.signal() != null) {
            return new Outcome.Refused(ticket.number() + " was opened by the device itself; it is about "
                    + ticket.report().serial() + " and no other");
        }
        step.note(step.now(), "matched", "It is about device " + event.device(), Json.object()
                .put("before", ticket.report().serial()).put("device", event.device().value()));
        step.become(ticket.with(ticket.report().matched(event.device())));
        return step.done(actor.isPerson(), false);
    }

    static Outcome escalated(Step step, Escalated event, Actor actor) {
        Ticket ticket = step.ticket();
        if (!ticket.state().isOpen()) {
            return new Outcome.Refused(ticket.number() + " is " + ticket.state().text()
                    + "; only an open case is escalated, so reopen it first");
        }
        escalate(step, actor, event);
        return step.done(actor.isPerson(), false);
    }

    /// What a case begins with besides what was told.
    static Outcome.Done opened(Ticket ticket) {
        Step step = new Step(ticket, ticket.report().openedAt());
        if (isMajor(ticket)) {
            escalate(step, Actor.SYSTEM, IS_MAJOR);
        }
        return step.done(false, false);
    }

    /// What became major just now is a manager's matter without anybody asking (R55).
    static void major(Step step, Ticket before) {
        Ticket after = step.ticket();
        Escalation known = after.handling().escalation();
        if (isMajor(after) && !isMajor(before) && (known == null || !known.isPending())) {
            escalate(step, Actor.SYSTEM, IS_MAJOR);
        }
    }

    private static boolean isMajor(Ticket ticket) {
        return ticket.state().isOpen() && ticket.progress().priority() == Priority.P1;
    }

    private static void escalate(Step step, Actor actor, Escalated why) {
        Escalation known = step.ticket().handling().escalation();
        Escalation now = known == null
                ? Escalation.first(step.now(), actor.name(), why)
                : known.again(step.now(), actor.name(), why);
        step.note(step.now(), "escalation", why.reason(), Json.object().put("to", now.to())
                .put("times", now.times()).put("says", why.code()).put("clock", why.clock()));
        step.become(step.ticket().with(step.ticket().handling().escalated(now)));
    }

    static Outcome acknowledged(Step step, Actor actor) {
        Escalation known = step.ticket().handling().escalation();
        if (known == null || !known.isPending()) {
            return new Outcome.Refused(step.ticket().number() + " has no escalation that waits for somebody");
        }
        step.note(step.now(), "escalation-acknowledged", known.reason(), null);
        step.become(step.ticket()
                .with(step.ticket().handling().escalated(known.acknowledged(step.now(), actor.name()))));
        return step.done(actor.isPerson(), false);
    }

    static Outcome snoozed(Step step, Snoozed event) {
        Ticket ticket = step.ticket();
        if (!ticket.state().isOpen()) {
            return new Outcome.Refused(ticket.number() + " is " + ticket.state().text()
                    + "; only an open case can wait");
        }
        Instant latest = step.now().plus(SNOOZE_MAX);
        if (!event.until().isAfter(step.now()) || event.until().isAfter(latest)) {
            return new Outcome.Refused("A case may wait until a time between now and " + latest
                    + ", not until " + event.until());
        }
        step.note(step.now(), "snoozed", event.reason(),
                Json.object().put("until", event.until().toString()));
        step.become(ticket.with(ticket.handling().snoozed(event.until())));
        return step.done(false, false);
    }

    static Outcome woken(Step step, TicketEvent.Woken event) {
        wake(step, event.why(), event.code());
        return step.done(false, false);
    }

    /// Brings a case back into sight.
    static void wake(Step step, String why, String code) {
        Handling handling = step.ticket().handling();
        if (handling.snoozedUntil() != null) {
            step.note(step.now(), "woken", why, Json.object().put("says", code));
            step.become(step.ticket().with(handling.snoozed(null)));
        }
    }

    static Outcome merged(Step step, Merged event, Actor actor) {
        Ticket ticket = step.ticket();
        if (!ticket.state().isOpen() || event.into() == ticket.id()) {
            return new Outcome.Refused(ticket.number() + " is " + ticket.state().text()
                    + "; only an open case is merged, and into another one");
        }
        step.taken(actor);
        step.move(TicketState.CANCELLED,
                "The same matter as " + Ticket.number(event.into()) + ": " + event.reason(), Json.object()
                        .put("says", "merged").put("number", Ticket.number(event.into()))
                        .put("words", event.reason()));
        step.become(step.ticket().with(step.ticket().handling().merged(event.into())));
        return step.done(actor.isPerson(), false);
    }

    static Outcome unmerged(Step step, String reason) {
        @Nullable
        Long into = step.ticket().handling().mergedInto();
        if (into == null) {
            return new Outcome.Refused(step.ticket().number() + " is not merged into another case");
        }
        step.move(TicketState.REOPENED, "Not the same matter as " + Ticket.number(into) + ": " + reason,
                Json.object().put("says", "unmerged").put("number", Ticket.number(into)).put("words",
                        reason));
        step.become(step.ticket().with(step.ticket().handling().apart()));
        return step.done(false, false);
    }

    static Outcome absorbed(Step step, Absorbed event) {
        String other = Ticket.number(event.other());
        step.note(step.now(), event.merged() ? "merged" : "unmerged",
                (event.merged() ? other + " is the same matter: " : other + " is a matter of its own: ")
                        + event.reason(),
                Json.object().put("ticket", Long.toString(event.other())).put("number", other)
                        .put("words", event.reason()));
        return step.done(false, false);
    }
}
