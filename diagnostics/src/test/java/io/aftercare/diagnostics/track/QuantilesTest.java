package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    private static final int ROUNDS = Integer.getInteger("tracks.rounds", 40);
    /// What the class promises: the share of the values by which a rank may be off.
    private static final double RANK_ERROR = 1.0 / 8;

    @Test
    void fewValuesAreExact() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long window = 1_000_000L * (10 + random.nextInt(600));
            Quantiles quantiles = new Quantiles(window);
            Feed feed = new Feed(random, window);
            for (int step = 0; step < 200; step++) {
                feed.give(quantiles, feed.next(true));
                double share = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextDouble();
                double[] sorted = feed.within(Quantiles.BUCKETS).stream().mapToDouble(Feed.Value::value)
                        .sorted().toArray();
                if (sorted.length == 0) {
                    assertThat(quantiles.read(Output.QUANTILE, share, feed.now)).isNaN();
                    continue;
                }
                double rank = share * (sorted.length - 1);
                int below = (int) rank;
                double expected = sorted[below]
                        + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below])
                                * (rank - below);
                assertThat(quantiles.read(Output.QUANTILE, share, feed.now))
                        .as("seed %d round %d step %d", seed, round, step).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void ofManyInAFullWindowTheRankIsOffByAnEighthAtMostAndByOnePercentOnAverage() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        double off = 0;
        int asked = 0;
        for (int round = 0; round < 12; round++) {
            long window = 3_600_000_000L;
            Quantiles quantiles = new Quantiles(window);
            Feed feed = new Feed(random, window);
            int shape = round % 4;
            for (int step = 0; step < 6_000; step++) {
                feed.now += random.nextLong(1, window / 1_000);
                double value = switch (shape) {
                    case 0 -> random.nextGaussian();
                    case 1 -> Math.exp(3 * random.nextGaussian());
                    case 2 -> step % 240 + random.nextDouble();
                    default -> Math.sin(step / 300.0) * 10 + random.nextGaussian();
                };
                feed.all.add(new Feed.Value(feed.now, value, false));
                quantiles.add(value, feed.now);
                if (step >= 2_500 && step % 250 == 0) {
                    for (double share : new double[]{0.01, 0.5, 0.9, 0.99}) {
                        double error = rankError(feed.within(Quantiles.BUCKETS),
                                quantiles.read(Output.QUANTILE, share, feed.now), share);
                        assertThat(error).as("seed %d shape %d step %d", seed, shape, step)
                                .isLessThan(RANK_ERROR);
                        off += error;
                        asked++;
                    }
                }
            }
        }
        assertThat(off / asked).as("seed %d", seed).isLessThan(0.015);
    }

    private static double rankError(List<Feed.Value> in, double found, double share) {
        long below = in.stream().filter(it -> it.value() < found).count();
        long upTo = in.stream().filter(it -> it.value() <= found).count();
        double wanted = share * in.size();
        return Math.max(0, Math.max(below - wanted, wanted - upTo)) / in.size();
    }
}
