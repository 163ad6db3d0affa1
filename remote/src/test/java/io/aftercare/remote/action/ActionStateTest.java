package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActionStateTest {
    @Test
    void whatIsOverStaysOver() {
        for (ActionState state : ActionState.values()) {
            for (ActionEvent event : ActionEvent.values()) {
                assertThat(state.isOver() && state.after(event).isPresent()).as(state + " " + event)
                        .isFalse();
            }
        }
    }

    @Test
    void everyWayEndsAndOnlyWhatWasQueuedIsSent() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            ActionState state = random.nextBoolean() ? ActionState.REQUESTED : ActionState.QUEUED;
            boolean queued = state == ActionState.QUEUED;
            for (int step = 0; step < 500 && !state.isOver(); step++) {
                ActionEvent event = List.of(ActionEvent.values())
                        .get(random.nextInt(ActionEvent.values().length));
                ActionState next = state.after(event).orElse(state);
                queued |= next == ActionState.QUEUED;
                assertThat(next != ActionState.SENT || queued).isTrue();
                state = next;
            }
            assertThat(state.isOver()).isTrue();
        }
    }

    @Test
    void theNamesOutsideAreThoseOfTheContract() {
        assertThat(ActionState.TIMED_OUT.text()).isEqualTo("timed-out");
        for (ActionState state : ActionState.values()) {
            assertThat(ActionState.parse(state.text())).isEqualTo(state);
        }
    }
}
