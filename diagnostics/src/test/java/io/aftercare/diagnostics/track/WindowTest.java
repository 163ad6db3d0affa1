package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// Windows against a list of all values and the plain formula: never one that is older than the window, always those younger than 63/64 of it.
class WindowTest {
    private static final long SECOND = 1_000_000;
    private static final int ROUNDS = Integer.getInteger("tracks.rounds", 60);
    private static final Map<Output, ToDoubleFunction<List<Feed.Value>>> FORMULAS = Map.of(
            Output.COUNT, List::size,
            Output.SUM, in -> in.stream().mapToDouble(Feed.Value::value).sum(),
            Output.AVERAGE, in -> in.stream().mapToDouble(Feed.Value::value).average().orElse(Double.NaN),
            Output.MINIMUM, in -> in.stream().mapToDouble(Feed.Value::value).min().orElse(Double.NaN),
            Output.MAXIMUM, in -> in.stream().mapToDouble(Feed.Value::value).max().orElse(Double.NaN),
            Output.DEVIATION, WindowTest::deviation);

    private static double deviation(List<Feed.Value> in) {
        double mean = in.stream().mapToDouble(Feed.Value::value).average().orElse(Double.NaN);
        double squares = in.stream().mapToDouble(it -> (it.value() - mean) * (it.value() - mean)).sum();
        return in.size() < 2 ? Double.NaN : Math.sqrt(squares / (in.size() - 1));
    }

    private static double increase(List<Feed.Value> in) {
        double grown = 0;
        for (int i = 1; i < in.size(); i++) {
            double before = in.get(i - 1).value();
            double value = in.get(i).value();
            grown += value >= before ? value - before : value;
        }
        return in.isEmpty() || in.getFirst().at() == in.getLast().at() ? Double.NaN : grown;
    }

    @Test
    void everyFunctionAgreesWithItsPlainFormula() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long window = SECOND * (1 + random.nextInt(600)) + random.nextInt(1000);
            Map<Output, Track> tracks = Map.of(Output.COUNT, new Sums(window), Output.SUM, new Sums(window),
                    Output.AVERAGE, new Sums(window), Output.MINIMUM, new Extremes(window), Output.MAXIMUM,
                    new Extremes(window), Output.DEVIATION, new Moments(window));
            Feed feed = new Feed(random, window);
            for (int step = 0; step < 400; step++) {
                Feed.Value value = feed.next(true);
                List<Feed.Value> in = feed.within(Window.BUCKETS);
                in.forEach(it -> assertThat(it.at()).isGreaterThan(feed.now - window - Window.BUCKETS));
                String what = "seed " + seed + " round " + round + " step " + step;
                tracks.forEach((output, track) -> {
                    feed.give(track, value);
                    double expected = Objects.requireNonNull(FORMULAS.get(output)).applyAsDouble(in);
                    assertThat(track.read(output, 0, feed.now)).as("%s %s", what, output)
                            .isCloseTo(expected,
                                    within(Double.isNaN(expected) ? 1e-9 : 1e-9 + Math.abs(expected) * 1e-9));
                });
            }
        }
    }

    @Test
    void differencesAreOfTheOldestAndTheNewest() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long window = SECOND * (1 + random.nextInt(600));
            Ends ends = new Ends(window);
            Feed feed = new Feed(random, window);
            for (int step = 0; step < 400; step++) {
                feed.give(ends, feed.next(true));
                List<Feed.Value> in = feed.within(Window.BUCKETS);
                Feed.Value oldest = in.getFirst();
                Feed.Value newest = in.getLast();
                boolean twins = in.stream().filter(it -> it.at() == oldest.at() || it.at() == newest.at())
                        .count() > 2;
                String what = "seed " + seed + " round " + round + " step " + step;
                if (oldest.at() == newest.at()) {
                    assertThat(ends.read(Output.DELTA, 0, feed.now)).as(what).isNaN();
                } else if (!twins) {
                    double difference = newest.value() - oldest.value();
                    double seconds = (newest.at() - oldest.at()) / 1e6;
                    assertThat(ends.read(Output.DELTA, 0, feed.now)).as(what).isEqualTo(difference);
                    assertThat(ends.read(Output.RATE, 0, feed.now)).as(what)
                            .isCloseTo(difference / seconds, within(Math.abs(difference / seconds) * 1e-9));
                }
            }
        }
    }

    @Test
    void aCounterGrowsByWhatItGrewAlsoAcrossItsResets() {
        grows(true, false);
    }

    @Test
    void lateCountsChangeNothingWhereTheCounterOnlyGrew() {
        grows(false, true);
    }

    private static void grows(boolean resets, boolean late) {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long window = SECOND * (1 + random.nextInt(600));
            Increases increases = new Increases(window);
            Feed feed = new Feed(random, window);
            for (int step = 0; step < 400; step++) {
                feed.give(increases, feed.nextCount(resets, late));
                double expected = increase(feed.within(Window.BUCKETS));
                assertThat(increases.read(Output.INCREASE, 0, feed.now))
                        .as("seed %d round %d step %d", seed, round, step)
                        .isCloseTo(expected, within(1e-9));
            }
        }
    }

    @Test
    void aMinuteOfTenSecondStepsHasSixValues() {
        Track track = new Sums(60 * SECOND);
        for (int i = 0; i <= 30; i++) {
            track.add(1, i * 10L * SECOND);
        }
        assertThat(track.read(Output.COUNT, 0, 300 * SECOND)).isEqualTo(6);
        assertThat(track.read(Output.COUNT, 0, 330 * SECOND)).isEqualTo(3);
        assertThat(track.read(Output.COUNT, 0, 500 * SECOND)).isZero();
    }

    @Test
    void nothingIsKnownOfAMetricThatNeverCame() {
        for (TrackSpec.Kind kind : TrackSpec.Kind.values()) {
            Track track = new TrackSpec(new TrackSpec.Source.Metric("m"), kind, 60 * SECOND).create();
            assertThat(track.read(Output.AVERAGE, 0, 5)).as(kind.name()).isNaN();
        }
    }

    @Test
    void anEventThatNeverCameCameNoTimes() {
        assertThat(new Sums(SECOND).read(Output.OCCURRENCES, 0, 5)).isZero();
    }

    @Test
    void theValueBeforeIsKnownFromTheSecondOn() {
        Track track = new Previous();
        track.add(5, 1);
        assertThat(track.read(Output.PREVIOUS, 0, 1)).isNaN();
        track.add(7, 2);
        assertThat(track.read(Output.PREVIOUS, 0, 2)).isEqualTo(5);
    }
}
