package io.aftercare.diagnostics.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What a device in a test tells besides samples.
public sealed interface TestInput {
    /// Time since the series began.
    Duration at();

    /// It reports an event.
    record Event(Duration at, String code) implements TestInput {}

    /// It starts.
    ///
    /// @param requested whether somebody asked for it
    record Boot(Duration at, boolean requested) implements TestInput {}

    /// A text attribute changes.
    record Text(Duration at, String name, String text) implements TestInput {}

    /// What the devices of the same model and firmware measure.
    record Cohort(String metric, double mean, double deviation, int devices) {}

    /// `{ CODE: [10m, 20m] }`
    static List<TestInput> events(Place place) {
        List<TestInput> events = new ArrayList<>();
        place.map().forEach((code, moments) -> moments.list()
                .forEach(moment -> events.add(new Event(RuleReader.duration(moment), code))));
        return events;
    }

    /// `[10m, 20m]`
    static List<TestInput> boots(Place place, boolean requested) {
        return place.list().stream()
                .<TestInput>map(moment -> new Boot(RuleReader.duration(moment), requested))
                .toList();
    }

    /// `{ firmware: { 0s: 2.3.1, 1h: 2.4.0 } }`
    static List<TestInput> attributes(Place place) {
        List<TestInput> texts = new ArrayList<>();
        place.map().forEach((name, changes) -> changes.entries().forEach(change -> texts
                .add(new Text(RuleReader.duration(change.key()), name, change.value().text()))));
        return texts;
    }

    /// `{ cpu_temp: { mean: 50, deviation: 3, devices: 40 } }`
    static List<Cohort> cohorts(Place place) {
        List<Cohort> cohorts = new ArrayList<>();
        place.map().forEach((metric, figures) -> {
            Fields fields = new Fields(figures, Set.of("mean", "deviation", "devices"));
            double mean = fields.need("mean", Place::real, 0.0);
            double deviation = fields.need("deviation", Place::real, 0.0);
            int devices = fields.need("devices", value -> value.number(1, 1_000_000), 1);
            fields.check();
            cohorts.add(new Cohort(metric, mean, deviation, devices));
        });
        return cohorts;
    }

    static List<TestInput> inOrder(List<List<TestInput>> all) {
        return all.stream().flatMap(List::stream).sorted(Comparator.comparing(TestInput::at)).toList();
    }
}
