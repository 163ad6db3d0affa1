package io.aftercare.ota.campaign;

import io.aftercare.ota.wording.Wording;
import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A campaign as a value: [#next] decides what follows from an event and does nothing else. Saying the same again changes
/// nothing, so a server that is killed between a decision and the next one goes on where it stopped.
///
/// @param reason     why it is in this state, empty where that needs no reason
/// @param author     who made it, or uploaded the release of a proposal: approval is somebody else's
/// @param stage      index of the stage that is open
/// @param stages     of each stage of the plan
/// @param expires    when devices begin to refuse the release
public record Campaign(String id, CampaignState state, String reason, String author,
        @Nullable String approvedBy,
        Plan plan, int stage, List<StageStatus> stages, Instant expires) {
    /// Bound on the devices that get their turn in one transaction.
    static final int OFFERS_MAX = 500;

    public Campaign {
        stages = List.copyOf(stages);
    }

    /// The campaign as it will be, and what else is to be done.
    public record Decision(Campaign next, List<CampaignEffect> effects) {
        public Decision {
            effects = List.copyOf(effects);
        }
    }

    /// What follows from `event`; a [Problem] 409 where somebody asks for what cannot be done now.
    public Decision next(CampaignEvent event, Instant now) {
        return switch (event) {
            case CampaignEvent.Submit _ -> to(CampaignState.AWAITING_APPROVAL, "", "submitted");
            case CampaignEvent.Approve approve -> approve(approve.by());
            case CampaignEvent.Start _ -> start(now);
            case CampaignEvent.Pause pause ->
                to(CampaignState.PAUSED, Wording.PAUSED.of(pause.by()), "paused");
            case CampaignEvent.Halt halt ->
                state == CampaignState.RUNNING ? stop(halt.reason()) : unchanged();
            case CampaignEvent.Resume resume -> resume(resume, now);
            case CampaignEvent.Advance _ -> advance(now);
            case CampaignEvent.Missing missing ->
                state == CampaignState.RUNNING
                        ? to(CampaignState.PAUSED, missing.what(), "paused")
                        : unchanged();
            case CampaignEvent.Abort abort -> abort(abort);
            case CampaignEvent.Looked looked -> isSoaking(looked) ? looked(looked, now) : unchanged();
            case CampaignEvent.Tick tick -> state == CampaignState.RUNNING ? tick(tick, now) : unchanged();
        };
    }

    private Decision approve(String by) {
        if (by.equals(author)) {
            throw Problem.conflict("Campaign " + id + " is by " + author
                    + ", who cannot approve it; somebody else with the role release-approver must");
        }
        Decision approved = to(CampaignState.APPROVED, "", "approved");
        Campaign next = approved.next();
        return new Decision(new Campaign(id, next.state, "", author, by, plan, stage, stages, expires),
                List.of());
    }

    private Decision start(Instant now) {
        if (state == CampaignState.DRAFT || state == CampaignState.AWAITING_APPROVAL) {
            throw Problem.conflict("Campaign " + id + " is " + state.text()
                    + "; it starts only after somebody other than " + author + " has approved it");
        }
        if (state == CampaignState.PAUSED) {
            throw Problem.conflict("Campaign " + id + " is paused; go on with it by `resume`");
        }
        refuseExpired(now);
        Campaign running = to(CampaignState.RUNNING, "", "started").next();
        return new Decision(running.with(0, set(0, stages.getFirst().opened(now))),
                List.of(new CampaignEffect.Enrol()));
    }

    private Decision resume(CampaignEvent.Resume resume, Instant now) {
        if (state != CampaignState.PAUSED) {
            throw Problem.conflict(
                    "Campaign " + id + " is " + state.text() + "; only a paused one can be resumed");
        }
        refuseExpired(now);
        List<StageStatus> looked = new ArrayList<>(stages);
        for (int i = 0; i <= stage; i++) {
            looked.set(i, looked.get(i).excusing(tally(resume.tallies(), i).failure()));
        }
        Campaign running = to(CampaignState.RUNNING, "", "resumed").next().with(stage, looked);
        Tally current = tally(resume.tallies(), stage);
        boolean stuck = current.open() == 0 && share(current) < plan.gate().success();
        return new Decision(
                stuck || running.awaitsPerson() ? running.openNext(now) : running,
                List.of(new CampaignEffect.Reoffer(), new CampaignEffect.WithdrawRevert()));
    }

    // somebody does not wait for the soak, or for the rest of the stage
    private Decision advance(Instant now) {
        boolean waits = state == CampaignState.PAUSED && awaitsPerson();
        if (state != CampaignState.RUNNING && !waits) {
            throw Problem.conflict("Campaign " + id + " is " + state.text()
                    + "; the next stage of a running campaign can be opened");
        }
        refuseExpired(now);
        if (waits) {
            return new Decision(to(CampaignState.RUNNING, "", "resumed").next().openNext(now),
                    List.of(new CampaignEffect.Reoffer()));
        }
        if (stage == stages.size() - 1) {
            throw Problem.conflict("Campaign " + id + " has opened its last stage already");
        }
        return new Decision(openNext(now), List.of());
    }

    /// Whether the stage before has passed, and the next one is for a person to open.
    boolean awaitsPerson() {
        return stages.get(stage).openedAt() == null;
    }

    private Decision abort(CampaignEvent.Abort abort) {
        String reason = abort.reason().isEmpty() ? Wording.ABORTED.of(abort.by()) : abort.reason();
        if (abort.force() && state == CampaignState.ABORTED) {
            return new Decision(this, List.of(new CampaignEffect.Cancel(reason, true)));
        }
        Campaign aborted = to(CampaignState.ABORTED, reason, "aborted").next();
        return new Decision(aborted, List.of(new CampaignEffect.Cancel(reason, abort.force())));
    }

    // the release is bad: what follows was decided when the campaign was approved
    private Decision stop(String why) {
        Campaign paused = to(CampaignState.PAUSED, why, "paused").next();
        if (plan.revert()) {
            return new Decision(paused, List.of()); // there is nowhere to return to from a return
        }
        Campaign ended = paused.to(CampaignState.ABORTED, why, "aborted").next();
        return switch (plan.gate().action()) {
            case PAUSE -> new Decision(paused, List.of(new CampaignEffect.Revert(false)));
            case ABORT -> new Decision(ended,
                    List.of(new CampaignEffect.Cancel(why), new CampaignEffect.Revert(false)));
            case ROLLBACK -> new Decision(ended,
                    List.of(new CampaignEffect.Cancel(why), new CampaignEffect.Revert(true)));
        };
    }

    private void refuseExpired(Instant now) {
        if (!now.isBefore(expires)) {
            throw Problem.conflict("The release of campaign " + id + " expired at " + expires
                    + ", and devices refuse it; publish it anew with a later \"expires\"");
        }
    }

    private Decision tick(CampaignEvent.Tick tick, Instant now) {
        if (!now.isBefore(expires)) {
            return to(CampaignState.PAUSED,
                    Wording.EXPIRED.of(expires),
                    "paused");
        }
        for (int i = 0; i <= stage; i++) {
            Tally tally = tally(tick.tallies(), i);
            if (failsTooOften(tally, stages.get(i).excused())) {
                return stop(Wording.TOO_MANY_FAILED.of(i + 1, tally.failure(), tally.finished(),
                        Math.round(plan.gate().error() * 100)));
            }
        }
        Tally current = tally(tick.tallies(), stage);
        Campaign judged = judge(current, now);
        if (judged.state != CampaignState.RUNNING) {
            return new Decision(judged, List.of());
        }
        if (judged.stages.get(stage).passedAt() == null && current.open() == 0 && judged.isBelow(current)) {
            return judged.stuck(current);
        }
        boolean allPassed = judged.stages.getLast().passedAt() != null;
        if (allPassed && tick.tallies().stream().allMatch(tally -> tally.open() == 0)) {
            return judged.to(CampaignState.FINISHED, "", "finished");
        }
        int quota = quota(tick.offeredLastMinute());
        return new Decision(judged,
                quota > 0 ? List.of(new CampaignEffect.Offer(judged.stage, quota)) : List.of());
    }

    /// Opens the next stage where this one has succeeded and has been watched long enough.
    private Campaign judge(Tally current, Instant now) {
        StageStatus status = stages.get(stage);
        if (status.passedAt() != null) {
            return this;
        }
        if (isBelow(current)) {
            return status.reachedAt() == null ? this : with(stage, set(stage, status.reached(null)));
        }
        Instant reached = status.reachedAt() == null ? now : status.reachedAt();
        Campaign soaking = with(stage, set(stage, status.reached(reached)));
        return now.isBefore(reached.plus(plan.gate().soak()))
                || plan.isWatched() && status.watchedAt() == null
                        ? soaking
                        : soaking.pass(now);
    }

    private boolean isSoaking(CampaignEvent.Looked looked) {
        return state == CampaignState.RUNNING && looked.stage() == stage
                && looked.reachedAt().equals(stages.get(stage).reachedAt());
    }

    private Decision looked(CampaignEvent.Looked looked, Instant now) {
        Campaign seen = looked.last() ? with(stage, set(stage, stages.get(stage).watched(now))) : this;
        return looked.worse().isEmpty() ? seen.unchanged() : seen.stop(looked.worse());
    }

    private Campaign pass(Instant now) {
        int following = stage + 1;
        if (following < stages.size() && plan.stages().get(following).isManual()) {
            return with(following, set(stage, stages.get(stage).passed(now)))
                    .to(CampaignState.PAUSED, Wording.AWAITS_PERSON.of(stage + 1, following + 1), "paused")
                    .next();
        }
        return openNext(now);
    }

    // the next stage, or the one at which the campaign waits
    private Campaign openNext(Instant now) {
        if (awaitsPerson()) {
            return with(stage, set(stage, stages.get(stage).opened(now)));
        }
        Campaign passed = with(stage, set(stage, stages.get(stage).passed(now)));
        int following = stage + 1;
        return following == stages.size()
                ? passed
                : passed.with(following, passed.set(following, stages.get(following).opened(now)));
    }

    // every device has ended and too few have succeeded: the last stage has nothing left to hold back
    private Decision stuck(Tally current) {
        String reason = Wording.TOO_FEW_SUCCEEDED.of(stage + 1, current.success(), current.counted(),
                Math.round(plan.gate().success() * 100));
        return stage == stages.size() - 1
                ? to(CampaignState.FINISHED, reason, "finished")
                : to(CampaignState.PAUSED, reason, "paused");
    }

    private boolean failsTooOften(Tally tally, int excused) {
        int failures = tally.failure() - excused;
        int enough = Math.min(plan.gate().minimum(), tally.counted());
        return failures > 0 && tally.finished() >= enough
                && failures >= plan.gate().error() * tally.finished();
    }

    private boolean isBelow(Tally tally) {
        return share(tally) < plan.gate().success();
    }

    private static double share(Tally tally) {
        return tally.counted() == 0 ? 1 : (double) tally.success() / tally.counted();
    }

    private int quota(int offeredLastMinute) {
        int perMinute = plan.rate().devicesPerMinute();
        if (perMinute == 0) {
            return OFFERS_MAX;
        }
        // a minute's worth is spread over the minute, not spent in its first second
        int share = Math.ceilDiv(perMinute, 60);
        return Math.min(OFFERS_MAX, Math.min(share, perMinute - offeredLastMinute));
    }

    private Decision to(CampaignState target, String why, String verb) {
        if (!state.next().contains(target)) {
            throw Problem
                    .conflict("Campaign " + id + " is " + state.text() + " and cannot be " + verb + " now");
        }
        return new Decision(new Campaign(id, target, why, author, approvedBy, plan, stage, stages, expires),
                List.of());
    }

    private Decision unchanged() {
        return new Decision(this, List.of());
    }

    private Campaign with(int index, List<StageStatus> statuses) {
        return new Campaign(id, state, reason, author, approvedBy, plan, index, statuses, expires);
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
