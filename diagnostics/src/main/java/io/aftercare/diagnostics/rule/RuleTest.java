package io.aftercare.diagnostics.rule;

import io.aftercare.diagnostics.time.Durations;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A test inside a rule's document: what a device sends, and whether the fault is open at certain moments.
///
/// @param series  by metric: one value each step, NaN where nothing is sent
/// @param inputs  what else it tells, in order
/// @param cohorts what the devices of its kind measure meanwhile
public record RuleTest(String name, Duration step, Map<String, List<Double>> series, List<TestInput> inputs,
        List<TestInput.Cohort> cohorts, List<Expectation> expectations, Device device) {
    private static final int EXPECTATIONS_MAX = 100;
    private static final int INPUTS_MAX = 1_000;
    private static final Set<String> FIELDS = Set.of("name", "step", "series", "attributes", "events",
            "boots",
            "restarts", "cohort", "expect", "device");
    public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    public RuleTest {
        series = Map.copyOf(series);
        inputs = List.copyOf(inputs);
        cohorts = List.copyOf(cohorts);
        expectations = List.copyOf(expectations);
    }

    /// @param at       time since the series began
    /// @param open     whether the fault is open then, after what came at that moment
    /// @param severity of the fault then; empty where the test does not care
    /// @param line     of the document
    public record Expectation(Duration at, boolean open, Optional<Rule.Severity> severity, int line) {}

    static RuleTest read(Place place, Rule.AppliesTo appliesTo) {
        Fields fields = new Fields(place, FIELDS);
        String name = fields.need("name", Place::text, "");
        Duration step = fields.may("step", RuleReader::window, Duration.ofMinutes(1));
        Map<String, List<Double>> series = fields.need("series", RuleTest::series, Map.of());
        List<Expectation> expectations = fields.need("expect", RuleTest::expectations, List.of());
        String model = appliesTo.models().isEmpty() ? "any" : appliesTo.models().getFirst();
        Device device = fields.may("device", value -> device(value, model),
                device(model, Map.of(), Map.of()));
        List<TestInput> inputs = TestInput.inOrder(List.of(
                fields.may("attributes", TestInput::attributes, List.of()),
                fields.may("events", TestInput::events, List.of()),
                fields.may("boots", value -> TestInput.boots(value, false), List.of()),
                fields.may("restarts", value -> TestInput.boots(value, true), List.of())));
        List<TestInput.Cohort> cohorts = fields.may("cohort", TestInput::cohorts, List.of());
        fields.check();
        if (inputs.size() > INPUTS_MAX) {
            throw place.wrong("at most " + INPUTS_MAX + " events, boots and changes a test");
        }
        return new RuleTest(name, step, series, inputs, cohorts, expectations, device);
    }

    private static Map<String, List<Double>> series(Place place) {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        place.map().forEach((metric, values) -> {
            try {
                series.put(metric, Series.parse(values.text()));
            } catch (IllegalArgumentException e) {
                throw values.wrong(String.valueOf(e.getMessage()));
            }
        });
        return series;
    }

    private static List<Expectation> expectations(Place place) {
        List<Expectation> expectations = new ArrayList<>();
        for (Place item : place.list()) {
            Fields fields = new Fields(item, Set.of("at", "open", "severity"));
            Duration at = fields.need("at", RuleReader::duration, Duration.ZERO);
            boolean open = fields.need("open", Place::truth, false);
            Optional<Rule.Severity> severity = fields.optional("severity", RuleReader::severity);
            fields.check();
            expectations.add(new Expectation(at, open, severity, item.line()));
        }
        if (expectations.size() > EXPECTATIONS_MAX) {
            throw place.wrong("at most " + EXPECTATIONS_MAX + " expectations a test");
        }
        return expectations;
    }

    private static Device device(Place place, String model) {
        Fields fields = new Fields(place,
                Set.of("model", "hardware", "firmware", "region", "age_days", "tags"));
        Map<String, String> texts = new TreeMap<>();
        for (String name : List.of("model", "hardware", "firmware", "region", "age_days")) {
            fields.optional(name, Place::text).ifPresent(value -> texts.put(name, value));
        }
        Map<String, String> tags = fields.may("tags", value -> {
            Map<String, String> read = new TreeMap<>();
            value.map().forEach((name, tag) -> read.put(name, tag.text()));
            return read;
        }, Map.of());
        fields.optional("age_days", value -> value.number(0, 100_000));
        fields.check();
        return device(model, texts, tags);
    }

    private static Device device(String model, Map<String, String> texts, Map<String, String> tags) {
        LocalDate purchased = START.atZone(ZoneOffset.UTC).toLocalDate()
                .minusDays(Long.parseLong(texts.getOrDefault("age_days", "0")));
        return new Device(1, new DeviceId("TEST"), texts.getOrDefault("model", model),
                texts.getOrDefault("hardware", ""), texts.getOrDefault("firmware", ""), "", purchased,
                texts.getOrDefault("region", ""), "", tags, "active", 1, START, null);
    }

    /// A moment of the test, as its author writes it.
    public static String at(Duration at) {
        return Durations.text(at);
    }
}
