package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.http.Json;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionClass;
import io.aftercare.remote.action.ActionState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NIGHT = NOW.plusSeconds(36_000);
    private static final Instant DEADLINE = NOW.plusSeconds(86_400);

    private static Action action(ActionState state, @Nullable Instant sentAt) {
        return new Action("a1", "SN-1", "reboot", ActionClass.C, Json.object(), null, state, "no need", null,
                "fleet:f1:1:SN-1", "ann", null, 60, NOW, NOW, sentAt, NOW, null, "broken", null, 1);
    }

    private static Ending.Moment moment(boolean over, @Nullable Instant nextTry) {
        return new Ending.Moment(over, Optional.ofNullable(nextTry), DEADLINE, NOW);
    }

    @Test
    void whoSleptThroughTheWindowIsTriedInTheNextOneWhileThereIsOne() {
        Action expired = action(ActionState.EXPIRED, null);
        assertThat(Ending.of(expired, false, moment(false, NIGHT)))
                .isEqualTo(new Ending(TurnEvent.DEFER, "not there in its window", NIGHT));
        assertThat(Ending.of(expired, false, moment(false, null)).event()).isEqualTo(TurnEvent.MISS);
        assertThat(Ending.of(expired, false, moment(true, NIGHT)).event()).isEqualTo(TurnEvent.MISS);
        assertThat(Ending.of(expired, false, moment(false, DEADLINE)).event()).isEqualTo(TurnEvent.MISS);
    }

    @Test
    void whatTheFleetActionTookBackIsTriedAgainAndWhatAPersonTookBackIsNot() {
        Action cancelled = action(ActionState.CANCELLED, null);
        assertThat(Ending.of(cancelled, true, moment(false, null)).event()).isEqualTo(TurnEvent.DEFER);
        assertThat(Ending.of(cancelled, true, moment(true, null)).event()).isEqualTo(TurnEvent.CANCEL);
        assertThat(Ending.of(cancelled, false, moment(false, null)))
                .isEqualTo(new Ending(TurnEvent.CANCEL, "no need", null));
    }

    @Test
    void whatTheGuardsKeptFromBeingSentIsNoFailure() {
        assertThat(Ending.of(action(ActionState.FAILED, NOW), false, moment(false, null)).event())
                .isEqualTo(TurnEvent.FAIL);
        assertThat(Ending.of(action(ActionState.FAILED, null), false, moment(false, null)).event())
                .isEqualTo(TurnEvent.SKIP);
        assertThat(Ending.of(action(ActionState.TIMED_OUT, NOW), false, moment(false, null)).event())
                .isEqualTo(TurnEvent.FAIL);
    }

    @Test
    void everyEndOfAnActionIsPossibleForATurnThatWasAskedAndNothingElseIsAnEnd() {
        for (ActionState state : EnumSet.allOf(ActionState.class)) {
            if (state.isOver()) {
                TurnEvent event = Ending.of(action(state, NOW), true, moment(false, NIGHT)).event();
                assertThat(TurnState.ASKED.after(event)).as(state.text()).isPresent();
            } else {
                assertThatThrownBy(() -> Ending.of(action(state, NOW), true, moment(false, NIGHT)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aTurnsKeyIsReadAsItIsWritten() {
        Turn turn = new Turn("f1", 3, "SN-1", 0, TurnState.ASKED, 2, null, null, null, NOW, NOW, null);
        assertThat(Turn.Key.parse(turn.key())).isEqualTo(new Turn.Key("f1", 2, "SN-1"));
        assertThat(Turn.Key.parse("http:whatever")).isNull();
        assertThat(Turn.Key.parse(null)).isNull();
    }
}
