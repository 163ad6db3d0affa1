package io.aftercare.diagnostics.expression;

import io.aftercare.diagnostics.track.Joint;
import io.aftercare.diagnostics.track.Presence;
import io.aftercare.diagnostics.track.Remembered;
import io.aftercare.diagnostics.track.Sequence;
import io.aftercare.diagnostics.track.Texts;
import io.aftercare.diagnostics.track.Track;
import io.aftercare.diagnostics.track.TrackSpec;
import io.aftercare.diagnostics.track.Trend;
import io.aftercare.diagnostics.track.TrendTrack;
import io.aftercare.fleet.device.Device;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that the conditions of one [Layout] see and remember of one device. Belongs to the lane that owns the device; not thread-safe.
/// Allocates nothing while samples come.
///
/// Fed in this order: [#arrived] with whatever comes, then [#value], [#event], [#reboot] or [#text], then [#judgeAt], after which conditions may be
/// asked. Functions over time are worked out when a condition asks for them, once for each moment, however many conditions share them.
public final class Frame implements Remembered {
    private static final int VERSION = 1;
    /// A cohort of fewer devices says nothing.
    private static final int COHORT_MIN = 10;

    final double[] slots;
    private final Wiring wiring;
    /// By slot: event time of the metric's value there.
    private final long[] seenAt;
    private final Track[] tracks;
    private final Presence[] presences;
    private final Sequence[] sequences;
    private final Joint[] joints;
    /// Whether a joint's metrics have changed since it was fed.
    private final boolean[] stale;
    private final double[][] jointValues;
    /// By reading: its value, and the turn at which it was worked out.
    private final double[] readings;
    private final int[] readAt;
    private final Map<String, Text> texts = new TreeMap<>();
    private @Nullable Device device;
    private int turn;
    private long now = Long.MIN_VALUE;
    private long arrivalNow = Long.MIN_VALUE;

    private record Text(String text, long micros) {}

    public Frame(Layout layout) {
        this.wiring = layout.wiring();
        this.slots = new double[layout.size()];
        Arrays.fill(slots, Double.NaN);
        this.seenAt = new long[layout.size()];
        Arrays.fill(seenAt, Long.MIN_VALUE);
        this.tracks = wiring.tracks.stream().map(TrackSpec::create).toArray(Track[]::new);
        this.presences = wiring.presences.stream().map(it -> new Presence(it.windowMicros()))
                .toArray(Presence[]::new);
        this.sequences = wiring.sequences.stream().map(it -> new Sequence(it.windowMicros()))
                .toArray(Sequence[]::new);
        this.joints = wiring.joints.stream().map(it -> new Joint(it.inputs().length)).toArray(Joint[]::new);
        this.stale = new boolean[joints.length];
        this.jointValues = wiring.joints.stream().map(it -> new double[it.inputs().length])
                .toArray(double[][]::new);
        this.readings = new double[wiring.readTracks.length];
        this.readAt = new int[readings.length];
    }

    /// What the registration says of the device.
    public void describe(Device now) {
        device = now;
        wiring.facts.forEach(fact -> work(fact));
    }

    private void work(Wiring.PlacedFact fact) {
        Device described = device;
        if (described != null) {
            Map<String, String> known = new TreeMap<>();
            fact.fact().texts().forEach((identifier, name) -> {
                Text text = texts.get(name);
                if (text != null) {
                    known.put(identifier, text.text());
                }
            });
            slots[fact.slot()] = fact.fact().value().of(described, known);
        }
    }

    /// The arrival clock says so late; nothing came.
    public void clock(long arrivalMicros) {
        arrivalNow = Math.max(arrivalNow, arrivalMicros);
    }

    /// A sign of life came, of whatever kind.
    public void arrived(long arrivalMicros) {
        clock(arrivalMicros);
        for (int presence : wiring.presencesOfDevice) {
            presences[presence].arrived(arrivalMicros);
        }
    }

    /// A metric's value, which arrived when [#arrived] was told last. One that is older than the metric's newest goes into windows alone.
    ///
    /// @param slot of the metric, from [Layout#metrics]
    public void value(int slot, double value, long micros) {
        boolean newer = micros >= seenAt[slot];
        Wiring.Metric to = wiring.metricOfSlot[slot];
        for (int track : to.tracks()) {
            if (newer) {
                tracks[track].add(value, micros);
            } else {
                tracks[track].late(value, micros);
            }
        }
        if (newer) {
            slots[slot] = value;
            seenAt[slot] = micros;
            for (int joint : to.joints()) {
                stale[joint] = true;
            }
        }
        heard(slot, arrivalNow);
    }

    /// A metric was heard of at this moment of the arrival clock, without its value.
    public void heard(int slot, long arrivalMicros) {
        for (int presence : wiring.metricOfSlot[slot].presences()) {
            presences[presence].arrived(arrivalMicros);
        }
    }

    /// A device event; not for boots that somebody asked for.
    public void event(String code, long micros) {
        count(wiring.tracksOfEvent.get(code), micros);
    }

    /// A boot that nobody asked for.
    public void reboot(long micros) {
        count(wiring.tracksOfReboots, micros);
    }

    private void count(int @Nullable [] which, long micros) {
        if (which != null) {
            for (int track : which) {
                tracks[track].add(1, micros);
            }
        }
    }

    /// A text attribute's new text, null where it is no more. One that is older than the attribute's newest shows in `changed` alone.
    public void text(String name, @Nullable String text, long micros) {
        Text before = texts.get(name);
        boolean newer = before == null || micros >= before.micros();
        for (int track : wiring.tracksOfText.getOrDefault(name, Wiring.NONE)) {
            double fingerprint = Texts.fingerprint(text == null ? "" : text);
            if (newer) {
                tracks[track].add(fingerprint, micros);
            } else {
                tracks[track].late(fingerprint, micros);
            }
        }
        if (newer && wiring.texts.contains(name)) {
            if (text == null) {
                texts.remove(name);
            } else {
                texts.put(name, new Text(text, micros));
            }
            wiring.facts.stream().filter(fact -> fact.fact().texts().containsValue(name)).forEach(this::work);
        }
    }

    /// What the cohort that a device belongs to looks like now; unknown where it is too small.
    ///
    /// @param cohort index in [Layout#cohorts]
    public void cohort(int cohort, double mean, double deviation, long devices) {
        Layout.Cohort placed = wiring.cohorts.get(cohort);
        boolean says = devices >= COHORT_MIN && deviation > 0;
        slots[placed.meanSlot()] = says ? mean : Double.NaN;
        slots[placed.deviationSlot()] = says ? deviation : Double.NaN;
    }

    /// Nothing counts as silence before this moment of the arrival clock, because nobody could have listened.
    public void listenFrom(long arrivalMicros) {
        for (Presence presence : presences) {
            presence.notBefore(arrivalMicros);
        }
    }

    /// The moment of the arrival clock at which an answer changes though nothing comes; [Long#MAX_VALUE] where none will.
    public long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Presence presence : presences) {
            long deadline = presence.deadline();
            if (deadline > arrivalNow) {
                next = Math.min(next, deadline);
            }
        }
        return next;
    }

    /// Turns to a moment of event time, not before the last one: what is asked from now on is of this moment.
    public void judgeAt(long micros) {
        now = micros;
        slots[Layout.NOW] = micros;
        turn++;
        for (int i = 0; i < joints.length; i++) {
            if (stale[i]) {
                feed(i, micros);
            }
        }
        for (int i = 0; i < sequences.length; i++) {
            Wiring.PlacedSequence sequence = wiring.sequences.get(i);
            int verdict = sequences[i].step(sequence.first().of(this), sequence.then().of(this), micros);
            slots[sequence.slot()] = verdict < 0 ? Double.NaN : verdict;
        }
    }

    private void feed(int joint, long micros) {
        Wiring.PlacedJoint placed = wiring.joints.get(joint);
        int[] inputs = placed.inputs();
        double[] values = jointValues[joint];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = slots[inputs[i]];
            if (Double.isNaN(values[i])) {
                return;
            }
        }
        stale[joint] = false;
        joints[joint].add(values, micros);
        slots[placed.slot()] = joints[joint].read();
    }

    /// A function over time at this moment.
    double reading(int reading) {
        if (readAt[reading] != turn) {
            readAt[reading] = turn;
            readings[reading] = tracks[wiring.readTracks[reading]].read(wiring.readOutputs[reading],
                    wiring.readArguments[reading], now);
        }
        return readings[reading];
    }

    /// Whether a device or metric has been silent: 1, 0 or NaN.
    double silence(int presence) {
        return presences[presence].read(arrivalNow);
    }

    /// What a slot holds at this moment, NaN where it is unknown.
    public double slot(int slot) {
        int reading = wiring.readingOfSlot[slot];
        return reading < 0 ? slots[slot] : reading(reading);
    }

    /// The line through a metric's history that a track draws; empty where it draws none, or has none yet.
    ///
    /// @param track index in [Layout#tracks]
    public Optional<Trend> trend(int track) {
        return tracks[track] instanceof TrendTrack drawn ? drawn.trend() : Optional.empty();
    }

    /// Event time of a metric's newest value, [Long#MIN_VALUE] where there is none.
    public long seenAt(int slot) {
        return seenAt[slot];
    }

    /// Takes from a frame of other conditions of the same device what both know. The other one is not used any more.
    public void takeOver(Frame from) {
        wiring.metrics.forEach((name, slot) -> {
            Integer before = from.wiring.metrics.get(name);
            if (before != null) {
                slots[slot] = from.slots[before];
                seenAt[slot] = from.seenAt[before];
            }
        });
        move(wiring.tracks, tracks, from.wiring.tracks, from.tracks);
        move(wiring.presences, presences, from.wiring.presences, from.presences);
        move(keys(wiring), sequences, keys(from.wiring), from.sequences);
        move(metricsOf(wiring), joints, metricsOf(from.wiring), from.joints);
        from.texts.forEach((name, text) -> {
            if (wiring.texts.contains(name)) {
                texts.put(name, text);
            }
        });
        now = from.now;
        arrivalNow = from.arrivalNow;
        if (from.device != null) {
            describe(from.device);
        }
    }

    private static List<String> keys(Wiring of) {
        return of.sequences.stream().map(Wiring.PlacedSequence::key).toList();
    }

    private static List<List<String>> metricsOf(Wiring of) {
        return of.joints.stream().map(Wiring.PlacedJoint::metrics).toList();
    }

    private static <K, T> void move(List<K> keys, T[] into, List<K> fromKeys, T[] from) {
        for (int i = 0; i < into.length; i++) {
            int before = fromKeys.indexOf(keys.get(i));
            if (before >= 0) {
                into[i] = from[before];
            }
        }
    }

    private List<Remembered> parts() {
        List<Remembered> parts = new ArrayList<>(List.of(tracks));
        parts.addAll(List.of(presences));
        parts.addAll(List.of(sequences));
        parts.addAll(List.of(joints));
        return parts;
    }

    /// Everything but the registration and the cohorts. Fits a frame whose layout has the same [Layout#fingerprint].
    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        Remembered.write(out, slots);
        Remembered.write(out, seenAt);
        out.writeLong(now);
        out.writeLong(arrivalNow);
        for (boolean one : stale) {
            out.writeBoolean(one);
        }
        out.writeInt(texts.size());
        for (Map.Entry<String, Text> text : texts.entrySet()) {
            Remembered.write(out, text.getKey());
            Remembered.write(out, text.getValue().text());
            out.writeLong(text.getValue().micros());
        }
        for (Remembered part : parts()) {
            part.save(out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        Remembered.expect(in, VERSION);
        Remembered.read(in, slots);
        Remembered.read(in, seenAt);
        now = in.readLong();
        arrivalNow = in.readLong();
        for (int i = 0; i < stale.length; i++) {
            stale[i] = in.readBoolean();
        }
        texts.clear();
        for (int left = in.readInt(); left > 0; left--) {
            texts.put(Remembered.text(in), new Text(Remembered.text(in), in.readLong()));
        }
        for (Remembered part : parts()) {
            part.load(in);
        }
        turn++;
        if (device != null) {
            describe(device);
        }
    }
}
