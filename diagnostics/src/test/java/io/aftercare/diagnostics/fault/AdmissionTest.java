package io.aftercare.diagnostics.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.fault.Admission.Admitted;
import io.aftercare.diagnostics.fault.Admission.Held;
import io.aftercare.diagnostics.fault.Admission.Parent;
import io.aftercare.diagnostics.fault.Admission.Passed;
import io.aftercare.diagnostics.fault.Admission.Question;
import io.aftercare.diagnostics.fault.Admission.Silence;
import io.aftercare.diagnostics.fault.Admission.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int SECONDS = 900;

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }

    /// A child's fault, its gateway's and a maintenance, each from one second to another.
    private record World(int childFrom, int childTo, int parentFrom, int parentTo, int silentFrom,
            int silentTo) {
        static World of(Random random) {
            int child = random.nextInt(300);
            int parent = random.nextInt(600);
            int silent = random.nextInt(600);
            return new World(child, child + 1 + random.nextInt(500), parent, parent + random.nextInt(300),
                    silent,
                    silent + random.nextInt(300));
        }

        boolean isParentOpen(int second) {
            return second >= parentFrom && second < parentTo;
        }

        boolean isSilent(int second) {
            return second >= silentFrom && second < silentTo;
        }

        /// What anybody would say: the first second in which the child still has the fault, its grace is over, nothing explains it
        /// and nobody silenced it.
        int told() {
            for (int second = childFrom + 60; second < childTo; second++) {
                if (!isParentOpen(second) && !isSilent(second)) {
                    return second;
                }
            }
            return -1;
        }
    }

    /// The gate as it runs: decides when the child is raised, and anew whenever what held it says so or the parent ends.
    private static int run(World world) {
        List<Silence> silences = List.of(
                new Silence("s1", "maintenance", at(world.silentFrom), at(world.silentTo), "new belt"));
        @Nullable
        Instant look = at(world.childFrom);
        for (int second = 0; second < SECONDS; second++) {
            boolean open = second >= world.childFrom && second < world.childTo;
            boolean parentEnds = second == world.parentTo && world.parentTo > world.parentFrom;
            if (look == null || at(second).isBefore(look) && !parentEnds || second < world.childFrom
                    || !open) {
                continue;
            }
            Verdict verdict = Admission.decide(
                    new Question(at(world.childFrom), true, at(world.childFrom), Optional.of(GRACE)),
                    silences,
                    world.isParentOpen(second)
                            ? Optional.of(new Parent("f1", "GW-1", "SILENT"))
                            : Optional.empty(),
                    at(second));
            switch (verdict) {
                case Admitted _ -> {
                    return second;
                }
                case Held held -> look = held.lookAt();
                case Passed _ -> throw new AssertionError("An open fault passes nowhere: " + world);
            }
        }
        return -1;
    }

    @Test
    void theDeskHearsOfAFaultInTheFirstSecondInWhichNothingHoldsIt() {
        for (long seed = 1; seed <= Long.getLong("simulation.seeds", 2_000); seed++) {
            World world = World.of(new Random(seed));
            assertThat(run(world)).as("seed %d: %s", seed, world).isEqualTo(world.told());
        }
    }

    @Test
    void whatBeganAndEndedWithinAMaintenanceIsNeverTold() {
        Silence past = new Silence("s1", "maintenance", at(0), at(100), "new belt");
        Question late = new Question(at(50), false, at(500), Optional.empty());
        assertThat(Admission.decide(late, List.of(past), Optional.empty(), at(500)))
                .isInstanceOf(Passed.class);
        Question open = new Question(at(50), true, at(500), Optional.empty());
        assertThat(Admission.decide(open, List.of(past), Optional.empty(), at(500)))
                .isInstanceOf(Admitted.class);
    }

    @Test
    void theLongestOfSeveralSilencesHolds() {
        List<Silence> silences = new ArrayList<>();
        silences.add(new Silence("s1", "suppression", at(0), at(100), "known"));
        silences.add(new Silence("s2", "maintenance", at(0), at(200), "new belt"));
        Question question = new Question(at(50), true, at(50), Optional.empty());
        assertThat(Admission.decide(question, silences, Optional.empty(), at(50)))
                .isEqualTo(new Held("maintenance", "s2", "maintenance until " + at(200) + ": new belt",
                        at(200)));
    }
}
