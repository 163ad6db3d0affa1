package io.aftercare.simulator.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MisbehaviourPlanTest {
    @Test
    void aPlanIsForDevicesAndTimes() {
        AtomicReference<Duration> elapsed = new AtomicReference<>(Duration.ZERO);
        MisbehaviourPlan plan = MisbehaviourPlan.parse(List.of("answer-twice@0s", "reject@10s+5s:D-1"));
        Temper first = plan.of("D-1", elapsed::get);
        Temper second = plan.of("D-2", elapsed::get);
        assertThat(first.is(Misbehaviour.ANSWER_TWICE)).isTrue();
        assertThat(second.is(Misbehaviour.ANSWER_TWICE)).isTrue();
        assertThat(first.is(Misbehaviour.REJECT)).isFalse();
        elapsed.set(Duration.ofSeconds(12));
        assertThat(first.is(Misbehaviour.REJECT)).isTrue();
        assertThat(second.is(Misbehaviour.REJECT)).isFalse();
        elapsed.set(Duration.ofSeconds(15));
        assertThat(first.is(Misbehaviour.REJECT)).isFalse();
    }

    @Test
    void aWrongNameIsToldWithTheRightOnes() {
        assertThatThrownBy(() -> MisbehaviourPlan.parse(List.of("shout@1s"))).hasMessageContaining("shout")
                .hasMessageContaining("flood-shell");
        assertThatThrownBy(() -> MisbehaviourPlan.parse(List.of("reject")))
                .hasMessageContaining("NAME@AFTER");
    }

    @Test
    void thePageNamesThemAll() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "simulator-remote.md"));
        for (Misbehaviour each : Misbehaviour.values()) {
            assertThat(page).contains("`" + each.word() + "`").contains(each.meaning());
        }
    }
}
