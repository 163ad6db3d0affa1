package io.aftercare.fleet.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final LoginLimits limits = new LoginLimits(clock, 5);

    @Test
    void fiveAttemptsAreFreeAndEachFurtherOneWaitsTwiceAsLong() {
        for (int i = 0; i < 5; i++) {
            assertThat(limits.attempt("ana")).isEmpty();
        }
        for (int seconds : new int[]{1, 2, 4, 8, 16}) {
            assertThat(limits.attempt("ana")).hasValue(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            assertThat(limits.attempt("ana")).isEmpty();
        }
        assertThat(limits.attempt("bob")).isEmpty();
    }

    @Test
    void theWaitNeverPassesAQuarterOfAnHourAndIsForgottenAfterAnHour() {
        for (int i = 0; i < 40; i++) {
            now = now.plus(limits.attempt("ana").orElse(Duration.ZERO));
        }
        assertThat(limits.attempt("ana").orElse(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMinutes(15));
        now = now.plus(Duration.ofHours(2));
        for (int i = 0; i < 5; i++) {
            assertThat(limits.attempt("ana")).isEmpty();
        }
    }

    @Test
    void aSuccessStartsAnew() {
        for (int i = 0; i < 4; i++) {
            limits.attempt("ana");
        }
        limits.succeeded("ana");
        for (int i = 0; i < 5; i++) {
            assertThat(limits.attempt("ana")).isEmpty();
        }
    }

    @Test
    void aFloodOfNamesDoesNotGrowItWithoutBound() {
        for (int i = 0; i < 50_000; i++) {
            assertThat(limits.attempt("name" + i)).isEmpty();
        }
        for (int i = 0; i < 5; i++) { // the first name was forgotten meanwhile
            assertThat(limits.attempt("name0")).isEmpty();
        }
        assertThat(limits.attempt("name0")).isPresent();
    }
}
