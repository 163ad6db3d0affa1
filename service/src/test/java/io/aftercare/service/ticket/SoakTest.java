package io.aftercare.service.ticket;

import static io.aftercare.service.ticket.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.ticket.FaultHistory.Sighting;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SoakTest {
    private static final Fix FIX = watched(Duration.ofMinutes(30));

    private static Fix watched(Duration soak) {
        return Fix.of(Fix.State.SCHEDULED, new FixMessage("R9", "2.4.1", "C3", 1, 1, 1), TicketState.ASSESSED)
                .installed(T0, soak, T0.plus(soak));
    }

    private static Instant minute(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void quietTelemetryUntilTheEndProvesTheFix() {
        Soak.Decision decision = Soak.decide(FIX, new Sighting(minute(-5), false, minute(29)), minute(30));
        assertThat(decision).isInstanceOf(Soak.Passed.class);
        Soak.Passed passed = (Soak.Passed) decision;
        assertThat(passed.rootCause()).isEqualTo("Fixed by firmware 2.4.1");
        assertThat(passed.evidence()).contains("2026-11-02T09:00:00Z").contains("2026-11-02T09:30:00Z");
    }

    @Test
    void nothingIsJudgedBeforeTheEnd() {
        assertThat(Soak.decide(FIX, new Sighting(minute(-5), false, minute(29)), minute(29)))
                .isEqualTo(new Soak.Wait(minute(30)));
    }

    @Test
    void aFaultThatIsRaisedAgainBreaksTheSoakAtOnce() {
        assertThat(Soak.decide(FIX, new Sighting(minute(12), false, minute(13)), minute(13)))
                .isInstanceOf(Soak.Broken.class);
    }

    @Test
    void aFaultThatNeverStoppedBreaksTheSoakAtItsEnd() {
        assertThat(Soak.decide(FIX, new Sighting(minute(-5), true, minute(30)), minute(30)))
                .isInstanceOf(Soak.Broken.class);
        assertThat(Soak.decide(FIX, new Sighting(minute(-5), true, minute(3)), minute(3)))
                .isInstanceOf(Soak.Wait.class);
    }

    @Test
    void aFaultThatOutlivesTheInstallationIsQuietForTheWholeSoakAfterItCleared() {
        Fix brief = watched(Duration.ofSeconds(10));
        Sighting hot = new Sighting(minute(-5), true, T0.plusSeconds(10));
        assertThat(Soak.decide(brief, hot, T0.plusSeconds(10)))
                .isEqualTo(new Soak.Settle(T0.plusSeconds(11)));
        Sighting cleared = new Sighting(minute(-5), false, T0.plusSeconds(17), T0.plusSeconds(20));
        assertThat(Soak.decide(brief, cleared, T0.plusSeconds(20)))
                .isEqualTo(new Soak.Settle(T0.plusSeconds(27)));
        assertThat(Soak.decide(brief, cleared, T0.plusSeconds(27))).isInstanceOf(Soak.Passed.class);
        assertThat(Soak.decide(brief, hot, minute(5))).isInstanceOf(Soak.Broken.class);
    }

    @Test
    void silenceProvesNothingAndIsWatchedOnWithGrowingPatience() {
        Sighting silent = new Sighting(minute(-5), true, minute(-1));
        assertThat(Soak.decide(FIX, silent, minute(30))).isEqualTo(new Soak.Extend(minute(60)));
        Fix extended = FIX.extended(minute(60));
        assertThat(Soak.decide(extended, silent, minute(60))).isEqualTo(new Soak.Extend(minute(120)));
        assertThat(Soak.decide(extended, new Sighting(null, false, null), minute(60)))
                .isInstanceOf(Soak.Extend.class);
    }
}
