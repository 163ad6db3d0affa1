package io.aftercare.diagnostics.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GroupTest {
    @Test
    void oddsAndTheirIntervalAreWoolfs() {
        Group group = new Group("firmware", "2.4.0", 31, 40, 2, 160);
        Group.Odds odds = group.odds();
        assertThat(odds.ratio()).isCloseTo(31.5 * 158.5 / (9.5 * 2.5), within(1e-9));
        assertThat(odds.low()).isLessThan(odds.ratio());
        assertThat(odds.low() * odds.high()).isCloseTo(odds.ratio() * odds.ratio(), within(1e-6));
        assertThat(group.inWords())
                .isEqualTo("31 of 40 devices with firmware 2.4.0 (78 %), 2 of 160 others");
    }
}
