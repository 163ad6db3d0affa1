package io.aftercare.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.calendar.Calendar;
import io.aftercare.service.sla.ClockEvent.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceClockTest {
    private static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");

    private static ServiceClock clock() {
        return ServiceClock.start(ClockType.RESOLUTION, "p", Calendar.ALWAYS, Duration.ofHours(10), T0);
    }

    private static Instant hour(int hours) {
        return T0.plus(Duration.ofHours(hours));
    }

    @Test
    void aPauseMovesTheDueTimeByItsLength() {
        ServiceClock paused = clock().pause(hour(4));
        assertThat(paused.due()).isEmpty();
        assertThat(paused.state()).isEqualTo(ClockState.PAUSED);
        assertThat(paused.counted(hour(90))).isEqualTo(Duration.ofHours(4));
        assertThat(paused.resume(hour(24)).due()).contains(hour(30));
    }

    @Test
    void aStopInTimeMeetsAndExactlyAtTheDueTimeStillDoes() {
        assertThat(clock().stop(hour(10)).state()).isEqualTo(ClockState.MET);
        assertThat(clock().stop(hour(10).plusNanos(1000)).state()).isEqualTo(ClockState.BREACHED);
    }

    @Test
    void aBreachIsNotedOnceAtTheMomentItWasDueAndTheClockCountsOn() {
        ServiceClock late = clock().tick(hour(11)).tick(hour(12));
        assertThat(late.events()).extracting(ClockEvent::beat).containsExactly(Beat.STARTED, Beat.BREACHED);
        assertThat(late.events().getLast().at()).isEqualTo(hour(10));
        assertThat(late.due()).contains(hour(10));
        assertThat(late.stop(hour(20)).counted(hour(99))).isEqualTo(Duration.ofHours(20));
        assertThat(late.stop(hour(20)).state()).isEqualTo(ClockState.BREACHED);
    }

    @Test
    void aClockThatGoesOnAfterAStopKeepsWhatItHadCounted() {
        ServiceClock again = clock().stop(hour(6)).goOn(hour(100));
        assertThat(again.due()).contains(hour(104));
        assertThat(again.state()).isEqualTo(ClockState.RUNNING);
    }

    @Test
    void anAnnulledClockJudgesNobodyAndStaysSo() {
        ServiceClock annulled = clock().annul(hour(3));
        assertThat(annulled.state()).isEqualTo(ClockState.VOID);
        assertThat(annulled.resume(hour(4)).goOn(hour(5)).stop(hour(6))).isEqualTo(annulled);
    }

    @Test
    void aServerClockSetBackTakesNothingAway() {
        ServiceClock odd = clock().pause(hour(-5)).resume(hour(-4)).stop(hour(2));
        assertThat(odd.counted(hour(2))).isEqualTo(Duration.ofHours(2));
        assertThat(odd.events()).extracting(ClockEvent::at).isSorted();
    }

    @Test
    void eachClockHasItsOwnStop() {
        Clocks clocks = Clocks.start(Promises.handbook(true), T0);
        Clocks answered = clocks.after(new Situation(false, false, false, false, false, true, false),
                hour(1));
        assertThat(states(answered)).containsExactly(ClockState.MET, ClockState.RUNNING, ClockState.RUNNING,
                ClockState.RUNNING, ClockState.RUNNING);
        assertThat(answered.next().orElseThrow().type()).isEqualTo(ClockType.CONTACT);
        Clocks waiting = answered.after(new Situation(true, true, true, false, false, true, true), hour(2));
        assertThat(states(waiting)).containsExactly(ClockState.MET, ClockState.MET, ClockState.MET,
                ClockState.MET, ClockState.PAUSED);
        assertThat(waiting.next()).isEmpty();
        Clocks solved = waiting.after(new Situation(false, true, true, true, false, true, false), hour(50));
        assertThat(states(solved)).containsOnly(ClockState.MET);
        Clocks reopened = solved.after(new Situation(false, true, false, false, false, false, false),
                hour(60));
        assertThat(reopened.next().orElseThrow())
                .isEqualTo(new Clocks.Next(ClockType.RESOLUTION, hour(60 + 46), ClockState.RUNNING));
    }

    @Test
    void aCaseWithoutACustomerHasNoClockForTheContact() {
        assertThat(Clocks.start(Promises.handbook(false), T0).all())
                .extracting(ServiceClock::type).doesNotContain(ClockType.CONTACT).hasSize(4);
    }

    private static List<ClockState> states(Clocks clocks) {
        return clocks.all().stream().map(ServiceClock::state).toList();
    }
}
