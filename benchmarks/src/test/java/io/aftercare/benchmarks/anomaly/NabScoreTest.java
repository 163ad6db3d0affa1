package io.aftercare.benchmarks.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftercare.benchmarks.anomaly.NabScore.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScoreTest {
    private static final Labelled SERIES = new Labelled("one", List.of(), new double[1_000],
            List.of(new Labelled.Window(400, 499)));

    private static double score(int... detected) {
        double[] scores = new double[1_000];
        for (int at : detected) {
            scores[at] = 1;
        }
        return NabScore.at(List.of(SERIES), List.of(scores), Profile.STANDARD, 0.5);
    }

    @Test
    void theBeginningOfTheWindowIsPerfectAndItsEndIsWorthHalf() {
        assertThat(score(400)).isCloseTo(100, within(1e-9));
        assertThat(score(400, 450, 499)).isCloseTo(100, within(1e-9));
        assertThat(score(499)).isBetween(50.0, 52.0);
        assertThat(score()).isZero();
    }

    @Test
    void falseAlarmsCostUpToTheirWeightAndNothingInProbation() {
        assertThat(score(200)).isCloseTo(-5.5, within(1e-9));
        assertThat(score(500)).isBetween(-1.0, 0.0);
        assertThat(score(10)).isZero();
    }
}
