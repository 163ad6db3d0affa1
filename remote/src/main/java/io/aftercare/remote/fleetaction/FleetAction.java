package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fleet action as a value: [#next] decides what follows from an event and does nothing else. Saying the same again changes
/// nothing, so a server that is killed between a decision and the next one goes on where it stopped.
///
/// @param reason      why it is in this state, empty where that needs no reason
/// @param requestedBy who asked: approval is somebody else's
/// @param decidedBy   who approved or rejected, null before and where nobody has to
/// @param stage        index of the stage that is open
/// @param stages       of each stage of the plan
/// @param deadline    nothing begins from then on
record FleetAction(String id, FleetActionState state, String reason, String requestedBy,
        @Nullable String decidedBy,
        FleetPlan plan, int stage, List<StageStatus> stages, Instant deadline) {
    /// Bound on the devices that have their turn in one look.
    static final int ASKED_AT_ONCE_MAX = 100;

    FleetAction {
        stages = List.copyOf(stages);
    }

    /// The fleet action as it will be, and what else is to be done.
    record Decision(FleetAction next, List<FleetEffect> effects) {
        Decision {
            effects = List.copyOf(effects);
        }
    }

    /// One that has just been asked for.
    static FleetAction made(String id, String by, FleetPlan plan, boolean needsSecondPerson, Instant now,
            Instant deadline) {
        FleetAction made = new FleetAction(id, FleetActionState.AWAITING_APPROVAL, "", by, null, plan, 0,
                plan.stages().stream().map(_ -> StageStatus.WAITING).toList(), deadline);
        return needsSecondPerson ? made : made.begun(now);
    }

    /// What follows from `event`; a [Problem] 409 where somebody asks for what cannot be done now.
    Decision next(FleetEvent event, Instant now) {
        return switch (event) {
            case FleetEvent.Approve approve -> only(approve(approve.by(), now));
            case FleetEvent.Reject reject -> drop(to(FleetActionState.REJECTED, reject.reason(), "rejected")
                    .by(reject.by()), TurnEvent.CANCEL, "rejected by " + reject.by());
            case FleetEvent.Pause pause -> only(to(FleetActionState.PAUSED,
                    said("paused by " + pause.by(), pause.reason()), "paused"));
            case FleetEvent.Resume resume -> only(resume(resume.tallies(), now));
            case FleetEvent.Advance _ -> only(advance(now));
            case FleetEvent.Abort abort -> {
                String why = said("aborted by " + abort.by(), abort.reason());
                yield drop(to(FleetActionState.ABORTED, why, "aborted"), TurnEvent.CANCEL, why);
            }
            case FleetEvent.Tick tick -> now.isBefore(deadline)
                    ? state == FleetActionState.RUNNING ? tick(tick, now) : only(this)
                    : late();
        };
    }

    private static String said(String who, String reason) {
        return reason.isEmpty() ? who : who + ": " + reason;
    }

    private FleetAction approve(String by, Instant now) {
        if (by.equals(requestedBy)) {
            throw Problem
                    .conflict("Whoever asked for a fleet action cannot approve it: another person has to");
        }
        refuseLate(now);
        return to(FleetActionState.RUNNING, "", "approved").by(by).begun(now);
    }

    private FleetAction begun(Instant now) {
        FleetAction running = new FleetAction(id, FleetActionState.RUNNING, "", requestedBy, decidedBy, plan,
                0,
                stages, deadline);
        return running.with(0, running.set(0, StageStatus.opened(now)));
    }

    private FleetAction resume(List<Tally> tallies, Instant now) {
        if (state != FleetActionState.PAUSED) {
            throw Problem.conflict(
                    "Fleet action " + id + " is " + state.text() + "; only a paused one can be resumed");
        }
        refuseLate(now);
        List<StageStatus> looked = new ArrayList<>(stages);
        for (int i = 0; i <= stage; i++) {
            looked.set(i, looked.get(i).excusing(tally(tallies, i).failure()));
        }
        FleetAction running = to(FleetActionState.RUNNING, "", "resumed").with(stage, looked);
        Tally current = tally(tallies, stage);
        boolean stuck = current.open() == 0 && (current.share() < plan.gate().success() || unproven(current));
        return stuck || awaitsPerson() ? running.openNext(now) : running;
    }

    // somebody does not wait for the soak, or for the rest of the stage
    private FleetAction advance(Instant now) {
        boolean waits = state == FleetActionState.PAUSED && awaitsPerson();
        if (state != FleetActionState.RUNNING && !waits) {
            throw Problem.conflict("Fleet action " + id + " is " + state.text()
                    + "; the next stage of a running one can be opened");
        }
        refuseLate(now);
        if (waits) {
            return to(FleetActionState.RUNNING, "", "resumed").openNext(now);
        }
        if (stage == stages.size() - 1) {
            throw Problem.conflict("Fleet action " + id + " has opened its last stage already");
        }
        return openNext(now);
    }

    private void refuseLate(Instant now) {
        if (!now.isBefore(deadline)) {
            throw Problem
                    .conflict("The time of fleet action " + id + " was over at " + deadline + "; ask anew");
        }
    }

    /// Whether the stage before has passed, and the next one is for a person to open.
    private boolean awaitsPerson() {
        return stages.get(stage).openedAt() == null;
    }

    private Decision late() {
        return switch (state) {
            case AWAITING_APPROVAL ->
                drop(to(FleetActionState.EXPIRED, "nobody approved it before " + deadline, "ended"),
                        TurnEvent.CANCEL, "nobody approved it in time");
            case RUNNING, PAUSED ->
                drop(to(FleetActionState.FINISHED, "its time was over at " + deadline, "ended"),
                        TurnEvent.MISS, "not reached before " + deadline);
            case REJECTED, EXPIRED, ABORTED, FINISHED -> only(this);
        };
    }

    private Decision tick(FleetEvent.Tick tick, Instant now) {
        for (int i = 0; i <= stage; i++) {
            Tally tally = tally(tick.tallies(), i);
            if (failsTooOften(tally, stages.get(i).excused())) {
                return stop("stage " + (i + 1) + ": " + tally.failure() + " of " + tally.finished()
                        + " failed, the gate allows less than " + percent(plan.gate().error()) + " %");
            }
        }
        Tally current = tally(tick.tallies(), stage);
        FleetAction judged = judge(current, now);
        if (judged.state != FleetActionState.RUNNING) {
            return only(judged);
        }
        if (judged.stages.get(judged.stage).passedAt() == null && judged.stage == stage && current.open() == 0
                && !judged.isGood(current)) {
            return only(judged.stuck(current));
        }
        boolean allPassed = judged.stages.getLast().passedAt() != null;
        if (allPassed && tick.tallies().stream().allMatch(tally -> tally.open() == 0)) {
            return only(judged.to(FleetActionState.FINISHED, "", "finished"));
        }
        int quota = quota(tick.askedLastMinute());
        return new Decision(judged,
                quota > 0 ? List.of(new FleetEffect.Ask(judged.stage, quota)) : List.of());
    }

    // what follows was decided when it was approved
    private Decision stop(String why) {
        return switch (plan.gate().action()) {
            case PAUSE -> only(to(FleetActionState.PAUSED, why, "paused"));
            case ABORT -> drop(to(FleetActionState.ABORTED, why, "aborted"), TurnEvent.CANCEL, why);
        };
    }

    /// Opens the next stage where this one has succeeded and has been watched long enough.
    private FleetAction judge(Tally current, Instant now) {
        StageStatus status = stages.get(stage);
        if (status.passedAt() != null) {
            return this;
        }
        if (current.all() == 0) {
            return pass(now); // as many devices are in the stages before it
        }
        if (!isGood(current)) {
            return status.reachedAt() == null ? this : with(stage, set(stage, status.reached(null)));
        }
        Instant reachedAt = status.reachedAt() == null ? now : status.reachedAt();
        FleetAction reached = with(stage, set(stage, status.reached(reachedAt)));
        return now.isBefore(reachedAt.plus(plan.gate().soak())) ? reached : reached.pass(now);
    }

    private FleetAction pass(Instant now) {
        int following = stage + 1;
        if (following < stages.size() && plan.stages().get(following).manual()) {
            return with(following, set(stage, stages.get(stage).passed(now)))
                    .to(FleetActionState.PAUSED,
                            "stage " + following + " has passed; stage " + (following + 1)
                                    + " waits for a person to open it",
                            "paused");
        }
        return openNext(now);
    }

    // the next stage, or the one at which it waits
    private FleetAction openNext(Instant now) {
        if (awaitsPerson()) {
            return with(stage, set(stage, StageStatus.opened(now)));
        }
        FleetAction passed = with(stage, set(stage, stages.get(stage).passed(now)));
        int following = stage + 1;
        return following == stages.size()
                ? passed
                : passed.with(following, passed.set(following, StageStatus.opened(now)));
    }

    // every device has ended and too few have succeeded: the last stage has nothing left to hold back
    private FleetAction stuck(Tally current) {
        String reason = "stage " + (stage + 1) + (unproven(current)
                ? " ended with none of its " + current.all() + " devices having done it"
                : " ended with " + current.success() + " of " + current.counted()
                        + " successful, the gate asks for " + percent(plan.gate().success()) + " %");
        return stage == stages.size() - 1
                ? to(FleetActionState.FINISHED, reason, "finished")
                : to(FleetActionState.PAUSED, reason, "paused");
    }

    private boolean failsTooOften(Tally tally, int excused) {
        int failures = tally.failure() - excused;
        int enough = Math.min(plan.gate().minimum(), tally.counted());
        return failures > 0 && tally.finished() >= enough
                && failures >= plan.gate().error() * tally.finished();
    }

    private boolean isGood(Tally tally) {
        return tally.share() >= plan.gate().success() && !unproven(tally);
    }

    // devices that were all away or spared show nothing
    private static boolean unproven(Tally tally) {
        return tally.success() == 0 && tally.all() > 0;
    }

    private int quota(int askedLastMinute) {
        // a minute's worth is spread over the minute, not spent in its first second
        int share = Math.ceilDiv(plan.devicesPerMinute(), 60);
        return Math.min(ASKED_AT_ONCE_MAX, Math.min(share, plan.devicesPerMinute() - askedLastMinute));
    }

    private static long percent(double share) {
        return Math.round(share * 100);
    }

    private FleetAction to(FleetActionState target, String why, String verb) {
        if (!state.next().contains(target)) {
            throw Problem.conflict(
                    "Fleet action " + id + " is " + state.text() + " and cannot be " + verb + " now");
        }
        return new FleetAction(id, target, why, requestedBy, decidedBy, plan, stage, stages, deadline);
    }

    private FleetAction by(String decider) {
        return new FleetAction(id, state, reason, requestedBy, decider, plan, stage, stages, deadline);
    }

    private static Decision only(FleetAction next) {
        return new Decision(next, List.of());
    }

    private static Decision drop(FleetAction next, TurnEvent event, String reason) {
        return new Decision(next, List.of(new FleetEffect.Drop(event, reason)));
    }

    private FleetAction with(int index, List<StageStatus> statuses) {
        return new FleetAction(id, state, reason, requestedBy, decidedBy, plan, index, statuses, deadline);
    }

    private List<StageStatus> set(int index, StageStatus status) {
        List<StageStatus> copy = new ArrayList<>(stages);
        copy.set(index, status);
        return copy;
    }

    private static Tally tally(List<Tally> tallies, int stage) {
        return stage < tallies.size() ? tallies.get(stage) : Tally.EMPTY;
    }
}
