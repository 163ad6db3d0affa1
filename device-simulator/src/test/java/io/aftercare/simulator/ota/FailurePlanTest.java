package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailurePlanTest {
    @Test
    void aFailureHappensAsOftenAsTold() {
        Failures flash = FailurePlan.parse(List.of("flashx2:LP-1", "slow-link=2000"), 1).of("LP-1");
        assertThat(flash.strike(Failure.FLASH)).isTrue();
        assertThat(flash.strike(Failure.FLASH)).isTrue();
        assertThat(flash.strike(Failure.FLASH)).isFalse();
        assertThat(flash.strike(Failure.DISK)).isFalse();
        assertThat(flash.bytesPerSecond()).isEqualTo(2000);
        assertThat(FailurePlan.parse(List.of("flash:LP-1"), 1).of("LP-2").strike(Failure.FLASH)).isFalse();
        Failures boot = FailurePlan.parse(List.of("boot"), 1).of("LP-1");
        assertThat(IntStream.range(0, 100).allMatch(_ -> boot.strike(Failure.BOOT))).isTrue();
    }

    @Test
    void aShareOfTheDevicesIsChosenBySeed() {
        FailurePlan plan = FailurePlan.parse(List.of("disk%30"), 7);
        List<Boolean> struck = IntStream.range(0, 1_000).mapToObj(i -> plan.of("D-" + i).strike(Failure.DISK))
                .toList();
        assertThat(struck.stream().filter(each -> each).count()).isBetween(240L, 360L);
        assertThat(IntStream.range(0, 1_000)
                .mapToObj(i -> FailurePlan.parse(List.of("disk%30"), 7).of("D-" + i).strike(Failure.DISK))
                .toList()).isEqualTo(struck);
        assertThat(IntStream.range(0, 1_000)
                .mapToObj(i -> FailurePlan.parse(List.of("disk%30"), 8).of("D-" + i).strike(Failure.DISK))
                .toList()).isNotEqualTo(struck);
    }

    @Test
    void powerGoesAtTheStepThatIsNamedOrAtOneByChance() {
        Failures named = FailurePlan.parse(List.of("power-loss@verifying"), 1).of("LP-1");
        named.reached(Step.ACCEPTED);
        assertThatThrownBy(() -> named.reached(Step.VERIFYING)).isInstanceOf(PowerCut.class)
                .hasMessageStartingWith("power-loss: at verifying");
        named.reached(Step.VERIFYING);
        for (Step step : List.of(Step.ACCEPTED, Step.DOWNLOADED, Step.REBOOTING, Step.TRIAL)) {
            assertThat(IntStream.range(0, 300).filter(seed -> goesAt(step, seed))).as("%s", step)
                    .hasSizeBetween(15, 80);
        }
    }

    private static boolean goesAt(Step step, long seed) {
        try {
            FailurePlan.parse(List.of("power-loss"), seed).of("LP-1").reached(step);
            return false;
        } catch (PowerCut e) {
            return true;
        }
    }

    @Test
    void whatIsWrongIsToldWithWhatIsRight() {
        assertThatThrownBy(() -> FailurePlan.parse(List.of("melt"), 1)).hasMessageContaining("melt")
                .hasMessageContaining("crash-loop");
        assertThatThrownBy(() -> FailurePlan.parse(List.of("power-loss@lunch"), 1))
                .hasMessageContaining("lunch").hasMessageContaining("installing");
        assertThatThrownBy(() -> FailurePlan.parse(List.of("slow-link"), 1))
                .hasMessageContaining("slow-link=2000");
        assertThatThrownBy(() -> FailurePlan.parse(List.of("flash@installing"), 1))
                .hasMessageContaining("only power-loss");
        assertThatThrownBy(() -> FailurePlan.parse(List.of("flash%0"), 1)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> FailurePlan.parse(List.of("Flash!"), 1)).hasMessageContaining("NAME[@STEP]");
    }
}
