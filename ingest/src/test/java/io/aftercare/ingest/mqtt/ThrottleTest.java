package io.aftercare.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Allowance TEN = new Allowance(10, 1_000, Duration.ofSeconds(2));
    private final Throttle throttle = new Throttle();

    @Test
    void aBurstIsTakenAndWhatIsBeyondItWaits() {
        assertThat(throttle.take(TEN, 20, 100, 0)).isZero();
        assertThat(throttle.take(TEN, 5, 100, 0)).isEqualTo(SECOND / 2);
    }

    @Test
    void bytesCountAsMessagesDo() {
        assertThat(throttle.take(TEN, 1, 3_000, 0)).isEqualTo(SECOND);
    }

    @Test
    void restGivesTheBurstBackAndNoMore() {
        throttle.take(TEN, 20, 0, 0);
        assertThat(throttle.take(TEN, 20, 0, 3_600 * SECOND)).isZero();
        assertThat(throttle.take(TEN, 1, 0, 3_600 * SECOND)).isEqualTo(SECOND / 10);
    }

    @Test
    void inTheLongRunADeviceGetsItsAllowance() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Throttle device = new Throttle();
            long now = 0;
            long taken = 0;
            while (now < 1_000 * SECOND) {
                int messages = 1 + random.nextInt(30);
                taken += messages;
                now += device.take(TEN, messages, 0, now);
            }
            assertThat(taken).as("seed %d", seed).isBetween(10_000L, 10_060L);
        }
    }
}
