package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AnomalyTest {
    private static List<Integer> fired(int count, IntToDoubleFunction series) {
        Track track = new Anomaly();
        List<Integer> fired = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            track.add(series.applyAsDouble(i), i);
            if (track.read(Output.ANOMALY, 0, i) == 1) {
                fired.add(i);
            }
        }
        return fired;
    }

    @Test
    void whatStaysAsItIsNeverFires() {
        assertThat(fired(2_000, i -> 7)).isEmpty();
        assertThat(fired(2_000, i -> Math.sin(i * 2 * Math.PI / Anomaly.WINDOW))).isEmpty();
    }

    @Test
    void aJumpOutOfTheRangeFiresAtOnce() {
        assertThat(fired(1_000, i -> i < 500 ? Math.sin(i * 2 * Math.PI / Anomaly.WINDOW) : 9))
                .startsWith(500);
    }

    @Test
    void anotherShapeWithinTheRangeFires() {
        List<Integer> fired = fired(1_500, i -> i < 800 ? Math.sin(i * 2 * Math.PI / Anomaly.WINDOW) : 0);
        assertThat(fired).isNotEmpty();
        assertThat(fired.getFirst()).isBetween(800, 800 + Anomaly.WINDOW);
    }

    @Test
    void afterFiringItIsSilentForAHundredValues() {
        Random random = new Random(3);
        List<Integer> fired = fired(20_000, i -> random.nextGaussian() * (1 + i / 500));
        assertThat(fired).hasSizeGreaterThan(2);
        for (int i = 1; i < fired.size(); i++) {
            assertThat(fired.get(i) - fired.get(i - 1)).isGreaterThan(Anomaly.SILENCE);
        }
        assertThat(fired.getFirst()).isGreaterThanOrEqualTo(Anomaly.WINDOW);
    }
}
