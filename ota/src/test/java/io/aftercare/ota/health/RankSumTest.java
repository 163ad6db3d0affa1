package io.aftercare.ota.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankSumTest {
    @Test
    void smallGroupsAreCounted() {
        assertThat(RankSum.upperTail(new double[]{9, 8}, new double[]{1, 2, 3})).isCloseTo(0.1,
                within(1e-12));
        assertThat(RankSum.upperTail(new double[]{9, 3}, new double[]{1, 2, 8})).isCloseTo(0.2,
                within(1e-12));
        assertThat(RankSum.upperTail(new double[]{1, 2, 3}, new double[]{8, 9})).isCloseTo(1, within(1e-12));
        assertThat(RankSum.upperTail(new double[]{}, new double[]{8, 9})).isEqualTo(1);
    }

    @Test
    void tiesShareTheirRank() {
        assertThat(RankSum.upperTail(new double[]{1, 1}, new double[]{1, 1})).isEqualTo(1);
        // of the ten pairs out of five those with the 3 and a 1 rank as high: two of them, and none higher
        assertThat(RankSum.upperTail(new double[]{3, 1}, new double[]{1, 0, 0})).isCloseTo(0.2,
                within(1e-12));
    }

    @Test
    void whereWaysAreNotCountedTheTailIsNotTakenForLighterThanItIs() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int own = 4 + random.nextInt(20);
            int others = 20 + random.nextInt(60);
            double[] group = random.doubles(own).map(value -> value * 1.5).toArray();
            double[] rest = random.doubles(others).toArray();
            double exact = RankSum.upperTail(group, rest);
            if (exact < 0.01) {
                assertThat(RankSum.approximate(group, rest)).isGreaterThan(0.9 * exact);
            }
        }
    }

    @Test
    void theNormalTailIsTheOneOfTheTables() {
        assertThat(Normal.upperTail(0)).isCloseTo(0.5, within(1e-12));
        assertThat(Normal.upperTail(1.6448536269514722)).isCloseTo(0.05, within(1e-10));
        assertThat(Normal.upperTail(3.090232306167813)).isCloseTo(0.001, within(1e-11));
        assertThat(Normal.upperTail(6)).isCloseTo(9.865876450377018e-10, within(1e-17));
        assertThat(Normal.upperTail(-1)).isCloseTo(0.8413447460685429, within(1e-10));
    }
}
