package io.aftercare.ota.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private long now = 5_000_000_000L;
    private final Pace pace = new Pace(() -> now);

    @Test
    void downloadsOfACampaignShareItsRate() {
        assertThat(pace.reserve(1, 1000, 500)).isZero();
        assertThat(pace.reserve(1, 1000, 500)).isEqualTo(500_000_000L);
        assertThat(pace.reserve(1, 1000, 500)).isEqualTo(1_000_000_000L);
        assertThat(pace.reserve(2, 1000, 500)).isZero();
        now += 1_200_000_000L;
        assertThat(pace.reserve(1, 1000, 500)).isEqualTo(300_000_000L);
    }

    @Test
    void timeThatWasNotUsedIsNotSavedUp() {
        assertThat(pace.reserve(1, 1000, 500)).isZero();
        now += 60_000_000_000L;
        assertThat(pace.reserve(1, 1000, 500)).isZero();
        assertThat(pace.reserve(1, 1000, 500)).isEqualTo(500_000_000L);
    }

    @Test
    void withoutARateNobodyWaits() {
        for (int i = 0; i < 10; i++) {
            assertThat(pace.reserve(1, 0, 1 << 30)).isZero();
        }
    }
}
