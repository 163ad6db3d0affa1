package io.aftercare.diagnostics.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Changes, silences and sequences, each against a plain list of what happened.
class MomentsInTimeTest {
    private static final long WINDOW = 60_000_000;

    @Test
    void aChangeIsSeenForAsLongAsTheWindow() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        Changes changes = new Changes(WINDOW);
        long now = 0;
        long changed = Long.MIN_VALUE;
        double before = Double.NaN;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextLong(1, WINDOW / 2);
            double value = random.nextInt(4) == 0 ? random.nextInt(3) : Double.isNaN(before) ? 1 : before;
            if (!Double.isNaN(before) && value != before) {
                changed = now;
            }
            before = value;
            changes.add(value, now);
            long asked = now + random.nextLong(WINDOW);
            double expected = changed != Long.MIN_VALUE && asked - changed < WINDOW ? 1 : 0;
            assertThat(changes.read(Output.CHANGED, 0, asked)).as("seed %d step %d", seed, i)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aLateValueThatDiffersIsAChangeOfItsTime() {
        Changes changes = new Changes(WINDOW);
        changes.add(5, 100_000_000);
        changes.late(5, 90_000_000);
        assertThat(changes.read(Output.CHANGED, 0, 100_000_000)).isZero();
        changes.late(7, 90_000_000);
        assertThat(changes.read(Output.CHANGED, 0, 100_000_000)).isEqualTo(1);
        assertThat(changes.read(Output.CHANGED, 0, 150_000_000)).isZero();
    }

    @Test
    void textsAreToldApart() {
        List<Double> seen = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            seen.add(Texts.fingerprint("state-" + i));
        }
        assertThat(seen).doesNotHaveDuplicates().allMatch(it -> it == Math.rint(it) && it >= 0);
    }

    @Test
    void silenceBeginsAtItsDeadlineAndNotBeforeSomebodyListens() {
        Presence presence = new Presence(WINDOW);
        assertThat(presence.read(5)).isNaN();
        assertThat(presence.deadline()).isEqualTo(Long.MAX_VALUE);
        presence.arrived(1_000);
        presence.arrived(500);
        assertThat(presence.deadline()).isEqualTo(1_000 + WINDOW);
        assertThat(presence.read(999 + WINDOW)).isZero();
        assertThat(presence.read(1_000 + WINDOW)).isEqualTo(1);
        presence.notBefore(WINDOW * 3);
        assertThat(presence.read(WINDOW * 3 - 1)).isZero();
        assertThat(presence.deadline()).isEqualTo(WINDOW * 3);
        presence.arrived(WINDOW * 3);
        assertThat(presence.read(WINDOW * 4 - 1)).isZero();
    }

    @Test
    void aSequenceIsTheFirstThingEarlierAndTheOtherNow() {
        long seed = Long.getLong("seed", 20);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            Sequence sequence = new Sequence(WINDOW);
            List<Long> held = new ArrayList<>();
            boolean known = false;
            long now = 0;
            for (int i = 0; i < 400; i++) {
                now += random.nextInt(5) == 0 ? 0 : random.nextLong(1, WINDOW);
                int first = random.nextInt(5) - 3 > 0 ? 1 : random.nextInt(3) == 0 ? -1 : 0;
                int then = random.nextInt(3) - 1;
                long at = now;
                boolean earlier = held.stream().anyMatch(it -> it < at && at - it <= WINDOW);
                int before = earlier ? 1 : known ? 0 : -1;
                int expected = before == 0 || then == 0 ? 0 : before < 0 || then < 0 ? -1 : 1;
                assertThat(sequence.step(first, then, now)).as("seed %d round %d step %d", seed, round, i)
                        .isEqualTo(expected);
                known |= first >= 0;
                if (first == 1) {
                    held.add(now);
                }
            }
        }
    }
}
