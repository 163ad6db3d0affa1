package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.Cleared;
import io.aftercare.service.ticket.TicketEvent.Comment;
import io.aftercare.service.ticket.TicketEvent.Edit;
import io.aftercare.service.ticket.TicketEvent.FixFailed;
import io.aftercare.service.ticket.TicketEvent.FixInstalled;
import io.aftercare.service.ticket.TicketEvent.FixScheduled;
import io.aftercare.service.ticket.TicketEvent.RaisedAgain;
import io.aftercare.service.ticket.TicketEvent.Soaked;
import io.aftercare.service.ticket.TicketEvent.Transition;
import io.aftercare.service.ticket.TicketEvent.Weighed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
            case FixScheduled fix -> scheduled(new Step(ticket, now), fix);
            case FixInstalled fix -> installed(new Step(ticket, now), fix);
            case FixFailed fix -> failed(new Step(ticket, now), fix);
            case Soaked soaked -> soaked(new Step(ticket, now), soaked.decision());
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
        if (ticket.state().isSolved()) {
            step.become(step.ticket().withFix(null));
            step.move(TicketState.REOPENED, "The fault was raised again", null, null);
        } else if (isAfterInstallation(ticket.fix(), raised.at())) {
            step.back("The fault came back after firmware " + version(ticket.fix()) + " was installed");
        }
        return step.done(false, false);
    }

    private static Outcome cleared(Step step, Cleared cleared) {
        Signal signal = step.ticket().signal();
        if (signal != null && !cleared.at().isBefore(signal.raisedAt())) {
            step.become(step.ticket().with(signal.cleared(cleared.at())));
        }
        boolean byItself = step.ticket().state().isOpen() && step.ticket().fix() == null;
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

    private static Outcome scheduled(Step step, FixScheduled fix) {
        ObjectNode data = Json.object().put("release", fix.release()).put("version", fix.version())
                .put("campaign", fix.campaign());
        step.note(step.now(), "fix-scheduled",
                "Firmware " + fix.version() + " is on its way by campaign " + fix.campaign(), data);
        if (!step.ticket().state().isOpen()) {
            return step.done(false, false);
        }
        step.become(step.ticket().withFix(Fix.scheduled(fix.release(), fix.version(), fix.campaign())));
        step.moveUnlessThere(TicketState.FIX_SCHEDULED, "Firmware " + fix.version() + " mends this fault");
        return step.done(true, false);
    }

    private static Outcome installed(Step step, FixInstalled fix) {
        ObjectNode data = Json.object().put("release", fix.release()).put("version", fix.version());
        step.note(fix.at(), "fix-installed", "The device runs firmware " + fix.version(), data);
        if (!step.ticket().state().isOpen()) {
            return step.done(false, false);
        }
        Fix known = step.ticket().fix();
        Fix watched = (known != null && known.release().equals(fix.release())
                ? known
                : Fix.scheduled(fix.release(), fix.version(), ""))
                .installed(fix.at(), fix.soak(), step.now().plus(fix.soak()));
        step.become(step.ticket().withFix(watched));
        step.moveUnlessThere(TicketState.FIX_SCHEDULED,
                "Firmware " + fix.version() + " mends this fault; watched for " + fix.soak());
        return step.done(true, false);
    }

    private static Outcome failed(Step step, FixFailed fix) {
        ObjectNode data = Json.object().put("release", fix.release()).put("version", fix.version());
        step.note(step.now(), "fix-failed",
                "Firmware " + fix.version() + " did not get on the device: " + fix.reason(), data);
        Fix known = step.ticket().fix();
        if (known != null && known.release().equals(fix.release())
                && step.ticket().state() == TicketState.FIX_SCHEDULED) {
            step.back("Firmware " + fix.version() + " failed: " + fix.reason());
        }
        return step.done(false, false);
    }

    private static Outcome soaked(Step step, Soak.Decision decision) {
        Fix fix = step.ticket().fix();
        if (fix == null || step.ticket().state() != TicketState.FIX_SCHEDULED) {
            return step.done(false, false);
        }
        switch (decision) {
            case Soak.Wait _ -> {
            }
            case Soak.Extend extend -> {
                if (fix.extensions() == 0) {
                    step.note(step.now(), "evidence", "The device has reported nothing since the update, "
                            + "which proves nothing; watched on until it does", null);
                }
                step.become(step.ticket().withFix(fix.extended(extend.until())));
            }
            case Soak.Settle settle -> step.become(step.ticket().withFix(fix.watchedUntil(settle.until())));
            case Soak.Broken broken -> step.back(broken.why());
            case Soak.Passed passed -> {
                step.note(step.now(), "evidence", passed.evidence(), null);
                step.move(TicketState.RESOLVED, passed.rootCause(), passed.rootCause(), passed.evidence());
            }
        }
        return step.done(false, false);
    }

    private static boolean isAfterInstallation(@Nullable Fix fix, Instant at) {
        return fix != null && fix.installedAt() != null && at.isAfter(fix.installedAt());
    }

    private static String version(@Nullable Fix fix) {
        return fix == null ? "" : fix.version();
    }
}
