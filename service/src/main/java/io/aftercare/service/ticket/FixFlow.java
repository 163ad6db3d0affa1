package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.FixInstalled;
import io.aftercare.service.ticket.TicketEvent.FixMissing;
import io.aftercare.service.ticket.TicketEvent.FixScheduled;
import java.time.Instant;
import java.util.Objects;

/// The part of [TicketFlow] that is about firmware: a case follows its fix until the telemetry proves it, or goes back to where it
/// stood, or to somebody who is sent. Pure.
///
/// ```
///            scheduled                 installed                    soak without the fault
/// its way ─────────────► fix-scheduled ─────────► fix-scheduled, watched ─────────► resolved
///    ▲   withheld, failed     │                        │ the fault comes back           │
///    └────────────────────────┘                        └────────► reopened, dispatch ◄──┘
/// ```
final class FixFlow {
    private FixFlow() {}

    static Outcome scheduled(Step step, FixScheduled event) {
        FixMessage message = event.message();
        Fix known = step.ticket().fix();
        if (known != null && known.hasHeard(message)) {
            return step.done(false, false);
        }
        step.note(step.now(), "fix-scheduled", "Firmware " + message.version() + " is on its way by campaign "
                + message.campaign() + (message.stage() > 0
                        ? ", stage " + message.stage() + " of " + message.stages()
                        : ""),
                data(message).put("campaign", message.campaign()).put("stage", message.stage())
                        .put("stages", message.stages()));
        boolean watched = known != null && known.state() == Fix.State.INSTALLED && !known.isOf(message);
        if (!step.ticket().state().isOpen() || watched) {
            hear(step, message);
            return step.done(false, false);
        }
        step.become(step.ticket().withDispatch(null)
                .withFix(Fix.of(Fix.State.SCHEDULED, message, wayBack(step.ticket())).after(known)));
        step.moveUnlessThere(TicketState.FIX_SCHEDULED,
                "Firmware " + message.version() + " mends this fault",
                Json.object().put("says", "mending").put("version", message.version()));
        return step.done(true, false);
    }

    static Outcome installed(Step step, FixInstalled event) {
        FixMessage message = event.message();
        Fix known = step.ticket().fix();
        if (known != null && known.hasHeard(message)) {
            return step.done(false, false);
        }
        step.note(event.at(), "fix-installed", "The device runs firmware " + message.version(),
                data(message));
        if (!step.ticket().state().isOpen()) {
            hear(step, message);
            return step.done(false, false);
        }
        Fix base = known != null && known.isOf(message) && known.isActive()
                ? known.hearing(message)
                : Fix.of(Fix.State.SCHEDULED, message, wayBack(step.ticket())).after(known);
        step.become(step.ticket().withDispatch(null)
                .withFix(base.installed(event.at(), event.soak(), step.now().plus(event.soak()))));
        step.moveUnlessThere(TicketState.FIX_SCHEDULED,
                "Firmware " + message.version() + " mends this fault; watched for " + event.soak(),
                Json.object().put("says", "watched").put("version", message.version())
                        .put("soak", event.soak().toString()));
        return step.done(true, false);
    }

    static Outcome missing(Step step, FixMissing event) {
        FixMessage message = event.message();
        Fix known = step.ticket().fix();
        if (known != null && known.hasHeard(message)) {
            return step.done(false, false);
        }
        boolean waits = event.withheld();
        String text = waits
                ? "Firmware " + message.version() + " waits: " + event.reason()
                : "Firmware " + message.version() + " did not get on the device: " + event.reason();
        step.note(step.now(), waits ? "fix-withheld" : "fix-failed", text,
                data(message).put("error", event.reason()));
        Fix.State state = waits ? Fix.State.WITHHELD : Fix.State.FAILED;
        if (known == null) {
            // told out of order: an earlier message about it must not count any more
            step.become(step.ticket().withFix(Fix.of(state, message, null).ended(state, event.reason())));
        } else if (known.isOf(message) && (known.isActive() || known.state() == Fix.State.WITHHELD)) {
            step.become(step.ticket().withFix(known.hearing(message).ended(state, event.reason())));
            if (step.ticket().state() == TicketState.FIX_SCHEDULED) {
                step.move(Objects.requireNonNullElse(known.before(), TicketState.IN_PROGRESS), text, null,
                        null);
            }
        } else {
            hear(step, message);
        }
        return step.done(false, false);
    }

    static Outcome soaked(Step step, Soak.Decision decision) {
        Fix fix = step.ticket().fix();
        if (fix == null || fix.state() != Fix.State.INSTALLED
                || step.ticket().state() != TicketState.FIX_SCHEDULED) {
            return step.done(false, false);
        }
        switch (decision) {
            case Soak.Wait _ -> {
            }
            case Soak.Extend extend -> {
                if (fix.extensions() == 0) {
                    step.note(step.now(), "evidence", "The device has reported nothing since the update, "
                            + "which proves nothing; watched on until it does",
                            Json.object().put("says", "nothing-yet"));
                }
                step.become(step.ticket().withFix(fix.extended(extend.until())));
            }
            case Soak.Settle settle -> step.become(step.ticket().withFix(fix.watchedUntil(settle.until())));
            case Soak.Broken broken -> broken(step, fix, broken.why());
            case Soak.Passed passed -> {
                step.note(step.now(), "evidence", passed.evidence(),
                        passed.proof() == null ? null : Json.tree(passed.proof()));
                step.become(step.ticket().withFix(fix.proven(passed.proof())));
                step.move(TicketState.RESOLVED, passed.rootCause(), passed.rootCause(), passed.evidence(),
                        Json.object().put("says", fix.runbook() == null ? "fixed" : "fixed-remotely")
                                .put("version", fix.version()).put("name", fix.runbook()));
            }
        }
        return step.done(false, false);
    }

    /// The fault was raised, at `at`: if a fix was installed by then, it did not hold, also where the case was resolved by it.
    ///
    /// @return whether the case was reopened
    static boolean raised(Step step, Instant at) {
        Fix fix = step.ticket().fix();
        if (fix == null || fix.installedAt() == null || !at.isAfter(fix.installedAt())
                || fix.state() != Fix.State.INSTALLED && fix.state() != Fix.State.PROVEN) {
            return false;
        }
        broken(step, fix, "The fault came back after " + fix.deed());
        return true;
    }

    // somebody must be sent, unless a person has the case in hand already, and is told what was tried; after a runbook there may
    // be another remedy, which is for the runbooks to say
    private static void broken(Step step, Fix fix, String why) {
        String tried = tried(step, fix) + ". " + why + ".";
        step.become(step.ticket().withFix(fix.ended(Fix.State.BROKEN, why)));
        TicketState state = step.ticket().state();
        if (state != TicketState.FIX_SCHEDULED && !state.isSolved()) {
            step.note(step.now(), "fix-failed", tried, told(fix));
        } else if (fix.runbook() != null) {
            step.move(TicketState.REOPENED, why, told(fix));
            step.note(step.now(), "fix-failed", tried, told(fix));
        } else {
            dispatch(step, tried);
            step.move(TicketState.REOPENED, why, told(fix));
            step.note(step.now(), "dispatch", "Somebody must look at the device. " + tried, told(fix));
        }
    }

    // that what was done did not hold
    private static ObjectNode told(Fix fix) {
        return Json.object().put("says", "broken")
                .put("version", fix.runbook() == null ? fix.version() : null)
                .put("name", fix.runbook()).put("installed", Soak.second(fix.installedAt()));
    }

    private static String tried(Step step, Fix fix) {
        String what = fix.runbook() != null
                ? "Runbook " + fix.runbook() + " was carried out at "
                : "Firmware " + fix.version() + " (release " + fix.release()
                        + (fix.campaign().isEmpty() ? "" : ", campaign " + fix.campaign())
                        + ") was installed at ";
        return what + Soak.second(fix.installedAt())
                + (fix.state() == Fix.State.PROVEN
                        ? ", and the case was resolved at "
                                + Soak.second(step.ticket().progress().resolvedAt())
                        : "");
    }

    private static void dispatch(Step step, String why) {
        step.become(step.ticket().withDispatch(new Dispatch(step.now(), why)));
    }

    /// A runbook says that the fault is mended: telemetry is watched, as after a firmware. One that is being watched already has
    /// the word.
    static Outcome mended(Step step, TicketEvent.Mended event) {
        step.note(event.at(), "evidence", "Runbook " + event.name() + ": " + event.evidence(),
                Json.object().put("run", event.run()).put("says", "mended").put("name", event.name()));
        Fix known = step.ticket().fix();
        boolean watched = known != null && known.isActive();
        if (!step.ticket().state().isOpen() || watched) {
            return step.done(false, false);
        }
        step.become(step.ticket().withDispatch(null)
                .withFix(Fix.remote(event.name(), wayBack(step.ticket()), event.at(), event.soak(),
                        step.now().plus(event.soak())).after(known)));
        step.moveUnlessThere(TicketState.FIX_SCHEDULED,
                "Runbook " + event.name() + " mended it; watched for " + event.soak(),
                Json.object().put("says", "mended").put("name", event.name()).put("soak",
                        event.soak().toString()));
        return step.done(true, false);
    }

    /// Somebody has to be sent, because nothing from afar helps.
    static Outcome sent(Step step, String why) {
        if (step.ticket().state().isOpen()) {
            dispatch(step, why);
            step.note(step.now(), "dispatch", "Somebody must look at the device. " + why, null);
        }
        return step.done(false, false);
    }

    /// Where a case stands that needs no judgement any more whether it is one: its fault and its fix are known.
    private static TicketState wayBack(Ticket ticket) {
        Fix fix = ticket.fix();
        TicketState before = fix != null && fix.isActive() ? fix.before() : null;
        TicketState now = ticket.state();
        return switch (now) {
            case NEW -> TicketState.ASSESSED;
            case FIX_SCHEDULED -> Objects.requireNonNullElse(before, TicketState.IN_PROGRESS);
            case ASSESSED, IN_PROGRESS, WAITING_CUSTOMER, WAITING_PARTS, WAITING_DEVICE, WAITING_VENDOR,
                    REOPENED, RESOLVED, VERIFIED, CLOSED, CANCELLED ->
                now;
        };
    }

    private static void hear(Step step, FixMessage message) {
        Fix known = step.ticket().fix();
        if (known != null) {
            step.become(step.ticket().withFix(known.hearing(message)));
        }
    }

    private static ObjectNode data(FixMessage message) {
        return Json.object().put("release", message.release()).put("version", message.version());
    }
}
