package io.aftercare.service.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.emergency.EmergencyFlow.Move;
import io.aftercare.service.emergency.EmergencyFlow.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class EmergencyFlowTest {
    private static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");
    private static final int SEEDS = 5000;
    private static final List<EmergencyState> STATES = List.of(EmergencyState.values());
    /// The table once more, written out.
    private static final Map<String, Set<String>> TABLE = Map.of("warning", Set.of("responding", "review"),
            "responding", Set.of("handling", "review"), "handling", Set.of("responding", "review"), "review",
            Set.of("handling", "closed"), "closed", Set.of());

    private static Emergency fresh(@Nullable String commander) {
        return new Emergency(1, 1, 2, "Flood", "", EmergencyState.WARNING, T0, commander, null, List.of(),
                null, null,
                null, T0, "ann", null);
    }

    private static Outcome ask(Emergency emergency, EmergencyState to, @Nullable String outcome,
            @Nullable String review, int open) {
        return EmergencyFlow.next(emergency, new Move(to, "because", outcome, review), open, T0);
    }

    @Test
    @Tag("R80")
    void whateverIsAskedTheTableAndTheGuardsHold() {
        int closed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Emergency emergency = fresh(random.nextBoolean() ? "bob" : null);
            for (int i = 0; i < 30; i++) {
                EmergencyState to = STATES.get(random.nextInt(STATES.size()));
                String outcome = random.nextBoolean() ? "dry again" : null;
                String review = random.nextBoolean() ? "buy pumps" : " ";
                int open = random.nextInt(3);
                switch (ask(emergency, to, outcome, review, open)) {
                    case Outcome.Refused refused ->
                        assertThat(refused.why()).as("seed " + seed).contains("E-1");
                    case Outcome.Moved moved -> {
                        Emergency after = moved.emergency();
                        assertThat(TABLE.get(emergency.state().text())).as("seed " + seed)
                                .contains(to.text());
                        assertThat(after.state()).isEqualTo(to);
                        if (to == EmergencyState.CLOSED) {
                            assertThat(open).as("seed " + seed).isZero();
                            assertThat(after.review()).isEqualTo("buy pumps");
                            assertThat(after.outcome()).isNotNull();
                            closed++;
                        } else {
                            assertThat(after.closedAt()).isNull();
                        }
                        emergency = after;
                    }
                }
            }
        }
        assertThat(closed).isGreaterThan(SEEDS / 4);
    }

    @Test
    @Tag("R81")
    void nobodyRespondsWithoutSomebodyWhoLeads() {
        assertThat(ask(fresh(null), EmergencyState.RESPONDING, null, null, 0)).isInstanceOfSatisfying(
                Outcome.Refused.class, refused -> assertThat(refused.why()).contains("set the commander"));
        assertThat(ask(fresh("bob"), EmergencyState.RESPONDING, null, null, 0))
                .isInstanceOf(Outcome.Moved.class);
    }

    @Test
    void eachGuardNamesWhatIsMissing() {
        assertThat(why(ask(fresh("bob"), EmergencyState.REVIEW, null, null, 0))).contains("send outcome");
        Emergency review = fresh("bob").in(EmergencyState.REVIEW, "dry again", null, T0);
        assertThat(why(ask(review, EmergencyState.CLOSED, null, null, 0))).contains("send review");
        assertThat(why(ask(review, EmergencyState.CLOSED, null, "buy pumps", 2))).contains("2 are open");
        assertThat(why(ask(fresh("bob"), EmergencyState.CLOSED, "x", "y", 0)))
                .contains("is warning, from where it may become responding, review");
    }

    private static String why(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.why() : "moved";
    }
}
