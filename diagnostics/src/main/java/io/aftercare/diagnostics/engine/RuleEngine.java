package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.FaultStore;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The rules that judge now, and what all lanes share. Thread-safe.
///
/// One process judges a device at a time; what the lanes know of open faults was read at start and is written back with every
/// commit.
public final class RuleEngine {
    private final Database database;
    private final History history;
    private final Events events;
    private final InstantSource clock;
    private final Runnable committed;
    private final int devicesPerLaneMax;
    private final Counter evaluations;
    private final Counter raised;
    private volatile Instant started;
    private final Map<Integer, List<TrackedFault>> parked = new ConcurrentHashMap<>();
    private volatile Plans plans = new Plans(List.of());

    /// @param committed called after each commit that left something in the outbox
    /// @param devicesPerLaneMax bound on the devices that a lane remembers; the silent ones are forgotten first
    public RuleEngine(Database database, History history, Events events, MeterRegistry meters,
            InstantSource clock,
            Runnable committed, int devicesPerLaneMax) {
        this.database = database;
        this.history = history;
        this.events = events;
        this.clock = clock;
        this.committed = committed;
        this.devicesPerLaneMax = devicesPerLaneMax;
        this.started = clock.instant();
        this.evaluations = Counter.builder("aftercare.rule.evaluations")
                .description("Rules that looked at a sample").register(meters);
        this.raised = Counter.builder("aftercare.faults.raised").description("Faults raised")
                .register(meters);
        Gauge.builder("aftercare.rules.active", this, it -> it.plans.rules().size())
                .description("Rules that judge samples").register(meters);
    }

    /// Reads the faults that are open or ended lately; before the first sample.
    public void start() {
        started = clock.instant();
        Map<Integer, List<TrackedFault>> byDevice = new HashMap<>();
        FaultStore.load(database, clock.instant().minus(FaultBook.REOPENED_WITHIN), fault -> {
            List<TrackedFault> faults = byDevice.computeIfAbsent(fault.deviceNumber, _ -> new ArrayList<>(1));
            faults.removeIf(earlier -> earlier.code.equals(fault.code) && !earlier.open);
            faults.add(fault);
        });
        parked.putAll(byDevice);
    }

    /// A device's faults as the database has them, those that ended long ago left out.
    List<TrackedFault> stored(Device device) {
        List<TrackedFault> faults = new ArrayList<>();
        FaultStore.load(database, device.id().value(), clock.instant().minus(FaultBook.REOPENED_WITHIN),
                fault -> {
                    faults.removeIf(earlier -> earlier.code.equals(fault.code) && !earlier.open);
                    faults.add(fault);
                });
        return faults;
    }

    /// Puts a set of rules in force for every lane, from its next sample on.
    public void activate(List<ActiveRule> rules) {
        plans = new Plans(rules);
    }

    /// What judges for one lane; ask once for each.
    public LaneEngine lane(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("Lanes are numbered from 0");
        }
        return new LaneEngine(this);
    }

    /// The rules in force.
    public List<ActiveRule> rules() {
        return plans.rules();
    }

    Plans plans() {
        return plans;
    }

    History history() {
        return history;
    }

    InstantSource clock() {
        return clock;
    }

    int devicesPerLaneMax() {
        return devicesPerLaneMax;
    }

    /// A device registered since the start, and never parked, has sent nothing that a lane has not seen.
    boolean mayHaveHistory(Device device) {
        return device.created().isBefore(started) || parked.containsKey(device.number());
    }

    List<TrackedFault> unpark(int device) {
        List<TrackedFault> faults = parked.remove(device);
        return faults == null ? List.of() : faults;
    }

    void park(int device, List<TrackedFault> faults) {
        parked.put(device, faults);
    }

    void evaluated(long count) {
        evaluations.increment((double) count);
    }

    void tell(List<FaultEvent> happened, List<TrackedFault> changed) {
        happened.forEach(event -> {
            if (event.kind().isRaise()) {
                raised.increment();
            }
        });
        if (!happened.isEmpty()) {
            committed.run();
        }
        happened.forEach(event -> events.publish("fault.changed", Json.object().put("id", event.fault())
                .put("device", event.device()).put("code", event.code()).put("severity", event.severity())
                .put("change", event.kind().text())
                .put("state", event.kind() == FaultEvent.Kind.CLEARED ? "resolved" : "firing"),
                principal -> principal.seesOutlet(event.outlet())));
    }
}
