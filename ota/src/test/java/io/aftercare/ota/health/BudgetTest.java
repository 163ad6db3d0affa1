package io.aftercare.ota.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Budget FRESH = new Budget(0.01, 0, 0);

    @Test
    void allStagesAndLooksTogetherSpendNoMoreThanTheWhole() {
        double before = 0;
        for (int stage = 0; stage < 500; stage++) {
            for (int look = 1; look <= 10; look++) {
                double until = FRESH.until(stage, look / 10.0);
                assertThat(until).isGreaterThan(before).isLessThanOrEqualTo(0.01);
                before = until;
            }
        }
        assertThat(before).isCloseTo(0.01, within(1e-5));
        assertThat(FRESH.until(0, 1)).isCloseTo(0.009, within(1e-12));
    }

    @Test
    void whatFaultsLeaveIsForTheMetricsWhenTheSoakIsOver() {
        assertThat(FRESH.forFaults(0, 1, false)).isCloseTo(0.0054, within(1e-12));
        assertThat(FRESH.forFaults(0, 1, true)).isCloseTo(0.009, within(1e-12));
        assertThat(FRESH.spent(0.005, 0).forMetrics(0, 1, false)).isCloseTo(0.0036, within(1e-12));
        assertThat(FRESH.spent(0.005, 0).forMetrics(0, 1, true)).isCloseTo(0.004, within(1e-12));
        assertThat(FRESH.spent(0, 0.009).forFaults(1, 0.5, false)).isLessThan(0.0002);
    }

    @Test
    void aSoakThatBeginsAnewSpendsNothingTwice() {
        Budget spent = FRESH.spent(FRESH.forFaults(0, 0.8, true), 0);
        assertThat(spent.forFaults(0, 0.3, true)).isZero();
        assertThat(spent.forFaults(0, 1, true)).isCloseTo(0.009 * 0.36, within(1e-12));
    }

    @Test
    void whatCannotReachTheLevelDoesNotCount() {
        assertThat(Budget.level(new double[]{0.005, 0.02, 0.5}, 0.009)).isEqualTo(0.009);
        assertThat(Budget.level(new double[]{1e-6, 1e-6, 0.5}, 0.009)).isEqualTo(0.0045);
        assertThat(Budget.level(new double[]{}, 0.009)).isEqualTo(0.009);
    }
}
