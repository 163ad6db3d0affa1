package io.aftercare.service.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.complaint.Complaint.Grievance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Lets random events loose on complaints and checks what must always hold.
class ComplaintFlowSimulationTest {
    private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    private static final int EVENTS = 60;
    /// The table of [ComplaintState#next], written out a second time.
    private static final Map<ComplaintState, Set<ComplaintState>> TABLE = new EnumMap<>(Map.of(
            ComplaintState.LOGGED, Set.of(ComplaintState.VERIFIED),
            ComplaintState.VERIFIED, Set.of(ComplaintState.INVESTIGATING),
            ComplaintState.INVESTIGATING, Set.of(ComplaintState.ANSWERED),
            ComplaintState.ANSWERED, Set.of(ComplaintState.FOLLOWED_UP, ComplaintState.INVESTIGATING),
            ComplaintState.FOLLOWED_UP, Set.of(ComplaintState.CLOSED, ComplaintState.INVESTIGATING),
            ComplaintState.CLOSED, Set.of()));

    @Test
    @Tag("R52")
    void theTableIsTheOneThatWasAgreedOn() {
        for (ComplaintState state : ComplaintState.values()) {
            assertThat(state.next()).as(state.text()).isEqualTo(TABLE.get(state));
            assertThat(ComplaintState.parse(state.text())).contains(state);
        }
    }

    @Test
    @Tag("R53")
    @Tag("R54")
    void whateverHappensNothingIsClosedWithoutWhatItNeeds() {
        Set<ComplaintState> reached = EnumSet.noneOf(ComplaintState.class);
        for (long seed = 0; seed < Integer.getInteger("simulation.seeds", 300); seed++) {
            reached.addAll(walk(seed));
        }
        assertThat(reached).containsExactlyInAnyOrder(ComplaintState.values());
    }

    private static Set<ComplaintState> walk(long seed) {
        Random dice = new Random(seed);
        Complaint complaint = fresh();
        List<CorrectiveAction> actions = new ArrayList<>();
        Set<ComplaintState> reached = EnumSet.of(complaint.state());
        Instant now = START;
        for (int i = 0; i < EVENTS; i++) {
            now = now.plus(Duration.ofMinutes(dice.nextInt(600)));
            if (dice.nextInt(4) == 0) {
                work(actions, dice, now);
            }
            ComplaintEvent event = event(dice);
            ComplaintFlow.Outcome outcome = ComplaintFlow.next(complaint, actions, event, now);
            String where = "seed " + seed + ", step " + i + ", " + event;
            if (outcome instanceof ComplaintFlow.Outcome.Done done) {
                check(where, complaint, done.complaint(), actions);
                complaint = done.complaint();
                reached.add(complaint.state());
            } else {
                assertThat(((ComplaintFlow.Outcome.Refused) outcome).why()).as(where).isNotBlank();
            }
        }
        return reached;
    }

    private static void check(String where, Complaint before, Complaint after,
            List<CorrectiveAction> actions) {
        assertThat(before.state()).as(where).isNotEqualTo(ComplaintState.CLOSED);
        if (before.state() != after.state()) {
            assertThat(TABLE.get(before.state())).as(where).contains(after.state());
        }
        switch (after.state()) {
            case LOGGED -> assertThat(after.finding()).as(where).isNull();
            case VERIFIED -> assertThat(after.finding()).as(where).isNotBlank();
            case INVESTIGATING -> assertThat(after.owner()).as(where).isNotNull();
            case ANSWERED -> {
                assertThat(after.reply()).as(where).isNotBlank();
                assertThat(Boolean.TRUE.equals(after.justified()) && after.cause() == null).as(where)
                        .isFalse();
            }
            case FOLLOWED_UP -> assertThat(after.satisfaction()).as(where).isGreaterThan(2);
            case CLOSED -> {
                assertThat(after.closedAt()).as(where).isNotNull();
                assertThat(after.satisfaction()).as(where).isGreaterThan(2);
                if (Boolean.TRUE.equals(after.justified())) {
                    assertThat(actions).as(where).isNotEmpty()
                            .allMatch(action -> action.isDone() && action.effective() != null);
                    assertThat(actions.getLast().isEffective()).as(where).isTrue();
                }
            }
        }
    }

    private static ComplaintEvent event(Random dice) {
        return switch (dice.nextInt(10)) {
            case 0 -> new ComplaintEvent.Edit(null, dice.nextBoolean() ? "major" : null, "ann");
            case 1 -> new ComplaintEvent.Verify(dice.nextBoolean() ? "true" : " ", dice.nextInt(3) > 0);
            case 2, 3 -> new ComplaintEvent.Investigate(null);
            case 4 -> new ComplaintEvent.Cause("worn roller", "worn-roller", null);
            case 5, 6 -> new ComplaintEvent.Answer(dice.nextInt(4) == 0 ? null : "We are sorry");
            case 7 -> new ComplaintEvent.FollowUp(1 + dice.nextInt(5), "asked");
            case 8 -> new ComplaintEvent.Close(null);
            default -> new ComplaintEvent.Update("on it");
        };
    }

    private static void work(List<CorrectiveAction> actions, Random dice, Instant now) {
        CorrectiveAction last = actions.isEmpty() ? null : actions.getLast();
        if (last == null || last.effective() != null && !last.isEffective()) {
            actions.add(
                    new CorrectiveAction(actions.size(), "train", "bob", now, null, null, null, null, null,
                            null, null));
        } else if (!last.isDone()) {
            actions.set(actions.size() - 1,
                    new CorrectiveAction(last.id(), last.text(), last.owner(), last.due(),
                            now, "bob", "done", null, null, null, null));
        } else if (last.effective() == null) {
            actions.set(actions.size() - 1,
                    new CorrectiveAction(last.id(), last.text(), last.owner(), last.due(),
                            last.doneAt(), last.doneBy(), last.result(), dice.nextBoolean(), "counted", "cat",
                            now));
        }
    }

    private static Complaint fresh() {
        return new Complaint(1, 1, ComplaintState.LOGGED,
                new Grievance("product", "minor", "Jams again", "", "phone",
                        null, null, "LP-1", "LP", "ann", START),
                null, null, null, null, null, null, null, null, null, null);
    }
}
