package io.aftercare.ota.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.ota.campaign.Plans;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.deployment.DeploymentEffect.Installed;
import io.aftercare.ota.deployment.DeploymentEffect.NotInstalled;
import io.aftercare.ota.deployment.DeploymentEffect.SendOffer;
import io.aftercare.ota.deployment.DeploymentEvent.Facts;
import io.aftercare.ota.deployment.DeploymentEvent.Overdue;
import io.aftercare.ota.deployment.DeploymentEvent.Reported;
import io.aftercare.ota.deployment.DeploymentEvent.Runs;
import io.aftercare.ota.deployment.DeploymentEvent.Turn;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final Instant NOW = Plans.START;
    private static final Terms TERMS = Plans.terms(Plans.plan(100));

    @Test
    void aDeviceWhoseTurnItIsIsOffered() {
        Deployment.Decision decision = turn("2.3.0", "B1", false);
        assertThat(decision.next().state()).isEqualTo(DeploymentState.OFFERED);
        assertThat(decision.next().attempts()).isEqualTo(1);
        assertThat(decision.effects()).contains(new SendOffer());
    }

    @Test
    void aDeviceThatTheReleaseIsNotForIsSkippedWithTheReason() {
        assertThat(skipped("2.4.0", "B1")).contains("already");
        assertThat(skipped("2.10.0", "B1")).contains("newer");
        assertThat(skipped("1.9.0", "B1")).contains("2.0.0 first");
        assertThat(skipped("2.3.0", "A1")).contains("hardware A1");
        assertThat(
                pending().next(new Turn(new Facts(false, false, false, "", "", "", null)), TERMS, NOW).next()
                        .error())
                .contains("deleted");
    }

    @Test
    void whatIsNotKnownOfADeviceIsNoObstacle() {
        assertThat(turn("", "", false).next().state()).isEqualTo(DeploymentState.OFFERED);
    }

    @Test
    void twoCampaignsNeverWorkOnOneDevice() {
        Deployment busy = turn("2.3.0", "B1", true).next();
        assertThat(busy.state()).isEqualTo(DeploymentState.PENDING);
        assertThat(busy.dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void itIsConfirmedWhenTheDeviceSaysSoAndReportsTheVersion() {
        Deployment rebooting = after(offered(), DeploymentState.REBOOTING, "2.3.0");
        Deployment ran = rebooting.next(new Runs("2.4.0"), TERMS, NOW).next();
        assertThat(ran.isOpen()).isTrue();
        Deployment.Decision end = ran.next(new Reported(DeploymentState.CONFIRMED, 100, "", "2.4.0"), TERMS,
                NOW);
        assertThat(end.next().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.effects()).contains(new Installed());

        Deployment said = after(rebooting, DeploymentState.CONFIRMED, "2.3.0");
        assertThat(said.state()).isEqualTo(DeploymentState.REBOOTING);
        assertThat(said.next(new Runs("2.4.0"), TERMS, NOW).next().state())
                .isEqualTo(DeploymentState.CONFIRMED);
    }

    @Test
    void confirmedIsNotBelievedOfADeviceThatRunsTheOldVersion() {
        Deployment said = after(offered(), DeploymentState.CONFIRMED, "2.3.0");
        Instant later = NOW.plus(Duration.ofMinutes(6));
        Deployment again = said.next(new Overdue("2.3.0"), TERMS, later).next();
        assertThat(again.state()).isEqualTo(DeploymentState.PENDING);
        assertThat(again.error()).contains("still reports version 2.3.0");
    }

    @Test
    void aDeviceThatRunsTheVersionAndSaysNothingIsConfirmedAfterAWhile() {
        Deployment ran = after(offered(), DeploymentState.REBOOTING, "2.3.0")
                .next(new Runs("2.4.0"), TERMS, NOW).next();
        assertThat(ran.next(new Overdue("2.4.0"), TERMS, NOW.plus(Duration.ofMinutes(4))).next().isOpen())
                .isTrue();
        assertThat(ran.next(new Overdue("2.4.0"), TERMS, NOW.plus(Duration.ofMinutes(5))).next().state())
                .isEqualTo(DeploymentState.CONFIRMED);
    }

    @Test
    void aPassingFailureIsTriedAgainWithGrowingWaits() {
        Deployment first = failed(offered(), "connection reset");
        assertThat(first.state()).isEqualTo(DeploymentState.PENDING);
        Duration wait = Duration.between(NOW, first.dueAt());
        assertThat(wait).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        Deployment second = failed(first.next(new Turn(facts("2.3.0", "B1", false)), TERMS, NOW).next(),
                "reset");
        assertThat(Duration.between(NOW, second.dueAt())).isBetween(Duration.ofMinutes(2),
                Duration.ofMinutes(3));
        Deployment.Decision third = second.next(new Turn(facts("2.3.0", "B1", false)), TERMS, NOW).next()
                .next(new Reported(DeploymentState.FAILED, 0, "reset", "2.3.0"), TERMS, NOW);
        assertThat(third.next().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(third.effects()).contains(new NotInstalled("reset"));
    }

    @Test
    void aFailureToldTwiceCountsOnce() {
        Deployment first = failed(offered(), "connection reset");
        assertThat(failed(first, "connection reset")).isEqualTo(first);
    }

    @Test
    void aRefusalForSafetyIsNotTriedAgain() {
        for (String error : new String[]{"refused, rollback: counter 3 is below this device's 9",
                "refused, freeze: the manifest expired at …", "refused, arbitrary software: wrong signature",
                "refused, incompatible hardware: …"}) {
            assertThat(failed(offered(), error).outcome()).as(error).isEqualTo(Outcome.FAILURE);
        }
        assertThat(failed(offered(), "refused, slow retrieval: 3 B/s").isOpen()).isTrue();
        assertThat(failed(offered(), "encountered a read error").isOpen()).isTrue();
    }

    @Test
    void aRollBackIsFinal() {
        Deployment back = after(offered(), DeploymentState.ROLLED_BACK, "2.3.0");
        assertThat(back.outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void aLateReportNeverMovesItBack() {
        Deployment installing = after(offered(), DeploymentState.INSTALLING, "2.3.0");
        assertThat(after(installing, DeploymentState.DOWNLOADING, "2.3.0")).isEqualTo(installing);
    }

    @Test
    void aDownloadIsAllThatIsAskedWhereThePlanSaysSo() {
        Plan plan = Plans.plan(100);
        Terms hold = Plans
                .terms(new Plan(plan.stages(), plan.gate(), null, plan.rate(), Plan.Mode.DOWNLOAD_ONLY,
                        plan.retry(), null, null, false));
        Deployment held = offered()
                .next(new Reported(DeploymentState.DOWNLOADED, 100, "", "2.3.0"), hold, NOW).next();
        assertThat(held.state()).isEqualTo(DeploymentState.DOWNLOADED);
        assertThat(held.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aDeviceReturnsOnlyAsFarAsTheReleaseThatItRunsAllows() {
        assertThat(returning("2.5.0", 240L, false).state()).isEqualTo(DeploymentState.OFFERED);
        assertThat(returning("2.5.0", 1L, false).state()).isEqualTo(DeploymentState.OFFERED);
        assertThat(returning("2.5.0", 241L, false).error()).contains("allows no return to 2.4.0");
        assertThat(returning("2.5.0", null, false).error()).contains("allows no return to 2.4.0");
        assertThat(returning("2.3.0", 1L, false).error()).contains("not newer");
        assertThat(returning("2.4.0", 1L, false).error()).contains("already");
    }

    @Test
    void aReturnWaitsForTheUpdateThatIsAtWork() {
        Deployment waiting = returning("2.4.0", null, true);
        assertThat(waiting.state()).isEqualTo(DeploymentState.PENDING);
        assertThat(waiting.dueAt()).isAfter(NOW);
    }

    private static Deployment returning(String firmware, @Nullable Long revertTo, boolean busy) {
        Facts facts = new Facts(true, true, busy, firmware, "B1", "", revertTo);
        return pending().next(new Turn(facts), Plans.terms(Plans.revert()), NOW).next();
    }

    @Test
    void aReportNeverMovesADeviceBackAndAnImpossibleOneChangesNothing() {
        for (DeploymentState state : DeploymentState.values()) {
            for (Outcome outcome : new @Nullable Outcome[]{null, Outcome.SUCCESS, Outcome.FAILURE,
                    Outcome.NONE}) {
                if (state.isOpen() != (outcome == null)) {
                    continue;
                }
                for (int attempts = 0; attempts <= 3; attempts++) {
                    Deployment before = new Deployment(state, outcome, attempts, 0, false, false, "", NOW,
                            NOW);
                    for (DeploymentState reported : DeploymentState.values()) {
                        for (String firmware : new String[]{"2.3.0", "2.4.0"}) {
                            check(before, reported, firmware);
                        }
                    }
                }
            }
        }
    }

    private static void check(Deployment before, DeploymentState reported, String firmware) {
        Deployment.Decision decision = before.next(new Reported(reported, 7, "network: lost", firmware),
                TERMS,
                NOW.plusSeconds(1));
        Deployment after = decision.next();
        Reception reception = before.receive(reported);
        String what = before + " hears " + reported + " and is " + after;
        if (before.attempts() == 0) {
            assertThat(reception).as(what).isEqualTo(Reception.IMPOSSIBLE);
        }
        if (reception == Reception.IMPOSSIBLE || reception == Reception.LATE || !reported.isReported()) {
            assertThat(after).as(what).isEqualTo(before);
            assertThat(decision.effects()).as(what).isEmpty();
        }
        if (!before.isOpen()) {
            assertThat(after).as(what).isEqualTo(before);
        }
        // every step is one that the table allows, and the last one is where it ends up
        DeploymentState state = before.state();
        for (DeploymentEffect effect : decision.effects()) {
            if (effect instanceof DeploymentEffect.Moved moved) {
                assertThat(state.next()).as(what).contains(moved.state());
                state = moved.state();
            }
        }
        assertThat(after.state()).as(what).isEqualTo(state);
        Deployment again = after.next(new Reported(reported, 7, "network: lost", firmware), TERMS,
                NOW.plusSeconds(2)).next();
        assertThat(again.state()).as("said twice: " + what).isEqualTo(after.state());
        assertThat(again.attempts()).isEqualTo(after.attempts());
    }

    private static Deployment pending() {
        return Deployment.pending(NOW);
    }

    private static Deployment offered() {
        return turn("2.3.0", "B1", false).next();
    }

    private static Deployment.Decision turn(String firmware, String hardware, boolean busy) {
        return pending().next(new Turn(facts(firmware, hardware, busy)), TERMS, NOW);
    }

    private static String skipped(String firmware, String hardware) {
        Deployment next = turn(firmware, hardware, false).next();
        assertThat(next.state()).isEqualTo(DeploymentState.SKIPPED);
        return next.error();
    }

    private static Facts facts(String firmware, String hardware, boolean busy) {
        return new Facts(true, true, busy, firmware, hardware, "", null);
    }

    private static Deployment after(Deployment deployment, DeploymentState reported, String firmware) {
        return deployment.next(new Reported(reported, 0, "", firmware), TERMS, NOW).next();
    }

    private static Deployment failed(Deployment deployment, String error) {
        return deployment.next(new Reported(DeploymentState.FAILED, 0, error, "2.3.0"), TERMS, NOW).next();
    }
}
