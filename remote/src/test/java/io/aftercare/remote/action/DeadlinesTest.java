package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static Action action(@Nullable Instant sent, int timeoutSeconds) {
        return new Action("a1", "SN-1", "ping", ActionClass.A, Json.object(), null, ActionState.SENT, null,
                null,
                null, "ann", null, timeoutSeconds, START, START.plus(Duration.ofHours(1)), sent, null, null,
                null,
                null, 1);
    }

    @Test
    void aDeviceThatReconnectsAgainAndAgainDoesNotPutTheEndOff() {
        assertThat(Deadlines.sent(action(null, 60), START)).isEqualTo(START.plusSeconds(60));
        Instant last = START.plus(Duration.ofHours(1)).plusSeconds(60);
        for (int minutes = 0; minutes < 600; minutes++) {
            Instant now = START.plus(Duration.ofMinutes(minutes));
            assertThat(Deadlines.sent(action(START, 60), now)).isBeforeOrEqualTo(last);
        }
    }

    @Test
    void aDeviceThatIsAtWorkForeverIsWaitedForADay() {
        assertThat(Deadlines.running(action(START, 60), START.plusSeconds(30)))
                .isEqualTo(START.plusSeconds(90));
        Instant late = START.plus(Duration.ofDays(3));
        assertThat(Deadlines.running(action(START, 60), late)).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(Deadlines.running(action(START, 200_000), late)).as("where the product gives it longer")
                .isEqualTo(START.plusSeconds(200_000));
    }
}
