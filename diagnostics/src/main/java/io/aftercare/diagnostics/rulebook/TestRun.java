package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.diagnostics.rule.RuleTest;
import io.aftercare.diagnostics.rule.RuleTest.Expectation;
import io.aftercare.diagnostics.rule.TestInput;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One test of a rule while it runs: what the device tells, in order of time; then whether the fault stands as expected. Used once.
final class TestRun {
    private final RuleTest test;
    private final Rehearsal rehearsal;
    private final Map<String, List<Double>> series;
    private final ModelMetrics metrics;
    private final Sample sample;
    private final List<Expectation> expected;
    private int nextInput;
    private int nextExpected;

    TestRun(RuleTest test, Plan plan) {
        this.test = test;
        this.rehearsal = new Rehearsal(plan, test.device());
        this.series = new TreeMap<>(test.series());
        this.metrics = ModelMetrics.inMemory(test.device().model(), List.copyOf(series.keySet()));
        this.sample = new Sample(test.device(), metrics);
        this.expected = test.expectations().stream().sorted(Comparator.comparing(Expectation::at)).toList();
        rehearsal.cohorts(test.cohorts());
    }

    void run(List<RuleTests.Failure> failures) {
        int steps = series.values().stream().mapToInt(List::size).max().orElse(0);
        for (int step = 0; step <= steps; step++) {
            Duration at = test.step().multipliedBy(step);
            while (nextExpected < expected.size()
                    && (step == steps || expected.get(nextExpected).at().compareTo(at) < 0)) {
                tellUntil(expected.get(nextExpected).at());
                check(expected.get(nextExpected++), failures);
            }
            tellUntil(at);
            if (step < steps) {
                sample(step, micros(at));
            }
        }
    }

    private static long micros(Duration at) {
        return RuleTest.START.getEpochSecond() * 1_000_000 + at.toNanos() / 1_000;
    }

    /// Tells what is due, the moment itself included.
    private void tellUntil(Duration at) {
        while (nextInput < test.inputs().size() && test.inputs().get(nextInput).at().compareTo(at) <= 0) {
            TestInput input = test.inputs().get(nextInput++);
            long micros = micros(input.at());
            switch (input) {
                case TestInput.Event event -> rehearsal.event(event.code(), micros);
                case TestInput.Boot boot -> rehearsal.boot(boot.requested(), micros);
                case TestInput.Text text -> rehearsal.text(text.name(), text.text(), micros);
            }
        }
    }

    /// A step's values, or the passing of time where there are none.
    private void sample(int step, long micros) {
        sample.begin(test.device(), metrics, micros);
        int place = 0;
        for (List<Double> values : series.values()) {
            if (step < values.size() && !values.get(step).isNaN()) {
                sample.add(place, values.get(step));
            }
            place++;
        }
        if (sample.count() > 0) {
            rehearsal.accept(sample);
        } else {
            rehearsal.clock(micros);
        }
    }

    private void check(Expectation wanted, List<RuleTests.Failure> failures) {
        rehearsal.clock(micros(wanted.at()));
        boolean open = rehearsal.isOpen();
        String at = "at " + RuleTest.at(wanted.at()) + " the fault should be ";
        if (open != wanted.open()) {
            failures.add(
                    new RuleTests.Failure(test.name(), wanted.line(), at + (wanted.open() ? "open" : "closed")
                            + " and is " + (open ? "open" : "closed") + "; values then: "
                            + rehearsal.values()));
        } else if (open && wanted.severity().isPresent()
                && wanted.severity().get() != rehearsal.severity()) {
            failures.add(new RuleTests.Failure(test.name(), wanted.line(), at + wanted.severity().get().text()
                    + " and is " + rehearsal.severity().text()));
        }
    }
}
