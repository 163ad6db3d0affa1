package io.aftercare.diagnostics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.Layout;
import io.aftercare.diagnostics.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelStateTest {
    private static final Frame FRAME = new Frame(new Layout());
    private static final int SAMPLES = 200;
    private static final List<Rule.Severity> SEVERITIES = List.of(Rule.Severity.values());

    /// What anybody would say by looking at the whole history of one level: it stands once its condition was true for long
    /// enough without a break, until it was false.
    private static boolean stands(List<Integer> verdicts, List<Long> times, long holds) {
        boolean stands = false;
        long since = -1;
        for (int i = 0; i < verdicts.size(); i++) {
            switch (verdicts.get(i)) {
                case Condition.TRUE -> {
                    since = since < 0 ? times.get(i) : since;
                    stands |= times.get(i) - since >= holds;
                }
                case Condition.FALSE -> {
                    since = -1;
                    stands = false;
                }
                default -> since = -1;
            }
        }
        return stands;
    }

    private static Condition verdictOf(int[] verdicts, int slot) {
        return new Condition() {
            @Override
            public int of(Frame frame) {
                return verdicts[slot];
            }
        };
    }

    @Test
    void severityRisesAndFallsAsTheWholeHistorySays() {
        for (long seed = 1; seed <= Long.getLong("simulation.seeds", 100); seed++) {
            Random random = new Random(seed);
            int[] verdict = new int[3];
            List<CompiledLevel> levels = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                int slot = i;
                Rule.Severity severity = SEVERITIES.get(random.nextInt(SEVERITIES.size()));
                levels.add(new CompiledLevel(verdictOf(verdict, slot), severity, random.nextInt(4) * 5L));
            }
            LevelState state = new LevelState(levels.size());
            List<List<Integer>> verdicts = new ArrayList<>();
            levels.forEach(_ -> verdicts.add(new ArrayList<>()));
            List<Long> times = new ArrayList<>();
            long time = 0;
            Rule.Severity before = Rule.Severity.INFO;
            for (int sample = 0; sample < SAMPLES; sample++) {
                time += random.nextInt(6);
                times.add(time);
                for (int i = 0; i < levels.size(); i++) {
                    verdict[i] = random.nextInt(10) < 6 ? Condition.TRUE : random.nextInt(2) - 1;
                    verdicts.get(i).add(verdict[i]);
                }
                boolean changed = state.step(levels, FRAME, time);
                Rule.Severity expected = Rule.Severity.INFO;
                for (int i = 0; i < levels.size(); i++) {
                    if (stands(verdicts.get(i), times, levels.get(i).holds())) {
                        expected = Rule.Severity.worse(expected, levels.get(i).severity());
                    }
                }
                Rule.Severity now = state.severity(levels, Rule.Severity.INFO);
                assertThat(now).as("seed %d, sample %d", seed, sample).isEqualTo(expected);
                assertThat(changed || now == before).as("seed %d: told", seed).isTrue();
                before = now;
            }
        }
    }
}
