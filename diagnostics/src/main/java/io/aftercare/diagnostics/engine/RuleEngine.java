package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.FaultStore;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The rules that judge now, and what all lanes share. Thread-safe.
///
/// One process judges a device at a time; what the lanes know of open faults was read at start and is written back with every
/// commit.
public final class RuleEngine implements LaneHome, AutoCloseable {
    private static final Duration ROUND_EVERY = Duration.ofSeconds(5);

    private final Database database;
    private final Parts parts;
    private final EngineConfig config;
    private final Counter evaluations;
    private final Counter raised;
    private final RuleCosts costs;
    private final Cohorts cohorts = new Cohorts(Map::of);
    private final SnapshotWriter snapshots;
    private final BackgroundLoop rounds = BackgroundLoop.every(ROUND_EVERY, "rule-rounds", this::round);
    private volatile Instant started;
    private final Map<Integer, List<TrackedFault>> parked = new ConcurrentHashMap<>();
    private volatile Plans plans;
    private volatile Roster roster = Roster.EMPTY;

    /// What the engine is lent.
    ///
    /// @param devices   a device by its id
    /// @param committed called after each commit that left something in the outbox
    public record Parts(History history, Function<DeviceId, Optional<Device>> devices, Events events,
            MeterRegistry meters, InstantSource clock, Runnable committed) {}

    public RuleEngine(Database database, Parts parts, EngineConfig config) {
        this.database = database;
        this.parts = parts;
        this.config = config;
        this.started = parts.clock().instant();
        this.costs = new RuleCosts(parts.meters(), config.ruleBudget().toNanos());
        this.snapshots = new SnapshotWriter(database);
        this.plans = new Plans(List.of(), costs, config.time());
        this.evaluations = Counter.builder("aftercare.rule.evaluations")
                .description("Rules that looked at a sample").register(parts.meters());
        this.raised = Counter.builder("aftercare.faults.raised").description("Faults raised")
                .register(parts.meters());
        Gauge.builder("aftercare.rules.active", this, it -> it.plans.rules().size())
                .description("Rules that judge samples").register(parts.meters());
    }

    private void round() {
        costs.tell();
        cohorts.publish();
    }

    /// Begins what goes on in the background; after [#start].
    public void run() {
        snapshots.start();
        rounds.start();
    }

    /// Ends it; what waits to be put away is written.
    @Override
    public void close() {
        rounds.close();
        snapshots.close();
    }

    /// Reads the faults that are open or ended lately; before the first sample.
    public void start() {
        started = parts.clock().instant();
        Map<Integer, List<TrackedFault>> byDevice = new HashMap<>();
        FaultStore.load(database, parts.clock().instant().minus(FaultBook.REOPENED_WITHIN), fault -> {
            List<TrackedFault> faults = byDevice.computeIfAbsent(fault.deviceNumber, _ -> new ArrayList<>(1));
            faults.removeIf(earlier -> earlier.code.equals(fault.code) && !earlier.open);
            faults.add(fault);
        });
        parked.putAll(byDevice);
    }

    /// Those that ended long ago are left out.
    @Override
    public List<TrackedFault> stored(Device device) {
        List<TrackedFault> faults = new ArrayList<>();
        FaultStore.load(database, device.id().value(),
                parts.clock().instant().minus(FaultBook.REOPENED_WITHIN),
                fault -> {
                    faults.removeIf(earlier -> earlier.code.equals(fault.code) && !earlier.open);
                    faults.add(fault);
                });
        return faults;
    }

    /// Puts a set of rules in force for every lane, from its next sample on.
    public synchronized void activate(List<ActiveRule> rules) {
        Plans next = new Plans(rules, costs, config.time());
        roster = Roster.read(roster.number() + 1, database, next, listeningFrom());
        plans = next;
    }

    /// What judges for one lane; ask once for each.
    public LaneEngine lane(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("Lanes are numbered from 0");
        }
        return new LaneEngine(this, index);
    }

    /// The rules in force.
    public List<ActiveRule> rules() {
        return plans.rules();
    }

    /// What each rule costs.
    public RuleCosts costs() {
        return costs;
    }

    @Override
    public Plans plans() {
        return plans;
    }

    @Override
    public History history() {
        return parts.history();
    }

    @Override
    public InstantSource clock() {
        return parts.clock();
    }

    @Override
    public int devicesPerLaneMax() {
        return config.devicesPerLaneMax();
    }

    @Override
    public boolean mayHaveHistory(Device device) {
        return device.created().isBefore(started) || parked.containsKey(device.number());
    }

    @Override
    public List<TrackedFault> unpark(int device) {
        List<TrackedFault> faults = parked.remove(device);
        return faults == null ? List.of() : faults;
    }

    @Override
    public void park(int device, List<TrackedFault> faults) {
        parked.put(device, faults);
    }

    @Override
    public Optional<Snapshot> snapshot(Device device) {
        return SnapshotStore.find(database, device.number());
    }

    @Override
    public boolean keep(Snapshot snapshot) {
        return snapshots.offer(snapshot);
    }

    @Override
    public Optional<Device> device(DeviceId id) {
        return parts.devices().apply(id);
    }

    @Override
    public Roster roster() {
        return roster;
    }

    @Override
    public long listeningFrom() {
        return Micros.of(started) + graceMicros();
    }

    @Override
    public long graceMicros() {
        return config.silenceGrace().toNanos() / 1_000;
    }

    @Override
    public Cohorts cohorts() {
        return cohorts;
    }

    @Override
    public void evaluated(long count) {
        evaluations.increment((double) count);
    }

    @Override
    public void tell(List<FaultEvent> happened, List<TrackedFault> changed) {
        happened.forEach(event -> {
            if (event.kind().isRaise()) {
                raised.increment();
            }
        });
        if (!happened.isEmpty()) {
            parts.committed().run();
        }
        happened.forEach(event -> parts.events().publish("fault.changed",
                Json.object().put("id", event.fault())
                        .put("device", event.device()).put("code", event.code())
                        .put("severity", event.severity())
                        .put("change", event.kind().text())
                        .put("state", event.kind() == FaultEvent.Kind.CLEARED ? "resolved" : "firing"),
                principal -> principal.seesOutlet(event.outlet())));
    }
}
