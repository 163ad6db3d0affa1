package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RuleCostsTest {
    @Test
    void aRuleThatTakesMoreThanItMayIsNamed() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RuleCosts costs = new RuleCosts(meters, 5_000);
        for (int i = 0; i < 1_000; i++) {
            costs.of("dear").add(100_000);
            costs.of("cheap").add(0);
        }
        assertThat(costs.isOverBudget("dear")).isTrue();
        assertThat(costs.average("dear")).isBetween(50_000.0, 100_000.0);
        assertThat(costs.isOverBudget("cheap")).isFalse();
        assertThat(costs.isOverBudget("unknown")).isFalse();
        assertThat(meters.get("aftercare.rule.over.budget").tag("rule", "dear").gauge().value()).isEqualTo(1);
        assertThat(meters.get("aftercare.rule.over.budget").tag("rule", "cheap").gauge().value()).isZero();
        assertThat(meters.get("aftercare.rule.cost").tag("rule", "dear").functionCounter().count())
                .isBetween(1_000 * 256 * 50e-6, 1_000 * 256 * 100e-6);
    }

    @Test
    void aFewTimesTellNothing() {
        RuleCosts costs = new RuleCosts(new SimpleMeterRegistry(), 5_000);
        for (int i = 0; i < 100; i++) {
            costs.of("dear").add(1_000_000);
        }
        assertThat(costs.average("dear")).isZero();
        assertThat(costs.isOverBudget("dear")).isFalse();
    }
}
