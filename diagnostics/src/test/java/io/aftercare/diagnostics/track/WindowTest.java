package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final long SECOND = 1_000_000;

    private record Value(long at, double value) {}

    /// Against a list of all values: never one that is older than the window, always those younger than 63/64 of it.
    @Test
    void everyFunctionAgreesWithAPlainList() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            long window = SECOND * (1 + random.nextInt(600));
            Track sums = new Sums(window);
            Track extremes = new Extremes(window);
            Track ends = new Ends(window);
            List<Value> all = new ArrayList<>();
            long now = SECOND * random.nextInt(1_000_000);
            for (int step = 0; step < 400; step++) {
                now += random.nextLong(1, Math.max(2, window / (random.nextInt(4) == 0 ? 3 : 40)));
                boolean late = !all.isEmpty() && random.nextInt(6) == 0;
                Value value = new Value(late ? now - random.nextLong(window * 2) : now,
                        random.nextInt(-1000, 1000));
                all.add(value);
                for (Track track : List.of(sums, extremes, ends)) {
                    if (late) {
                        track.late(value.value(), value.at());
                    } else {
                        track.add(value.value(), value.at());
                    }
                }
                check("seed " + seed + " round " + round + " step " + step, sums, extremes, ends, all, now,
                        window);
            }
        }
    }

    private static void check(String what, Track sums, Track extremes, Track ends, List<Value> all, long now,
            long window) {
        long width = (window + Window.BUCKETS - 1) / Window.BUCKETS;
        long first = Math.floorDiv(now, width) - Window.BUCKETS + 1;
        List<Value> in = all.stream().filter(value -> Math.floorDiv(value.at(), width) >= first)
                .sorted(Comparator.comparingLong(Value::at)).toList();
        in.forEach(value -> assertThat(value.at()).as(what).isGreaterThan(now - Window.BUCKETS * width));
        assertThat(sums.read(Output.COUNT, 0, now)).as(what).isEqualTo(in.size());
        double sum = in.stream().mapToDouble(Value::value).sum();
        assertThat(sums.read(Output.SUM, 0, now)).as(what).isCloseTo(sum, within(1e-6));
        if (in.isEmpty()) {
            assertThat(sums.read(Output.AVERAGE, 0, now)).as(what).isNaN();
            assertThat(extremes.read(Output.MINIMUM, 0, now)).as(what).isNaN();
            return;
        }
        assertThat(sums.read(Output.AVERAGE, 0, now)).as(what).isCloseTo(sum / in.size(), within(1e-6));
        assertThat(extremes.read(Output.MINIMUM, 0, now)).as(what)
                .isEqualTo(in.stream().mapToDouble(Value::value).min().orElseThrow());
        assertThat(extremes.read(Output.MAXIMUM, 0, now)).as(what)
                .isEqualTo(in.stream().mapToDouble(Value::value).max().orElseThrow());
        Value oldest = in.getFirst();
        Value newest = in.getLast();
        boolean twin = in.stream().filter(value -> value.at() == oldest.at() || value.at() == newest.at())
                .count() > 2;
        if (!twin && oldest.at() < newest.at()) {
            assertThat(ends.read(Output.DELTA, 0, now)).as(what).isEqualTo(newest.value() - oldest.value());
            assertThat(ends.read(Output.RATE, 0, now)).as(what).isCloseTo(
                    (newest.value() - oldest.value()) / ((newest.at() - oldest.at()) / 1e6), within(1e-6));
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
    void theValueBeforeIsKnownFromTheSecondOn() {
        Track track = new Previous();
        track.add(5, 1);
        assertThat(track.read(Output.PREVIOUS, 0, 1)).isNaN();
        track.add(7, 2);
        assertThat(track.read(Output.PREVIOUS, 0, 2)).isEqualTo(5);
    }
}
