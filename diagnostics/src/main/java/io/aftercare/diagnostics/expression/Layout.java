package io.aftercare.diagnostics.expression;

import io.aftercare.diagnostics.track.Output;
import io.aftercare.diagnostics.track.Texts;
import io.aftercare.diagnostics.track.TrackSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where everything that a set of conditions speaks of has its slot in a [Frame]. Slot 0 holds the time of
/// evaluation in microseconds. What two conditions share has one slot. Filled while compiling, read-only afterwards.
public final class Layout {
    /// The slot of the moment of evaluation.
    public static final int NOW = 0;

    private final Map<String, Integer> metrics = new LinkedHashMap<>();
    private final Map<String, Wiring.PlacedFact> facts = new LinkedHashMap<>();
    private final Map<TrackSpec, Integer> tracks = new LinkedHashMap<>();
    private final Map<ReadingKey, Reading> readings = new LinkedHashMap<>();
    private final Set<PresenceSpec> presences = new LinkedHashSet<>();
    private final Map<String, Wiring.PlacedSequence> sequences = new LinkedHashMap<>();
    private final Map<List<String>, Wiring.PlacedJoint> joints = new LinkedHashMap<>();
    private final Map<String, Cohort> cohorts = new LinkedHashMap<>();
    private final Set<String> attributes = new TreeSet<>();
    private final List<String> names = new ArrayList<>(List.of("now"));
    private @Nullable Wiring wiring;

    private record ReadingKey(int track, Output output, double argument) {}

    /// An output of a track, and the slot that shows it.
    public record Reading(int track, Output output, double argument, int index, int slot) {}

    /// A silence that somebody asks for.
    ///
    /// @param metric empty where it is the device's own
    public record PresenceSpec(String metric, long windowMicros) {}

    /// A comparison with devices of the same model and firmware: the device's own average of a metric over a window beside the mean and
    /// deviation of theirs, which [Frame#cohort] takes.
    public record Cohort(String metric, long windowMicros, int ownSlot, int meanSlot, int deviationSlot) {}

    int metric(String name) {
        return metrics.computeIfAbsent(name, this::slot);
    }

    /// The slot of a fact that is here already.
    Optional<Integer> fact(String key) {
        return Optional.ofNullable(facts.get(key)).map(Wiring.PlacedFact::slot);
    }

    int fact(Facts.Fact fact) {
        attributes.addAll(fact.texts().values());
        return facts.computeIfAbsent(fact.key(), key -> new Wiring.PlacedFact(fact, slot(key))).slot();
    }

    Reading reading(TrackSpec spec, Output output, double argument, String text) {
        switch (spec.source()) {
            case TrackSpec.Source.Metric it -> metric(it.name());
            case TrackSpec.Source.Named it -> metric(it.name());
            case TrackSpec.Source.Attribute _, TrackSpec.Source.Event _, TrackSpec.Source.Reboots _ -> {
            }
        }
        Integer track = tracks.computeIfAbsent(spec, _ -> tracks.size());
        return readings.computeIfAbsent(new ReadingKey(track, output, argument),
                _ -> new Reading(track, output, argument, readings.size(), slot(text)));
    }

    /// The index of a silence.
    int presence(PresenceSpec spec) {
        if (!spec.metric().isEmpty()) {
            metric(spec.metric());
        }
        wiring = null;
        presences.add(spec);
        return List.copyOf(presences).indexOf(spec);
    }

    /// The slot of "`first`, and within the window `then`".
    int sequence(String key, Condition first, Condition then, long windowMicros, String text) {
        return sequences.computeIfAbsent(key,
                _ -> new Wiring.PlacedSequence(key, first, then, windowMicros, slot(text))).slot();
    }

    /// The slot of what several metrics together look like.
    int joint(List<String> of, String text) {
        int[] inputs = of.stream().mapToInt(this::metric).toArray();
        return joints.computeIfAbsent(of, _ -> new Wiring.PlacedJoint(of, inputs, slot(text))).slot();
    }

    Cohort cohort(String metric, long windowMicros, String text) {
        TrackSpec spec = new TrackSpec(new TrackSpec.Source.Metric(metric), TrackSpec.Kind.SUMS,
                windowMicros);
        int own = reading(spec, Output.AVERAGE, 0, "own average of " + text).slot();
        return cohorts.computeIfAbsent(metric + " " + windowMicros, _ -> new Cohort(metric, windowMicros, own,
                slot("mean of " + text), slot("deviation of " + text)));
    }

    private int slot(String name) {
        wiring = null;
        names.add(name);
        return names.size() - 1;
    }

    Wiring wiring() {
        Wiring made = wiring;
        if (made == null) {
            made = new Wiring(this);
            wiring = made;
        }
        return made;
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

    /// Text attributes whose text matters.
    Set<String> attributes() {
        return attributes;
    }

    /// All text attributes that a frame takes; a bare name in `changed` may be one.
    public Set<String> texts() {
        Stream<String> tracked = tracks.keySet().stream().flatMap(spec -> switch (spec.source()) {
            case TrackSpec.Source.Attribute it -> Stream.of(it.name());
            case TrackSpec.Source.Named it -> Stream.of(it.name());
            case TrackSpec.Source.Metric _, TrackSpec.Source.Event _, TrackSpec.Source.Reboots _ ->
                Stream.empty();
        });
        return Stream.concat(attributes.stream(), tracked).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The codes of events that a frame takes.
    public Set<String> events() {
        return tracks.keySet().stream()
                .flatMap(spec -> spec.source() instanceof TrackSpec.Source.Event event
                        ? Stream.of(event.code())
                        : Stream.empty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Whether a frame takes boots that nobody asked for.
    public boolean countsReboots() {
        return tracks.keySet().stream().anyMatch(spec -> spec.source() instanceof TrackSpec.Source.Reboots);
    }

    /// The tracks, in the order of their index.
    public List<TrackSpec> tracks() {
        return List.copyOf(tracks.keySet());
    }

    /// The silences, which become true though nothing comes.
    public List<PresenceSpec> presences() {
        return List.copyOf(presences);
    }

    /// The comparisons with other devices, in the order of their index.
    public List<Cohort> cohorts() {
        return List.copyOf(cohorts.values());
    }

    /// How many functions over time there are, of which a rule may have so many.
    public int windows() {
        return tracks.size() + presences.size() + sequences.size() + joints.size();
    }

    /// The longest time that a sequence bridges, microseconds.
    public long sequenceMicros() {
        return sequences.values().stream().mapToLong(Wiring.PlacedSequence::windowMicros).max().orElse(0);
    }

    /// What is read of the tracks, in the order of its index.
    public List<Reading> readings() {
        return List.copyOf(readings.values());
    }

    List<Wiring.PlacedSequence> sequences() {
        return List.copyOf(sequences.values());
    }

    List<Wiring.PlacedJoint> joints() {
        return List.copyOf(joints.values());
    }

    List<Wiring.PlacedFact> facts() {
        return List.copyOf(facts.values());
    }

    /// Whether nothing but the device's registration matters.
    public boolean isOfDeviceAlone() {
        return metrics.isEmpty() && windows() == 0 && attributes.isEmpty();
    }

    /// A number that differs where what a frame of this layout saves would not fit one of another. The same in every process.
    public long fingerprint() {
        return (long) Texts.fingerprint(names + " " + tracks.keySet() + " " + presences + " "
                + sequences.keySet()
                + " " + sequences.values().stream().map(Wiring.PlacedSequence::windowMicros).toList() + " "
                + joints.keySet());
    }

    /// Whether `slot` holds something measured, which is worth showing where a condition is explained.
    public boolean isMeasured(int slot) {
        return metrics.containsValue(slot) || readings.values().stream().anyMatch(it -> it.slot() == slot)
                || joints.values().stream().anyMatch(it -> it.slot() == slot)
                || cohorts.values().stream()
                        .anyMatch(it -> it.meanSlot() == slot || it.deviationSlot() == slot);
    }
}
