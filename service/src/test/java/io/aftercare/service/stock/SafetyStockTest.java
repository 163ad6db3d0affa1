package io.aftercare.service.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SafetyStockTest {
    private static final Instant NOW = Instant.parse("2026-11-02T00:00:00Z");

    @Test
    @Tag("R44")
    void theLevelFollowsDemandItsSpreadAndTheLeadTime() {
        // By hand: mean 4, sample deviation 2.3094, lead 2 weeks: 1.6449 * 2.3094 * sqrt(2) = 5.37; 4 * 2 more.
        SafetyStock level = SafetyStock.of(List.of(2, 6, 2, 6), 14, 0, NOW);
        assertThat(level.mean()).isEqualTo(4);
        assertThat(level.deviation()).isCloseTo(2.309, within(0.001));
        assertThat(level.safetyStock()).isEqualTo(6);
        assertThat(level.reorderPoint()).isEqualTo(14);
        // An unsteady supplier: sqrt(2 * 5.3333 + 16 * 1) = 5.164 times 1.6449.
        assertThat(SafetyStock.of(List.of(2, 6, 2, 6), 14, 7, NOW).safetyStock()).isEqualTo(9);
    }

    @Test
    @Tag("R44")
    void noDemandNeedsNoStockAndSteadyDemandOnlyWhatTheLeadTimeTakes() {
        assertThat(SafetyStock.of(List.of(), 14, 3, NOW).reorderPoint()).isZero();
        assertThat(SafetyStock.of(Collections.nCopies(26, 0), 14, 3, NOW).reorderPoint()).isZero();
        SafetyStock steady = SafetyStock.of(Collections.nCopies(26, 5), 14, 0, NOW);
        assertThat(steady.safetyStock()).isZero();
        assertThat(steady.reorderPoint()).isEqualTo(10);
    }

    @Test
    @Tag("R44")
    void theShelfIsRarelyEmptyInALeadTimeOfRandomDemand() {
        Random random = new Random(44);
        List<Integer> past = random.ints(26, 0, 21).boxed().toList();
        int point = SafetyStock.of(past, 28, 0, NOW).reorderPoint();
        int short4 = 0;
        for (int i = 0; i < 10_000; i++) {
            if (random.ints(4, 0, 21).sum() > point) {
                short4++;
            }
        }
        assertThat(short4 / 10_000.0).isLessThan(0.1);
    }
}
