package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MONTH = 30 * DAY;

    @Test
    void aStraightLineIsContinuedExactly() {
        TrendTrack track = new TrendTrack(MONTH);
        long now = 0;
        for (long i = 0; i < 3_000; i++) {
            now = i * 10 * MINUTE;
            track.add(100 - now / (double) DAY, now);
        }
        assertThat(track.read(Output.FORECAST, 86_400, now)).isCloseTo(100 - now / (double) DAY - 1,
                within(1e-6));
        double days = (100 - now / (double) DAY) - 20;
        assertThat(track.read(Output.TIME_TO, 20, now)).isCloseTo(days * 86_400, within(1.0));
        assertThat(track.read(Output.TIME_TO, 200, now)).isEqualTo(TrendTrack.NEVER_SECONDS);
        assertThat(track.read(Output.TIME_TO, 90, now)).as("crossed within the history").isZero();
    }

    @Test
    void aForecastLooksNoFurtherThanItsHistoryAllows() {
        TrendTrack track = new TrendTrack(MONTH);
        for (long i = 0; i < 100; i++) {
            track.add((double) i, i * MINUTE);
        }
        assertThat(track.read(Output.FORECAST, 3_600, 99 * MINUTE)).isCloseTo(159, within(1e-6));
        assertThat(track.read(Output.FORECAST, 86_400, 99 * MINUTE)).isNaN();
        assertThat(track.read(Output.TIME_TO, 1e6, 99 * MINUTE)).isNaN();
    }

    /// While each stretch holds one value, the line is that through all values but the newest, also where some came late: by least squares
    /// mostly, and from the first to the last where values resemble each other as those of a walk do.
    @Test
    void theLineIsThatOfLeastSquares() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        int lines = 0;
        int walks = 0;
        for (int round = 0; round < 200; round++) {
            TrendTrack track = new TrendTrack(MONTH);
            List<Feed.Value> all = new ArrayList<>();
            long now = DAY;
            Feed.Value held = null;
            double slope = random.nextInt(3);
            for (int i = 0; i < 18; i++) {
                now += SECOND * (1 + random.nextInt(2));
                Feed.Value value = new Feed.Value(now, i * slope + random.nextGaussian(), false);
                if (held == null && i > 0 && i < 15 && random.nextInt(5) == 0) {
                    held = value;
                    continue;
                }
                track.add(value.value(), value.at());
                all.add(value);
                if (held != null && random.nextInt(2) == 0) {
                    track.late(held.value(), held.at());
                    all.add(held);
                    held = null;
                }
            }
            all.sort(Comparator.comparingLong(Feed.Value::at));
            all.removeLast();
            Optional<Trend> trend = track.trend();
            if (trend.isEmpty()) {
                continue;
            }
            if (Math.abs(trend.get().slopePerSecond() - slope(all)) < 1e-9) {
                lines++;
            } else {
                walks++;
                assertThat(trend.get().slopePerSecond()).as("seed %d round %d", seed, round)
                        .isCloseTo(drift(all), within(1e-9));
            }
        }
        assertThat(lines).as("with %d walks", walks).isGreaterThan(4 * walks).isGreaterThan(100);
    }

    private static double drift(List<Feed.Value> all) {
        Feed.Value first = all.getFirst();
        Feed.Value last = all.getLast();
        return (last.value() - first.value()) / ((last.at() - first.at()) / 1e6);
    }

    private static double slope(List<Feed.Value> all) {
        double meanX = all.stream().mapToDouble(it -> it.at() / 1e6).average().orElseThrow();
        double meanY = all.stream().mapToDouble(Feed.Value::value).average().orElseThrow();
        double xy = all.stream().mapToDouble(it -> (it.at() / 1e6 - meanX) * (it.value() - meanY)).sum();
        return xy / all.stream().mapToDouble(it -> Math.pow(it.at() / 1e6 - meanX, 2)).sum();
    }

    @Test
    void noiseIsNoTrend() {
        Random random = new Random(Long.getLong("seed", 5));
        int known = 0;
        int asked = 0;
        for (int run = 0; run < 60; run++) {
            double likeness = new double[]{0, 0.5, 0.9}[run % 3];
            TrendTrack track = new TrendTrack(MONTH);
            double level = 0;
            for (long i = 0; i < 5_000; i++) {
                level = likeness * level + random.nextGaussian();
                track.add(level, i * 10 * MINUTE);
                known += Double.isNaN(track.read(Output.FORECAST, 60, i * 10 * MINUTE)) ? 0 : 1;
                asked++;
            }
        }
        assertThat(known / (double) asked).isLessThan(0.02);
    }

    /// Wear with measurement noise of its own and from its neighbours; the limit is met a third of the history ahead.
    @Test
    void theIntervalCoversTheTruthAboutAsOftenAsItSays() {
        Random random = new Random(Long.getLong("seed", 7));
        int covered = 0;
        int known = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            double likeness = run % 2 == 0 ? 0 : 0.6;
            double perDay = 0.5 + random.nextDouble();
            TrendTrack track = new TrendTrack(MONTH);
            double noise = 0;
            for (int i = 0; i < 20 * 48; i++) {
                noise = likeness * noise + 2 * random.nextGaussian();
                track.add(100 - perDay * i / 48.0 + noise, i * HOUR / 2);
            }
            long truth = (long) (DAY * 30.0);
            double limit = 100 - perDay * 30;
            Optional<Trend.Crossing> crossing = track.trend().flatMap(it -> it.crossing(limit));
            if (crossing.isPresent()) {
                known++;
                assertThat(crossing.get().estimateMicros()).isBetween(crossing.get().earliestMicros(),
                        crossing.get().latestMicros());
                covered += truth >= crossing.get().earliestMicros() && truth <= crossing.get().latestMicros()
                        ? 1
                        : 0;
            }
        }
        assertThat(known).isGreaterThan(runs * 9 / 10);
        assertThat(covered / (double) known).isBetween(0.85, 0.98);
    }

    @Test
    void aReplacedPartBeginsANewHistory() {
        TrendTrack track = new TrendTrack(MONTH);
        Random random = new Random(1);
        long now = 0;
        for (int i = 0; i < 24 * 20; i++) {
            now += HOUR;
            track.add(100 - i / 6.0 + random.nextGaussian() * 0.1, now);
        }
        assertThat(track.read(Output.TIME_TO, 10, now)).isBetween(1.0, 4.0 * 86_400);
        for (int i = 0; i < 24 * 8; i++) {
            now += HOUR;
            track.add(100 - i / 6.0 + random.nextGaussian() * 0.1, now);
        }
        double left = (100 - 24 * 8 / 6.0 - 10) * 6 * 3600;
        assertThat(track.read(Output.TIME_TO, 10, now)).isCloseTo(left, within(left * 0.05));
    }

    @Test
    void anEndlessHistoryStaysBounded() throws Exception {
        TrendTrack track = new TrendTrack(DAY);
        for (long i = 0; i < 200_000; i++) {
            track.add((double) i, i * MINUTE);
        }
        Trend trend = track.trend().orElseThrow();
        assertThat(trend.points()).isLessThan(TrendTrack.POINTS);
        assertThat(trend.spanSeconds()).isLessThanOrEqualTo(86_400).isGreaterThan(86_400 * 0.9);
        assertThat(trend.slopePerSecond()).isCloseTo(1 / 60.0, within(1e-9));
    }

    @Test
    void studentsQuantilesAreTheTables() {
        assertThat(Student.quantile(Student.NORMAL_95, 5)).isCloseTo(2.015, within(0.005));
        assertThat(Student.quantile(Student.NORMAL_95, 30)).isCloseTo(1.697, within(0.001));
        assertThat(Student.quantile(Student.NORMAL_9995, 4)).isCloseTo(8.610, within(0.17));
        assertThat(Student.quantile(Student.NORMAL_9995, 20)).isCloseTo(3.850, within(0.01));
    }
}
