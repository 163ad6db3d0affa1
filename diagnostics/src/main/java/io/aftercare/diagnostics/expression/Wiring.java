package io.aftercare.diagnostics.expression;

import io.aftercare.diagnostics.track.Output;
import io.aftercare.diagnostics.track.TrackSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A finished [Layout] as [Frame]s use it: who takes what, in arrays. Immutable; all frames of a layout share it.
final class Wiring {
    static final int[] NONE = {};
    private static final Metric NO_METRIC = new Metric(NONE, NONE, NONE);

    final Map<String, Integer> metrics;
    final Set<String> texts;
    final List<TrackSpec> tracks;
    final List<Layout.PresenceSpec> presences;
    final List<PlacedSequence> sequences;
    final List<PlacedJoint> joints;
    final List<PlacedFact> facts;
    final List<Layout.Cohort> cohorts;
    final Metric[] metricOfSlot;
    final Map<String, int[]> tracksOfEvent = new HashMap<>();
    final Map<String, int[]> tracksOfText = new HashMap<>();
    final int[] tracksOfReboots;
    final int[] presencesOfDevice;
    /// By slot: the reading that it shows, -1 for others.
    final int[] readingOfSlot;
    final int[] readTracks;
    final Output[] readOutputs;
    final double[] readArguments;

    /// Who takes a metric's values, by index.
    record Metric(int[] tracks, int[] joints, int[] presences) {}

    record PlacedFact(Facts.Fact fact, int slot) {}

    record PlacedSequence(String key, Condition first, Condition then, long windowMicros, int slot) {}

    record PlacedJoint(List<String> metrics, int[] inputs, int slot) {}

    Wiring(Layout layout) {
        this.metrics = Map.copyOf(layout.metrics());
        this.texts = Set.copyOf(layout.attributes());
        this.tracks = layout.tracks();
        this.presences = layout.presences();
        this.sequences = layout.sequences();
        this.joints = layout.joints();
        this.facts = layout.facts();
        this.cohorts = layout.cohorts();
        this.metricOfSlot = new Metric[layout.size()];
        Arrays.fill(metricOfSlot, NO_METRIC);
        metrics.forEach((name, slot) -> metricOfSlot[slot] = metric(name));
        layout.events().forEach(code -> tracksOfEvent.put(code,
                tracks(source -> source.equals(new TrackSpec.Source.Event(code)))));
        layout.texts().forEach(name -> tracksOfText.put(name,
                tracks(source -> source.equals(new TrackSpec.Source.Attribute(name))
                        || source.equals(new TrackSpec.Source.Named(name)))));
        this.tracksOfReboots = tracks(TrackSpec.Source.Reboots.class::isInstance);
        this.presencesOfDevice = indices(presences.size(), i -> presences.get(i).metric().isEmpty());
        List<Layout.Reading> readings = layout.readings();
        this.readingOfSlot = new int[layout.size()];
        Arrays.fill(readingOfSlot, -1);
        IntStream.range(0, readings.size()).forEach(i -> readingOfSlot[readings.get(i).slot()] = i);
        this.readTracks = readings.stream().mapToInt(Layout.Reading::track).toArray();
        this.readOutputs = readings.stream().map(Layout.Reading::output).toArray(Output[]::new);
        this.readArguments = readings.stream().mapToDouble(Layout.Reading::argument).toArray();
    }

    private Metric metric(String name) {
        return new Metric(
                tracks(source -> source.equals(new TrackSpec.Source.Metric(name))
                        || source.equals(new TrackSpec.Source.Named(name))),
                indices(joints.size(), i -> joints.get(i).metrics().contains(name)),
                indices(presences.size(), i -> presences.get(i).metric().equals(name)));
    }

    private int[] tracks(Predicate<TrackSpec.Source> which) {
        return indices(tracks.size(), i -> which.test(tracks.get(i).source()));
    }

    private static int[] indices(int count, Predicate<Integer> which) {
        return IntStream.range(0, count).filter(which::test).toArray();
    }
}
