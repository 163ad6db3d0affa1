package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetActionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SOAK = Duration.ofMinutes(5);
    private static final FleetPlan.Gate GATE = new FleetPlan.Gate(0.9, 0.2, 3, SOAK, true,
            FleetPlan.Stop.PAUSE);

    private static FleetPlan plan(FleetPlan.Gate gate, FleetPlan.Stage... stages) {
        return new FleetPlan(List.of(stages), gate, null, 600, Duration.ofHours(1));
    }

    private static FleetPlan.Stage drawn(double percent) {
        return new FleetPlan.Stage(percent, null, false);
    }

    private static FleetPlan.Stage manual(double percent) {
        return new FleetPlan.Stage(percent, null, true);
    }

    private static FleetAction running(FleetPlan plan) {
        return FleetAction.made("f1", "ann", plan, false, NOW, NOW.plus(Duration.ofDays(1)));
    }

    private static FleetAction requested() {
        return FleetAction.made("f1", "ann", plan(GATE, drawn(100)), true, NOW, NOW.plus(Duration.ofDays(1)));
    }

    private static FleetAction.Decision tick(FleetAction action, Instant now, Tally... tallies) {
        return action.next(new FleetEvent.Tick(List.of(tallies), 0), now);
    }

    private static Tally open(int n) {
        return new Tally(n, 0, 0, 0);
    }

    @Test
    void whoeverAskedCannotApprove() {
        FleetAction asked = requested();
        assertThat(asked.state()).isEqualTo(FleetActionState.AWAITING_APPROVAL);
        assertThat(tick(asked, NOW, open(5)).effects()).as("nothing begins before").isEmpty();
        assertThatThrownBy(() -> asked.next(new FleetEvent.Approve("ann"), NOW)).isInstanceOf(Problem.class)
                .hasMessageContaining("another person");
        FleetAction approved = asked.next(new FleetEvent.Approve("ben"), NOW).next();
        assertThat(approved.state()).isEqualTo(FleetActionState.RUNNING);
        assertThat(approved.decidedBy()).isEqualTo("ben");
        assertThat(tick(approved, NOW, open(5)).effects()).containsExactly(new FleetEffect.Ask(0, 10));
    }

    @Test
    void whatNobodyApprovesInTimeExpires() {
        FleetAction.Decision late = tick(requested(), NOW.plus(Duration.ofDays(1)), open(5));
        assertThat(late.next().state()).isEqualTo(FleetActionState.EXPIRED);
        assertThatThrownBy(
                () -> requested().next(new FleetEvent.Approve("ben"), NOW.plus(Duration.ofDays(2))))
                .hasMessageContaining("ask anew");
    }

    @Test
    void theNextStageOpensWhenThisOneHasDoneWellForTheSoak() {
        FleetAction first = running(plan(GATE, drawn(10), drawn(100)));
        FleetAction reached = tick(first, NOW, new Tally(1, 9, 0, 0), open(90)).next();
        assertThat(reached.stage()).isZero();
        assertThat(reached.stages().getFirst().reachedAt()).isEqualTo(NOW);
        assertThat(
                tick(reached, NOW.plus(SOAK).minusSeconds(1), new Tally(0, 10, 0, 0), open(90)).next()
                        .stage())
                .isZero();
        FleetAction second = tick(reached, NOW.plus(SOAK), new Tally(0, 10, 0, 0), open(90)).next();
        assertThat(second.stage()).isEqualTo(1);
        assertThat(second.state()).isEqualTo(FleetActionState.RUNNING);
    }

    @Test
    void aStageThatTurnsBadWhileItIsWatchedBeginsItsSoakAnew() {
        FleetAction reached = tick(running(plan(GATE, drawn(10), drawn(100))), NOW, new Tally(0, 20, 0, 0),
                open(90))
                .next();
        Instant later = NOW.plusSeconds(60);
        FleetAction bad = tick(reached, later, new Tally(3, 17, 3, 0), open(90)).next();
        assertThat(bad.stages().getFirst().reachedAt()).isNull();
        assertThat(tick(bad, later, new Tally(0, 27, 3, 0), open(90)).next().stages().getFirst().reachedAt())
                .isEqualTo(later);
    }

    @Test
    void tooManyFailuresPauseAndAResumeForgivesThem() {
        FleetAction first = running(plan(GATE, drawn(50), drawn(100)));
        assertThat(tick(first, NOW, new Tally(8, 0, 2, 0), open(10)).next().state())
                .as("fewer than the minimum have ended").isEqualTo(FleetActionState.RUNNING);
        FleetAction paused = tick(first, NOW, new Tally(7, 1, 2, 0), open(10)).next();
        assertThat(paused.state()).isEqualTo(FleetActionState.PAUSED);
        assertThat(paused.reason()).isEqualTo("stage 1: 2 of 3 failed, the gate allows less than 20 %");
        FleetAction resumed = paused
                .next(new FleetEvent.Resume(List.of(new Tally(7, 1, 2, 0), open(10))), NOW).next();
        assertThat(tick(resumed, NOW, new Tally(6, 2, 2, 0), open(10)).next().state())
                .isEqualTo(FleetActionState.RUNNING);
    }

    @Test
    void aFailedCanaryStopsItThoughItIsFewerThanTheMinimum() {
        FleetPlan plan = plan(new FleetPlan.Gate(0.9, 0.2, 3, SOAK, true, FleetPlan.Stop.ABORT),
                FleetPlan.Stage.CANARIES, drawn(100));
        FleetAction.Decision stopped = tick(running(plan), NOW, new Tally(0, 0, 1, 0), open(99));
        assertThat(stopped.next().state()).isEqualTo(FleetActionState.ABORTED);
        assertThat(stopped.effects()).containsExactly(
                new FleetEffect.Drop(TurnEvent.CANCEL,
                        "stage 1: 1 of 1 failed, the gate allows less than 20 %"));
    }

    @Test
    void canariesThatWereAllAwayProveNothing() {
        FleetAction paused = tick(running(plan(GATE, FleetPlan.Stage.CANARIES, drawn(100))), NOW,
                new Tally(0, 0, 0, 3), open(97)).next();
        assertThat(paused.state()).isEqualTo(FleetActionState.PAUSED);
        assertThat(paused.reason()).contains("none of its 3 devices having done it");
        FleetAction anyway = paused.next(new FleetEvent.Resume(List.of(new Tally(0, 0, 0, 3), open(97))), NOW)
                .next();
        assertThat(anyway.stage()).as("a person may go on all the same").isEqualTo(1);
    }

    @Test
    void aStageThatHoldsNobodyMoreIsPassed() {
        FleetAction first = running(plan(GATE, drawn(1), drawn(2), drawn(100)));
        FleetAction soaked = tick(tick(first, NOW, new Tally(0, 1, 0, 0), Tally.EMPTY, open(4)).next(),
                NOW.plus(SOAK), new Tally(0, 1, 0, 0), Tally.EMPTY, open(4)).next();
        assertThat(soaked.stage()).isEqualTo(1);
        assertThat(tick(soaked, NOW.plus(SOAK), new Tally(0, 1, 0, 0), Tally.EMPTY, open(4)).next().stage())
                .isEqualTo(2);
    }

    @Test
    void aManualStageWaitsForAPerson() {
        FleetAction first = running(plan(GATE, drawn(10), manual(100)));
        Tally done = new Tally(0, 10, 0, 0);
        FleetAction waiting = tick(tick(first, NOW, done, open(90)).next(), NOW.plus(SOAK), done, open(90))
                .next();
        assertThat(waiting.state()).isEqualTo(FleetActionState.PAUSED);
        assertThat(waiting.reason()).isEqualTo("stage 1 has passed; stage 2 waits for a person to open it");
        FleetAction opened = waiting.next(new FleetEvent.Advance(), NOW.plus(SOAK)).next();
        assertThat(opened.state()).isEqualTo(FleetActionState.RUNNING);
        assertThat(opened.stages().get(1).openedAt()).isEqualTo(NOW.plus(SOAK));
    }

    @Test
    void itIsFinishedWhenAllHaveEndedAndTheLastSoakIsOver() {
        FleetAction only = running(plan(GATE, drawn(100)));
        Tally done = new Tally(0, 9, 1, 5);
        FleetAction soaking = tick(only, NOW, done).next();
        assertThat(soaking.state()).isEqualTo(FleetActionState.RUNNING);
        FleetAction passed = tick(soaking, NOW.plus(SOAK), done).next();
        assertThat(tick(passed, NOW.plus(SOAK), done).next().state()).isEqualTo(FleetActionState.FINISHED);
    }

    @Test
    void atTheDeadlineWhoWasNotReachedIsLeftOut() {
        Instant deadline = NOW.plus(Duration.ofDays(1));
        FleetAction.Decision late = tick(running(plan(GATE, drawn(100))), deadline, new Tally(3, 7, 0, 0));
        assertThat(late.next().state()).isEqualTo(FleetActionState.FINISHED);
        assertThat(late.effects())
                .containsExactly(new FleetEffect.Drop(TurnEvent.MISS, "not reached before " + deadline));
    }

    @Test
    void theRateIsSpreadOverTheMinute() {
        FleetPlan slow = new FleetPlan(List.of(drawn(100)), GATE, null, 90, Duration.ofHours(1));
        FleetAction action = running(slow);
        assertThat(action.next(new FleetEvent.Tick(List.of(open(500)), 0), NOW).effects())
                .containsExactly(new FleetEffect.Ask(0, 2));
        assertThat(action.next(new FleetEvent.Tick(List.of(open(500)), 89), NOW).effects())
                .containsExactly(new FleetEffect.Ask(0, 1));
        assertThat(action.next(new FleetEvent.Tick(List.of(open(500)), 90), NOW).effects()).isEmpty();
    }

    @Test
    void whatIsOverTakesNothingMore() {
        FleetAction aborted = running(plan(GATE, drawn(100))).next(new FleetEvent.Abort("ann", "wrong"), NOW)
                .next();
        assertThat(aborted.reason()).isEqualTo("aborted by ann: wrong");
        for (FleetEvent event : List.of(new FleetEvent.Approve("ben"), new FleetEvent.Pause("ann", ""),
                new FleetEvent.Resume(List.of()), new FleetEvent.Advance(), new FleetEvent.Abort("ann", ""),
                new FleetEvent.Reject("ben", "no"))) {
            assertThatThrownBy(() -> aborted.next(event, NOW)).as(event.toString())
                    .isInstanceOf(Problem.class);
        }
        assertThat(tick(aborted, NOW, open(5))).isEqualTo(new FleetAction.Decision(aborted, List.of()));
    }
}
