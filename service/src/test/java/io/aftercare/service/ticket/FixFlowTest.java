package io.aftercare.service.ticket;

import static io.aftercare.service.ticket.Samples.ANN;
import static io.aftercare.service.ticket.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.FixInstalled;
import io.aftercare.service.ticket.TicketEvent.FixMissing;
import io.aftercare.service.ticket.TicketEvent.FixScheduled;
import io.aftercare.service.ticket.TicketEvent.RaisedAgain;
import io.aftercare.service.ticket.TicketEvent.Soaked;
import io.aftercare.service.ticket.TicketEvent.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixFlowTest {
    /// `-Dsimulation.seeds=30000` walks further.
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2000);
    private static final FixMessage FIRST = message("C3", 1);
    private static final FixScheduled SCHEDULED = new FixScheduled(FIRST);
    private static final FixInstalled INSTALLED = new FixInstalled(message("C3", 2), minute(10),
            Duration.ofMinutes(30));
    private static final Proof PROOF = new Proof(minute(10), minute(41), 3, 0, List.of(new Proof.Measured(
            "fuser_temp", new Numbers(214.5, 190, 231, 60), new Numbers(171.25, 165, 190.5, 180))));
    private static final Soaked PASSED = new Soaked(
            new Soak.Passed("Fixed by firmware 2.4.1", "quiet", minute(10), null).with(PROOF));

    private static Instant minute(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }

    private static FixMessage message(String campaign, int n) {
        return new FixMessage("R9", "2.4.1", campaign, 2, 3, n);
    }

    private static Outcome.Done done(Ticket ticket, TicketEvent event, Instant now) {
        return (Outcome.Done) TicketFlow.next(ticket, event, Actor.SYSTEM, now);
    }

    private static Ticket after(Ticket ticket, TicketEvent event, Instant now) {
        return done(ticket, event, now).ticket();
    }

    private static Ticket moved(Ticket ticket, TicketState to) {
        return ((Outcome.Done) TicketFlow.next(ticket, new Transition(to, "why", "worn", "test"), ANN, T0))
                .ticket();
    }

    private static Ticket watched() {
        return after(after(Samples.ofFault(), SCHEDULED, minute(1)), INSTALLED, minute(11));
    }

    private static Fix fix(Ticket ticket) {
        return Objects.requireNonNull(ticket.fix());
    }

    private static Dispatch dispatch(Ticket ticket) {
        return Objects.requireNonNull(ticket.dispatch());
    }

    private static RaisedAgain raised(Instant at) {
        return new RaisedAgain("F1", "FUSER_OVERHEAT", at, Json.object().put("fuser_temp", 220));
    }

    private static FixMissing missing(FixMessage message, boolean withheld) {
        return new FixMissing(message, withheld, "no space");
    }

    @Test
    void aFixGoesFromScheduledThroughTheSoakToResolvedByItselfWithTheNumbers() {
        Outcome.Done scheduled = done(Samples.ofFault(), SCHEDULED, minute(1));
        assertThat(scheduled.ticket().state()).isEqualTo(TicketState.FIX_SCHEDULED);
        assertThat(scheduled.notes().getFirst().text())
                .isEqualTo("Firmware 2.4.1 is on its way by campaign C3, stage 2 of 3");
        Ticket watched = after(scheduled.ticket(), INSTALLED, minute(11));
        assertThat(fix(watched).soakUntil()).isEqualTo(minute(41));
        assertThat(fix(watched).stage()).isEqualTo(2);
        Ticket solved = after(watched, PASSED, minute(41));
        assertThat(solved.state()).isEqualTo(TicketState.RESOLVED);
        assertThat(solved.progress().rootCause()).isEqualTo("Fixed by firmware 2.4.1");
        assertThat(solved.progress().verification())
                .isEqualTo("quiet. The fault was raised 3 times before and "
                        + "0 times since, over PT31M; fuser_temp 214.5 (190.0 to 231.0) before, 171.3 (165.0 to 190.5) after");
        assertThat(fix(solved).state()).isEqualTo(Fix.State.PROVEN);
        assertThat(moved(solved, TicketState.CLOSED).state()).isEqualTo(TicketState.CLOSED);
    }

    @Test
    void aFaultThatComesBackDuringTheSoakReopensTheCaseForDispatch() {
        Ticket back = after(watched(), raised(minute(20)), minute(20));
        assertThat(back.state()).isEqualTo(TicketState.REOPENED);
        assertThat(fix(back).state()).isEqualTo(Fix.State.BROKEN);
        assertThat(dispatch(back).since()).isEqualTo(minute(20));
        assertThat(dispatch(back).why())
                .contains("Firmware 2.4.1 (release R9, campaign C3) was installed at "
                        + minute(10))
                .contains("came back");
        assertThat(after(back, PASSED, minute(41))).isEqualTo(back);
        assertThat(moved(back, TicketState.IN_PROGRESS).dispatch()).as("a person has taken it up").isNull();
    }

    @Test
    void aFaultThatComesBackAfterTheSoakReopensTheCaseForDispatchWithItsHistory() {
        Ticket solved = after(watched(), PASSED, minute(41));
        Ticket back = after(solved, raised(minute(90)), minute(90));
        assertThat(back.state()).isEqualTo(TicketState.REOPENED);
        assertThat(dispatch(back).why()).contains("the case was resolved at " + minute(41));
        Ticket again = after(back, new FixScheduled(message("C4", 1)), minute(95));
        assertThat(again.dispatch()).as("another firmware is on its way").isNull();
        assertThat(after(again, missing(message("C4", 2), false), minute(96)).state())
                .isEqualTo(TicketState.REOPENED);
    }

    @Test
    void aFaultOfBeforeTheInstallationThatIsToldLateDoesNotSpoilTheSoak() {
        assertThat(after(watched(), raised(minute(9)), minute(20)).state())
                .isEqualTo(TicketState.FIX_SCHEDULED);
    }

    @Test
    void aFixThatFailsOrIsWithheldPutsTheCaseBackWhereItStoodWithTheReason() {
        for (boolean withheld : new boolean[]{true, false}) {
            for (TicketState stood : List.of(TicketState.ASSESSED, TicketState.IN_PROGRESS,
                    TicketState.WAITING_CUSTOMER, TicketState.WAITING_PARTS)) {
                Ticket scheduled = after(moved(Samples.ofFault(), stood), SCHEDULED, minute(1));
                Outcome.Done back = done(scheduled, missing(message("C3", 2), withheld), minute(2));
                assertThat(back.ticket().state()).isEqualTo(stood);
                assertThat(fix(back.ticket()).reason()).isEqualTo("no space");
                assertThat(back.notes()).extracting(Note::text).allMatch(text -> text.contains("no space"));
                assertThat(after(back.ticket(), new FixScheduled(message("C3", 3)), minute(3)).state())
                        .isEqualTo(TicketState.FIX_SCHEDULED);
            }
        }
        assertThat(after(after(Samples.ofFault(), SCHEDULED, minute(1)), missing(message("C3", 2), false),
                minute(2)).state()).as("its fault is known").isEqualTo(TicketState.ASSESSED);
    }

    @Test
    void anotherCampaignsFailureChangesNothingAndAWatchIsNotCutShortByAnotherFix() {
        Ticket scheduled = after(Samples.ofFault(), SCHEDULED, minute(1));
        assertThat(after(scheduled, missing(message("C9", 1), false), minute(2)).state())
                .isEqualTo(TicketState.FIX_SCHEDULED);
        Ticket second = after(watched(), new FixScheduled(message("C9", 1)), minute(12));
        Ticket withheld = after(second, missing(message("C9", 2), true), minute(13));
        assertThat(withheld.state()).isEqualTo(TicketState.FIX_SCHEDULED);
        assertThat(after(withheld, PASSED, minute(41)).state()).isEqualTo(TicketState.RESOLVED);
    }

    @Test
    void aDeviceThatReturnsToAnOlderVersionDuringTheSoakPutsTheCaseBack() {
        assertThat(after(watched(), missing(message("C3", 3), false), minute(20)).state())
                .isEqualTo(TicketState.ASSESSED);
    }

    @Test
    void whatIsToldTwiceHappensOnce() {
        Ticket scheduled = after(Samples.ofFault(), SCHEDULED, minute(1));
        Outcome.Done twice = done(scheduled, SCHEDULED, minute(2));
        assertThat(twice.ticket()).isEqualTo(scheduled);
        assertThat(twice.notes()).isEmpty();
        assertThat(done(watched(), INSTALLED, minute(30)).ticket()).isEqualTo(watched());
    }

    /// What a campaign tells of one device is numbered; whichever order it comes in, and however often, the last word counts.
    @Test
    void theLastWordCountsInWhateverOrderMessagesCome() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<TicketEvent> told = new ArrayList<>();
            boolean scheduled = false;
            int length = 1 + random.nextInt(6);
            for (int n = 1; n <= length; n++) {
                boolean last = n == length;
                if (!scheduled) {
                    told.add(new FixScheduled(message("C3", n)));
                } else if (last && random.nextBoolean()) {
                    told.add(new FixInstalled(message("C3", n), minute(10), Duration.ofMinutes(30)));
                } else {
                    told.add(missing(message("C3", n), !last));
                }
                scheduled = !scheduled;
            }
            List<TicketEvent> shuffled = new ArrayList<>(told);
            shuffled.addAll(told.subList(0, random.nextInt(told.size() + 1)));
            Collections.shuffle(shuffled, random);
            Ticket inOrder = play(told);
            Ticket inDisorder = play(shuffled);
            assertThat(fix(inDisorder).state()).as("seed " + seed).isEqualTo(fix(inOrder).state());
            assertThat(inDisorder.state() == TicketState.FIX_SCHEDULED).as("seed " + seed)
                    .isEqualTo(fix(inOrder).isActive());
            assertThat(inOrder.state() == TicketState.FIX_SCHEDULED).as("seed " + seed)
                    .isEqualTo(fix(inOrder).isActive());
        }
    }

    private static Ticket play(List<TicketEvent> events) {
        Ticket ticket = Samples.ofFault();
        for (TicketEvent event : events) {
            ticket = after(ticket, event, minute(11));
        }
        return ticket;
    }
}
