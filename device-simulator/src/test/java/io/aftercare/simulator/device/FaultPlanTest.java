package io.aftercare.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    @Test
    void faultsAreReadAndActiveInTheirTime() {
        FaultPlan plan = FaultPlan.parse(List.of("fuser-overheat@20s", "jam@1m+30s:L-7", "overheat@500ms"));
        assertThat(plan.active("P-1", Duration.ofSeconds(19))).containsExactly("overheat");
        assertThat(plan.active("P-1", Duration.ofSeconds(20))).containsExactlyInAnyOrder("overheat",
                "fuser-overheat");
        assertThat(plan.active("L-7", Duration.ofSeconds(89))).contains("jam");
        assertThat(plan.active("L-7", Duration.ofSeconds(90))).doesNotContain("jam");
        assertThat(plan.active("L-8", Duration.ofSeconds(70))).doesNotContain("jam");
    }

    @Test
    void aWrongFaultIsNamedWithTheRightOnes() {
        assertThatThrownBy(() -> FaultPlan.parse(List.of("melt@3s"))).hasMessageContaining("melt")
                .hasMessageContaining("fuser-overheat");
        assertThatThrownBy(() -> FaultPlan.parse(List.of("jam"))).hasMessageContaining("NAME@AFTER");
    }
}
