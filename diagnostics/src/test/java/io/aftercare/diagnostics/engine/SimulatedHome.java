package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The database and the clock of a simulation: what a transaction leaves behind outlives the lanes.
final class SimulatedHome implements LaneHome {
    private final Plans plans;
    private final Device device;
    private final ModelMetrics metrics;
    private final TreeMap<Long, double[]> samples = new TreeMap<>();
    private final TreeMap<Long, List<Happening>> happenings = new TreeMap<>();
    private final Map<String, TrackedFault> faults = new HashMap<>();
    private final List<Snapshot> waiting = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    long now;
    private long heard = Long.MIN_VALUE;
    private long started;
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<List<TrackedFault>> parked = Optional.empty();
    private Roster roster = Roster.EMPTY;

    SimulatedHome(List<ActiveRule> rules, Device device, ModelMetrics metrics, long start) {
        this.plans = new Plans(rules, _ -> new RuleCost(), EventTime.DEFAULT);
        this.device = device;
        this.metrics = metrics;
        this.now = start;
        this.started = start;
    }

    /// The process is gone; another one begins, at once.
    LaneEngine restart() {
        waiting.clear();
        started = now;
        parked = Optional.of(stored(device));
        Plan plan = plans.of(device.model());
        long due = plan.listensToMetrics ? started : heard + plan.silenceMicros;
        long wake = snapshot.map(Snapshot::wakeAt).orElse(Long.MAX_VALUE);
        roster = new Roster(roster.number() + 1, heard == Long.MIN_VALUE || !plan.listens
                ? List.of()
                : List.of(new Roster.Waiting(device.number(), device.id(), heard,
                        Math.max(started, Math.min(due, wake)))));
        return new LaneEngine(this, 0);
    }

    /// One transaction with all that a lane wants to write, and what it was given.
    void commit(LaneEngine lane, List<RestartSimulationTest.Input> batch) {
        for (RestartSimulationTest.Input input : batch) {
            heard = Math.max(heard, input.arrived());
            switch (input.what()) {
                case RestartSimulationTest.Values it -> samples.putIfAbsent(input.micros(), it.values());
                case RestartSimulationTest.Occurrence it ->
                    put(new Happening.Event(input.micros(), it.code(), false));
                case RestartSimulationTest.Report it ->
                    report(new Happening.Text(input.micros(), it.name(), it.text()));
            }
        }
        lane.book().changed().forEach(fault -> faults.put(fault.id, copy(fault)));
        lane.book().events().forEach(event -> log.add(line(event)));
        lane.snapshots().urgent().forEach(this::write);
    }

    private void put(Happening happening) {
        List<Happening> there = happenings.computeIfAbsent(happening.micros(), _ -> new ArrayList<>());
        if (!there.contains(happening)) {
            there.add(happening);
        }
    }

    /// Only changes are kept, as the history of attributes does.
    private void report(Happening.Text text) {
        Happening.Text before = null;
        for (List<Happening> some : happenings.values()) {
            for (Happening one : some) {
                if (one instanceof Happening.Text known && known.name().equals(text.name())) {
                    before = known;
                }
            }
        }
        if (before == null || !before.text().equals(text.text())) {
            put(text);
        }
    }

    boolean isStored(RestartSimulationTest.Input input, RestartSimulationTest.Occurrence event) {
        return happenings.getOrDefault(input.micros(), List.of())
                .contains(new Happening.Event(input.micros(), event.code(), false));
    }

    /// Some of the snapshots that can wait are written.
    void background() {
        waiting.forEach(this::write);
        waiting.clear();
    }

    private void write(Snapshot next) {
        if (snapshot.isEmpty() || snapshot.get().n() < next.n()) {
            snapshot = Optional.of(next);
        }
    }

    private static String line(FaultEvent event) {
        return event.kind() + " " + event.code() + " " + event.severity() + " at " + event.at() + " "
                + event.payload().path("count");
    }

    private static TrackedFault copy(TrackedFault fault) {
        TrackedFault copy = new TrackedFault(fault.id, fault.deviceNumber, fault.device, fault.code);
        copy.severity = fault.severity;
        copy.rule = fault.rule;
        copy.ruleVersion = fault.ruleVersion;
        copy.title = fault.title;
        copy.open = fault.open;
        copy.recovering = fault.recovering;
        copy.firstMicros = fault.firstMicros;
        copy.lastSeenMicros = fault.lastSeenMicros;
        copy.lastRaisedMicros = fault.lastRaisedMicros;
        copy.clearedMicros = fault.clearedMicros;
        copy.count = fault.count;
        copy.events = fault.events;
        copy.flaps = fault.flaps.clone();
        copy.heldUntil = fault.heldUntil;
        copy.explain = fault.explain;
        copy.writtenMicros = fault.lastSeenMicros;
        return copy;
    }

    @Override
    public Plans plans() {
        return plans;
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.EPOCH.plusNanos(now * 1_000);
    }

    @Override
    public History history() {
        return new History() {
            @Override
            public void recent(Device of, long from, Consumer<Sample> consumer) {
                Sample sample = new Sample(of, metrics);
                samples.tailMap(from, true).forEach((micros, values) -> {
                    RestartSimulationTest.fill(sample, of, metrics, micros, values);
                    consumer.accept(sample);
                });
            }

            @Override
            public List<Happening> happenings(Device of, long from) {
                List<Happening> all = new ArrayList<>();
                happenings.tailMap(from, true).values().forEach(all::addAll);
                return all;
            }
        };
    }

    @Override
    public boolean mayHaveHistory(Device of) {
        return true;
    }

    @Override
    public List<TrackedFault> unpark(int number) {
        List<TrackedFault> known = parked.orElse(List.of());
        parked = Optional.empty();
        return known;
    }

    @Override
    public void park(int number, List<TrackedFault> known) {
        parked = Optional.of(known);
    }

    @Override
    public List<TrackedFault> stored(Device of) {
        TrackedFault[] all = faults.values().stream().map(SimulatedHome::copy).toArray(TrackedFault[]::new);
        Arrays.sort(all, Comparator.comparingLong(fault -> fault.firstMicros));
        List<TrackedFault> newest = new ArrayList<>();
        for (TrackedFault fault : all) {
            newest.removeIf(earlier -> earlier.code.equals(fault.code) && !earlier.open);
            newest.add(fault);
        }
        return newest;
    }

    @Override
    public Optional<Snapshot> snapshot(Device of) {
        return snapshot;
    }

    @Override
    public boolean keep(Snapshot some) {
        return waiting.add(some);
    }

    @Override
    public Optional<Device> device(DeviceId id) {
        return Optional.of(
                new Device(device.number(), device.id(), device.model(), "", "", "", null, "", "", Map.of(),
                        "active", 1, device.created(),
                        heard == Long.MIN_VALUE ? null : Instant.EPOCH.plusNanos(heard * 1_000)));
    }

    @Override
    public Roster roster() {
        return roster;
    }

    @Override
    public long listeningFrom() {
        return started;
    }

    @Override
    public long graceMicros() {
        return 0;
    }

    @Override
    public Cohorts cohorts() {
        return new Cohorts(Map::of);
    }

    @Override
    public int devicesPerLaneMax() {
        return 100;
    }

    @Override
    public void evaluated(long count) {
        // of no interest here
    }

    @Override
    public void tell(List<FaultEvent> happened, List<TrackedFault> changed) {
        // the log is written with the transaction
    }
}
