package io.aftercare.ota.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import io.aftercare.ota.campaign.CampaignEvent.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignTest {
    private static final Instant START = Plans.START;
    private static final Instant SOAKED = START.plus(Duration.ofMinutes(31));

    @Test
    void theAuthorCannotApprove() {
        assertThatThrownBy(
                () -> Plans.campaign(Plans.plan(100)).next(new CampaignEvent.Approve("ann"), START))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status()).isEqualTo(409))
                .hasMessageContaining("somebody else");
        assertThat(Plans.campaign(Plans.plan(100)).next(new CampaignEvent.Approve("bob"), START).next()
                .approvedBy())
                .isEqualTo("bob");
    }

    @Test
    void nothingStartsUnapproved() {
        assertThatThrownBy(() -> Plans.campaign(Plans.plan(100)).next(new CampaignEvent.Start("bob"), START))
                .isInstanceOf(Problem.class).hasMessageContaining("approved");
    }

    @Test
    void aReleaseThatHasExpiredNeitherStartsNorGoesOn() {
        Campaign approved = Plans.campaign(Plans.plan(100)).next(new CampaignEvent.Approve("bob"), START)
                .next();
        assertThatThrownBy(() -> approved.next(new CampaignEvent.Start("ann"), Plans.EXPIRES))
                .hasMessageContaining("expired");
        Campaign paused = tick(Plans.running(Plans.plan(100)), Plans.EXPIRES, tally(1, 0, 0, 0)).next();
        assertThat(paused.state()).isEqualTo(CampaignState.PAUSED);
        assertThat(paused.reason()).contains("expired");
    }

    @Test
    void theNextStageOpensAfterSuccessAndSoak() {
        Campaign running = Plans.running(Plans.plan(10, 100));
        Campaign soaking = tick(running, START, tally(1, 9, 0, 0)).next();
        assertThat(soaking.stage()).isZero();
        assertThat(soaking.stages().getFirst().text()).isEqualTo("soaking");
        assertThat(tick(soaking, START.plus(Duration.ofMinutes(29)), tally(1, 9, 0, 0)).next().stage())
                .isZero();
        assertThat(tick(soaking, SOAKED, tally(1, 9, 0, 0)).next().stage()).as("before the last look")
                .isZero();
        Campaign second = tick(looked(soaking, ""), SOAKED, tally(1, 9, 0, 0)).next();
        assertThat(second.stage()).isEqualTo(1);
        assertThat(second.stages().getFirst().text()).isEqualTo("passed");
        assertThat(second.stages().getLast().text()).isEqualTo("running");
    }

    @Test
    void devicesThatTheReleaseIsNotForDoNotCount() {
        Campaign soaking = tick(Plans.running(Plans.plan(10, 100)), START, tally(0, 1, 0, 9)).next();
        assertThat(soaking.stages().getFirst().reachedAt()).isEqualTo(START);
        Campaign empty = tick(Plans.running(Plans.plan(10, 100)), START, Tally.EMPTY).next();
        assertThat(empty.stages().getFirst().reachedAt()).isEqualTo(START);
    }

    @Test
    void tooManyFailuresPauseItOnceEnoughHaveFinished() {
        Campaign running = Plans.running(Plans.plan(100));
        assertThat(tick(running, START, tally(90, 2, 2, 0)).next().state()).isEqualTo(CampaignState.RUNNING);
        Campaign paused = tick(running, START, tally(90, 4, 1, 0)).next();
        assertThat(paused.state()).isEqualTo(CampaignState.PAUSED);
        assertThat(paused.reason()).contains("1 of 5 failed");
        // a stage smaller than the minimum is judged when all of it has finished
        assertThat(tick(running, START, tally(1, 0, 1, 0)).next().state()).isEqualTo(CampaignState.RUNNING);
        assertThat(tick(running, START, tally(0, 1, 1, 0)).next().state()).isEqualTo(CampaignState.PAUSED);
    }

    @Test
    void whatFollowsABadReleaseWasDecidedWithThePlan() {
        Tally bad = tally(90, 4, 1, 0);
        Campaign.Decision paused = tick(Plans.running(Plans.acting(Plan.Action.PAUSE)), START, bad);
        assertThat(paused.next().state()).isEqualTo(CampaignState.PAUSED);
        assertThat(paused.effects()).containsExactly(new CampaignEffect.Revert(false));
        Campaign.Decision aborted = tick(Plans.running(Plans.acting(Plan.Action.ABORT)), START, bad);
        assertThat(aborted.next().state()).isEqualTo(CampaignState.ABORTED);
        assertThat(aborted.effects()).contains(new CampaignEffect.Revert(false))
                .hasAtLeastOneElementOfType(CampaignEffect.Cancel.class);
        Campaign.Decision back = tick(Plans.running(Plans.acting(Plan.Action.ROLLBACK)), START, bad);
        assertThat(back.next().state()).isEqualTo(CampaignState.ABORTED);
        assertThat(back.effects()).endsWith(new CampaignEffect.Revert(true));
        Campaign.Decision suspected = Plans.running(Plans.acting(Plan.Action.ROLLBACK))
                .next(new CampaignEvent.Halt("incident I1"), START);
        assertThat(suspected.effects()).endsWith(new CampaignEffect.Revert(true));
        assertThat(suspected.next().reason()).isEqualTo("incident I1");
    }

    @Test
    void aReturnThatFailsWaitsForSomebody() {
        Campaign.Decision stopped = tick(Plans.running(Plans.revert()), START, tally(90, 4, 1, 0));
        assertThat(stopped.next().state()).isEqualTo(CampaignState.PAUSED);
        assertThat(stopped.effects()).isEmpty();
    }

    @Test
    void failuresThatSomebodyHasLookedAtPauseItNotAgain() {
        Campaign paused = tick(Plans.running(Plans.plan(100)), START, tally(90, 4, 1, 0)).next();
        Campaign resumed = paused.next(new CampaignEvent.Resume("ann", List.of(tally(90, 4, 1, 0))), START)
                .next();
        assertThat(tick(resumed, START, tally(89, 5, 1, 0)).next().state()).isEqualTo(CampaignState.RUNNING);
        assertThat(tick(resumed, START, tally(80, 10, 5, 0)).next().state()).isEqualTo(CampaignState.PAUSED);
    }

    @Test
    void aStageThatEndsBelowItsGateWaitsForSomebodyToResumeIt() {
        Campaign running = Plans.running(Plans.plan(10, 100));
        Campaign paused = tick(running, START, tally(0, 17, 3, 0)).next();
        assertThat(paused.state()).isEqualTo(CampaignState.PAUSED);
        assertThat(paused.reason()).contains("17 of 20");
        Campaign resumed = paused.next(new CampaignEvent.Resume("ann", List.of(tally(0, 17, 3, 0))), START)
                .next();
        assertThat(resumed.stage()).isEqualTo(1);
    }

    @Test
    void itFinishesWhenEveryDeviceHas() {
        Campaign running = Plans.running(Plans.plan(100));
        Campaign soaking = tick(running, START, tally(0, 10, 0, 0)).next();
        assertThat(soaking.state()).isEqualTo(CampaignState.RUNNING);
        assertThat(tick(looked(soaking, ""), SOAKED, tally(0, 10, 0, 0)).next().state())
                .isEqualTo(CampaignState.FINISHED);
        assertThat(tick(soaking, SOAKED, tally(1, 10, 0, 0)).next().state()).isEqualTo(CampaignState.RUNNING);
    }

    @Test
    void theRateIsSpreadOverTheMinute() {
        Plan plan = Plans.plan(100);
        Plan slow = new Plan(plan.stages(), plan.gate(), null, new Plan.Rate(120, 0), plan.mode(),
                plan.retry(),
                null,
                null, false);
        Campaign running = Plans.running(slow);
        assertThat(offers(running, 0)).isEqualTo(2);
        assertThat(offers(running, 119)).isEqualTo(1);
        assertThat(offers(running, 120)).isZero();
        assertThat(offers(Plans.running(plan), 0)).isEqualTo(Campaign.OFFERS_MAX);
    }

    @Test
    void aStageThatWaitsForAPersonIsOpenedByResumeOrAdvance() {
        Plan plan = Plans.plan(10, 100);
        Campaign running = Plans.running(new Plan(
                List.of(Plan.Stage.of(10), new Plan.Stage(100.0, null, null, Plan.Start.MANUAL)), plan.gate(),
                null, plan.rate(), plan.mode(), plan.retry(), null, null, false));
        Campaign soaking = tick(running, START, tally(0, 10, 0, 0)).next();
        Campaign paused = tick(looked(soaking, ""), SOAKED, tally(0, 10, 0, 0)).next();
        assertThat(paused.state()).isEqualTo(CampaignState.PAUSED);
        assertThat(paused.reason()).contains("stage 2 waits for a person");
        assertThat(paused.stages().getLast().text()).isEqualTo("waiting");
        for (CampaignEvent event : new CampaignEvent[]{new CampaignEvent.Advance("ann"),
                new CampaignEvent.Resume("ann", List.of(tally(0, 10, 0, 0)))}) {
            Campaign opened = paused.next(event, SOAKED).next();
            assertThat(opened.state()).isEqualTo(CampaignState.RUNNING);
            assertThat(opened.stages().getLast().openedAt()).isEqualTo(SOAKED);
        }
        Campaign hurried = running.next(new CampaignEvent.Advance("ann"), START).next();
        assertThat(hurried.stage()).isEqualTo(1);
        assertThat(hurried.stages().getFirst().text()).isEqualTo("passed");
    }

    @Test
    void anAbortIsForcedLaterToo() {
        Campaign aborted = Plans.running(Plans.plan(100)).next(new CampaignEvent.Abort("ann", ""), START)
                .next();
        Campaign.Decision forced = aborted.next(new CampaignEvent.Abort("ann", "enough", true), START);
        assertThat(forced.next()).isEqualTo(aborted);
        assertThat(forced.effects()).containsExactly(new CampaignEffect.Cancel("enough", true));
        assertThatThrownBy(() -> aborted.next(new CampaignEvent.Abort("ann", ""), START))
                .isInstanceOf(Problem.class);
    }

    @Test
    void anEndedCampaignStaysAsItIs() {
        Campaign aborted = Plans.running(Plans.plan(100)).next(new CampaignEvent.Abort("ann", ""), START)
                .next();
        assertThat(aborted.reason()).isEqualTo("aborted by ann");
        assertThat(tick(aborted, START, tally(5, 0, 0, 0)).next()).isEqualTo(aborted);
        assertThatThrownBy(() -> aborted.next(new CampaignEvent.Resume("ann", List.of()), START))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aStageWhoseDevicesDoWorseStopsItAndIsPassedOnlyByAPerson() {
        Campaign soaking = tick(Plans.running(Plans.plan(10, 100)), START, tally(1, 9, 0, 0)).next();
        Campaign stopped = looked(soaking, "JAM on 9 of 9");
        assertThat(stopped.state()).isEqualTo(CampaignState.PAUSED);
        assertThat(stopped.reason()).isEqualTo("JAM on 9 of 9");
        assertThat(looked(stopped, "told again")).isEqualTo(stopped);
        Campaign resumed = stopped.next(new CampaignEvent.Resume("ann", List.of(tally(1, 9, 0, 0))), SOAKED)
                .next();
        assertThat(tick(resumed, SOAKED, tally(1, 9, 0, 0)).next().stage()).isEqualTo(1);
    }

    @Test
    void aLookAtAnEarlierSoakCountsForNothing() {
        Campaign soaking = tick(Plans.running(Plans.plan(10, 100)), START, tally(1, 9, 0, 0)).next();
        CampaignEvent late = new CampaignEvent.Looked(0, START.minusSeconds(60), true, "JAM on 9 of 9");
        assertThat(soaking.next(late, SOAKED).next()).isEqualTo(soaking);
    }

    private static Campaign looked(Campaign soaking, String worse) {
        return soaking.next(new CampaignEvent.Looked(0, START, true, worse), SOAKED).next();
    }

    private static int offers(Campaign campaign, int lastMinute) {
        return campaign.next(new Tick(List.of(tally(1000, 0, 0, 0)), lastMinute), START).effects().stream()
                .mapToInt(effect -> effect instanceof CampaignEffect.Offer offer ? offer.max() : 0).sum();
    }

    private static Campaign.Decision tick(Campaign campaign, Instant now, Tally first) {
        return campaign.next(new Tick(List.of(first), 0), now);
    }

    private static Tally tally(int open, int success, int failure, int none) {
        return new Tally(open, success, failure, none);
    }
}
