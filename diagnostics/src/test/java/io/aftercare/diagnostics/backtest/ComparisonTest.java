package io.aftercare.diagnostics.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.backtest.ConfirmedCases.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Instant DAY = Instant.parse("2026-11-10T00:00:00Z");

    private static Outcome fault(String device, int openedHours, @Nullable Integer clearedHours) {
        return new Outcome(device, DAY.plus(Duration.ofHours(openedHours)),
                clearedHours == null ? null : DAY.plus(Duration.ofHours(clearedHours)), 1, "major");
    }

    private static Case confirmed(String device, int openedHours, int solvedHours) {
        return new Case("T-" + openedHours, device, true, DAY.plus(Duration.ofHours(openedHours)),
                DAY.plus(Duration.ofHours(solvedHours)));
    }

    @Test
    void foundMissedAndToldForNothing() {
        Comparison compared = Comparison.of(
                List.of(fault("A", 0, 5), fault("B", 0, null), fault("C", 3, 4), fault("A", 500, null)),
                List.of(confirmed("A", 24, 48), confirmed("D", 1, 9),
                        new Case("T-7", "C", false, DAY, DAY.plus(Duration.ofDays(2)))));
        assertThat(compared.precision()).contains(0.25);
        assertThat(compared.recall()).contains(0.5);
        assertThat(compared.refuted()).isEqualTo(1);
        assertThat(compared.lead(0.5)).contains(Duration.ofHours(24));
        assertThat(compared.misses()).extracting(Case::device).containsExactly("D");
        assertThat(compared.matches()).containsOnlyKeys(0);
        assertThat(compared.refutals()).containsOnlyKeys(2);
    }

    @Test
    void nothingToDivideByIsNoFigure() {
        Comparison nothing = Comparison.of(List.of(), List.of());
        assertThat(nothing.precision()).isEmpty();
        assertThat(nothing.recall()).isEmpty();
        assertThat(nothing.lead(0.5)).isEmpty();
    }

    @Test
    void everyCaseIsFoundOrMissedAndNoFaultCountsTwice() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<Outcome> faults = new ArrayList<>();
            List<Case> cases = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int hour = random.nextInt(2_000);
                faults.add(fault("D" + random.nextInt(6), hour,
                        random.nextInt(4) == 0 ? null : hour + random.nextInt(100)));
                int opened = random.nextInt(2_000);
                cases.add(new Case("T-" + i, "D" + random.nextInt(6), random.nextInt(5) > 0,
                        DAY.plus(Duration.ofHours(opened)),
                        DAY.plus(Duration.ofHours(opened + random.nextInt(300)))));
            }
            Comparison compared = Comparison.of(faults, cases);
            assertThat(compared.found() + compared.misses().size()).as("seed %d", seed)
                    .isEqualTo(compared.cases());
            assertThat(compared.confirmed() + compared.refuted()).as("seed %d", seed)
                    .isLessThanOrEqualTo(faults.size());
            assertThat(compared.refutals()).as("seed %d", seed)
                    .doesNotContainKeys(compared.matches().keySet().toArray(Integer[]::new));
            assertThat(compared.leads()).as("seed %d", seed).isSorted().hasSize(compared.found());
            List<Outcome> open = faults.stream().filter(fault -> cases.stream().anyMatch(one -> one
                    .confirmed()
                    && one.device().equals(fault.device()) && !fault.openedAt().isAfter(one.solvedAt())
                    && (fault.clearedAt() == null
                            || !fault.clearedAt().isBefore(one.openedAt().minus(Comparison.EARLIEST)))))
                    .toList();
            assertThat(compared.confirmed()).as("seed %d", seed).isEqualTo(open.size());
        }
    }
}
