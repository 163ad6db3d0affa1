package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final long START = 1_767_571_200_000_000L;

    /// Against a sorted map: whatever is added and however time passes, each moment is told once, not too early, and at the first
    /// asking after it.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachMomentIsToldOnceAndAtTheFirstAskingAfterIt(long seed) {
        Random random = new Random(seed);
        TimerWheel<Integer> wheel = new TimerWheel<>();
        TreeMap<Long, List<Integer>> plain = new TreeMap<>();
        long now = START;
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(3) > 0) {
                long scale = 1L << random.nextInt(14, 42); // from milliseconds to a month
                long at = now + random.nextLong(-scale / 8, scale);
                wheel.add(step, at);
                plain.computeIfAbsent(at, _ -> new ArrayList<>()).add(step);
            } else {
                now += random.nextLong(1L << random.nextInt(10, 40));
                List<Integer> told = new ArrayList<>();
                wheel.expire(now, (whose, _) -> told.add(whose));
                List<Integer> due = new ArrayList<>();
                plain.headMap(now, true).values().forEach(due::addAll);
                plain.headMap(now, true).clear();
                assertThat(told).containsExactlyInAnyOrderElementsOf(due);
            }
            assertThat(wheel.next()).isLessThanOrEqualTo(plain.isEmpty() ? Long.MAX_VALUE : plain.firstKey());
            assertThat(wheel.size()).isEqualTo(plain.values().stream().mapToInt(List::size).sum());
        }
    }
}
