package io.aftercare.ota.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookPlanTest {
    private static final Instant REACHED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SOAK = Duration.ofMinutes(30);

    @Test
    void itLooksAfterEachTenthAndWhenTheSoakIsOver() {
        assertThat(due(SOAK, 0, 179)).isEmpty();
        assertThat(due(SOAK, 0, 180)).contains(new LookPlan(1, 0.1, false));
        assertThat(due(SOAK, 1, 359)).isEmpty();
        assertThat(due(SOAK, 1, 900)).as("missed ones are not made up for")
                .contains(new LookPlan(5, 0.5, false));
        assertThat(due(SOAK, 9, 1799)).isEmpty();
        assertThat(due(SOAK, 9, 1800)).contains(new LookPlan(10, 1, true));
        assertThat(due(SOAK, 3, 9999)).contains(new LookPlan(10, 1, true));
        assertThat(due(SOAK, 10, 9999)).isEmpty();
    }

    @Test
    void aShortSoakIsLookedAtSeldomerButAlwaysAtItsEnd() {
        assertThat(due(Duration.ofSeconds(2), 0, 1)).isEmpty();
        assertThat(due(Duration.ofSeconds(2), 0, 2)).contains(new LookPlan(1, 1, true));
        assertThat(due(Duration.ofSeconds(25), 0, 10)).contains(new LookPlan(1, 0.4, false));
        assertThat(due(Duration.ofSeconds(25), 2, 25)).contains(new LookPlan(3, 1, true));
    }

    private static Optional<LookPlan> due(Duration soak, int taken, long seconds) {
        return LookPlan.due(REACHED, soak, taken, REACHED.plusSeconds(seconds));
    }
}
