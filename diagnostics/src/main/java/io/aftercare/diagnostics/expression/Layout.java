package io.aftercare.diagnostics.expression;

import io.aftercare.fleet.device.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where everything that a set of conditions speaks of has its slot in a frame (`double[]`). Slot 0 holds the time of
/// evaluation in microseconds. What two conditions share has one slot. Filled while compiling, read-only afterwards.
public final class Layout {
    /// The slot of the moment of evaluation.
    public static final int NOW = 0;

    private final Map<String, Integer> metrics = new LinkedHashMap<>();
    private final Map<String, Integer> facts = new LinkedHashMap<>();
    private final List<Facts.Of> factValues = new ArrayList<>();
    private final Map<TrackSpec, Integer> tracks = new LinkedHashMap<>();
    private final Map<Reading, Integer> readings = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>(List.of("now"));

    /// An output of a track, and the slot that shows it.
    public record Reading(int track, Output output) {}

    int metric(String name) {
        return metrics.computeIfAbsent(name, this::slot);
    }

    int fact(Facts.Fact fact) {
        return facts.computeIfAbsent(fact.key(), key -> {
            factValues.add(fact.value());
            return slot(key);
        });
    }

    int reading(TrackSpec spec, Output output, String text) {
        metric(spec.metric());
        Integer track = tracks.computeIfAbsent(spec, _ -> tracks.size());
        return readings.computeIfAbsent(new Reading(track, output), _ -> slot(text));
    }

    private int slot(String name) {
        names.add(name);
        return names.size() - 1;
    }

    /// Slots of a frame.
    public int size() {
        return names.size();
    }

    /// How slot `slot` is written in a condition.
    public String name(int slot) {
        return names.get(slot);
    }

    /// Metrics and their slots.
    public Map<String, Integer> metrics() {
        return metrics;
    }

    /// The tracks, in the order of their index.
    public List<TrackSpec> tracks() {
        return List.copyOf(tracks.keySet());
    }

    /// What is read of the tracks before each evaluation, and the slots it goes to.
    public Map<Reading, Integer> readings() {
        return readings;
    }

    /// Fills in what the device's registration decides.
    public void describe(Device device, double[] frame) {
        int i = 0;
        for (int slot : facts.values()) {
            frame[slot] = factValues.get(i++).device(device);
        }
    }

    /// Whether `slot` holds something measured, which is worth showing where a condition is explained.
    public boolean isMeasured(int slot) {
        return metrics.containsValue(slot) || readings.containsValue(slot);
    }
}
