package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayTest {
    private record Moment(double mean, double deviation) {}

    private static Moment formula(List<Feed.Value> all, long newest, double halfLife) {
        double weights = 0;
        double sum = 0;
        for (Feed.Value value : all) {
            double weight = Math.pow(2, (value.at() - newest) / halfLife);
            weights += weight;
            sum += weight * value.value();
        }
        double mean = sum / weights;
        double squares = 0;
        for (Feed.Value value : all) {
            double off = value.value() - mean;
            squares += Math.pow(2, (value.at() - newest) / halfLife) * off * off;
        }
        return new Moment(mean, Math.sqrt(squares / weights));
    }

    @Test
    void meanAndDistanceAgreeWithTheWeightedSums() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < Integer.getInteger("tracks.rounds", 40); round++) {
            long halfLife = 1_000_000L * (1 + random.nextInt(600));
            Decay decay = new Decay(halfLife);
            Feed feed = new Feed(random, halfLife);
            long newest = 0;
            Moment before = new Moment(Double.NaN, Double.NaN);
            for (int step = 0; step < 150; step++) {
                Feed.Value value = feed.next(true);
                newest = value.late() ? newest : value.at();
                feed.give(decay, value);
                String what = "seed " + seed + " round " + round + " step " + step;
                if (!value.late() && step >= Decay.VALUES_MIN) {
                    double expected = (value.value() - before.mean()) / before.deviation();
                    assertThat(decay.read(Output.ZSCORE, 0, newest)).as(what)
                            .isCloseTo(expected, within(Math.max(1e-6, Math.abs(expected) * 1e-6)));
                }
                before = formula(feed.all, newest, (double) halfLife);
                assertThat(decay.read(Output.EWMA, 0, newest)).as(what)
                        .isCloseTo(before.mean(), within(Math.max(1e-6, Math.abs(before.mean()) * 1e-6)));
            }
        }
    }

    @Test
    void aMetricThatNeverMovedHasNoMeasureForAMove() {
        Decay decay = new Decay(60_000_000);
        for (int i = 0; i < 50; i++) {
            decay.add(7, i * 1_000_000L);
        }
        assertThat(decay.read(Output.ZSCORE, 0, 50_000_000)).isZero();
        decay.add(8, 50_000_000);
        assertThat(decay.read(Output.ZSCORE, 0, 50_000_000)).isNaN();
    }

    @Test
    void afterALongSilenceItBeginsAnew() {
        Decay decay = new Decay(1_000_000);
        for (int i = 0; i < 50; i++) {
            decay.add(i % 2, i * 1_000_000L);
        }
        decay.add(500, 80_000_000);
        assertThat(decay.read(Output.EWMA, 0, 80_000_000)).isEqualTo(500);
        assertThat(decay.read(Output.ZSCORE, 0, 80_000_000)).isNaN();
    }
}
