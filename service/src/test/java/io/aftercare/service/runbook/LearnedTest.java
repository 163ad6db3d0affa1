package io.aftercare.service.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedTest {
    /// Wilson's score interval, as statistics packages give it.
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1, 0.20654", "9, 10, 0.59585", "0, 5, 0", "50, 100, 0.40383",
            "95, 100, 0.88825"})
    void aShareIsAtLeastWhatIsSureToNinetyFivePercent(int good, int all, double bound) {
        assertThat(Learned.atLeast(good, all)).isCloseTo(bound, within(0.00005));
    }
}
