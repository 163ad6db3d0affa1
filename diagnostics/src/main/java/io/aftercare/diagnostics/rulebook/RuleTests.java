package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.engine.DeviceState;
import io.aftercare.diagnostics.engine.Phase;
import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleTest;
import io.aftercare.diagnostics.engine.Signal;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the tests written inside a rule, on the same code that judges devices.
public final class RuleTests {
    private static final DeviceState.Sink NOBODY = new DeviceState.Sink() {
        @Override
        public void signal(DeviceState state, int rule, Signal signal, long micros) {
            // the test asks the state itself
        }

        @Override
        public void stillOpen(DeviceState state, int rule, Phase phase, long micros) {
            // the test asks the state itself
        }
    };

    private RuleTests() {}

    /// An expectation that was not met.
    public record Failure(String test, int line, String message) {
        @Override
        public String toString() {
            return "line " + line + ", test \"" + test + "\": " + message;
        }
    }

    /// Runs every test of a rule; answers with what failed.
    public static List<Failure> run(Rule rule) {
        List<Failure> failures = new ArrayList<>();
        rule.tests().forEach(test -> run(rule, test, failures));
        return failures;
    }

    private static void run(Rule rule, RuleTest test, List<Failure> failures) {
        Map<String, List<Double>> series = new TreeMap<>(test.series());
        ModelMetrics metrics = ModelMetrics.inMemory(test.device().model(), List.copyOf(series.keySet()));
        Plan plan = new Plan(test.device().model(), List.of(new ActiveRule(rule, 1, 1)));
        if (plan.isEmpty()) {
            failures.add(new Failure(test.name(), firstLine(test),
                    "the rule is not for the model " + test.device().model() + " that the test names"));
            return;
        }
        DeviceState state = new DeviceState(plan, test.device());
        List<RuleTest.Expectation> open = test.expectations().stream()
                .sorted(Comparator.comparing(RuleTest.Expectation::at)).toList();
        int steps = series.values().stream().mapToInt(List::size).max().orElse(0);
        int next = 0;
        Sample sample = new Sample(test.device(), metrics);
        for (int step = 0; step <= steps; step++) {
            long offset = test.step().toNanos() / 1_000 * step;
            while (next < open.size() && (step == steps || open.get(next).at().toNanos() / 1_000 < offset)) {
                check(state, test, open.get(next++), failures);
            }
            fill(sample, test, metrics, series, step, offset);
            if (sample.count() > 0) {
                state.judge(sample, NOBODY);
            }
        }
    }

    private static int firstLine(RuleTest test) {
        return test.expectations().isEmpty() ? 1 : test.expectations().getFirst().line();
    }

    private static void fill(Sample sample, RuleTest test, ModelMetrics metrics,
            Map<String, List<Double>> series,
            int step, long offsetMicros) {
        sample.begin(test.device(), metrics, RuleTest.START.getEpochSecond() * 1_000_000 + offsetMicros);
        int place = 0;
        for (List<Double> values : series.values()) {
            if (step < values.size() && !values.get(step).isNaN()) {
                sample.add(place, values.get(step));
            }
            place++;
        }
    }

    private static void check(DeviceState state, RuleTest test, RuleTest.Expectation expected,
            List<Failure> failures) {
        boolean open = state.phase(0).isOpen();
        if (open != expected.open()) {
            String values = state.values(0).toString();
            failures.add(new Failure(test.name(), expected.line(),
                    "at " + RuleTest.at(expected.at()) + " the fault should be "
                            + (expected.open() ? "open" : "closed")
                            + " and is " + (open ? "open" : "closed") + "; values then: " + values));
        }
        expected.severity().filter(_ -> open).filter(wanted -> wanted != state.severity(0))
                .ifPresent(wanted -> failures.add(new Failure(test.name(), expected.line(),
                        "at " + RuleTest.at(expected.at()) + " the fault should be " + wanted.text()
                                + " and is " + state.severity(0).text())));
    }
}
