package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out again how the rules stand with a device that its lane does not remember: from its last snapshot and what was stored after it; or,
/// without one that fits, from its faults and as much of its history as the rules' windows and waits reach back. Blocks.
final class Recall {
    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);

    private final LaneHome home;

    Recall(LaneHome home) {
        this.home = home;
    }

    /// Fills an entry's state.
    ///
    /// @param mayHaveHistory whether anything may be stored of it
    /// @param micros event time of what made the lane meet the device, or of what was heard of it last
    void into(LaneDevices.Entry entry, boolean mayHaveHistory, long micros) {
        Device device = entry.state.device();
        boolean mayHave = entry.state.plan.remembers() && mayHaveHistory;
        Optional<Snapshot> snapshot = mayHave ? home.snapshot(device) : Optional.empty();
        snapshot.ifPresent(it -> entry.snapshots = it.n());
        Optional<Snapshot> fitting = snapshot.filter(it -> isLoaded(it, entry));
        // A device is put away within an hour: one without any snapshot has no more of a past than is followed here.
        boolean isExact = fitting.isPresent() || mayHave && snapshot.isEmpty();
        if (!isExact) {
            entry.faults.forEach(fault -> restore(entry.state, fault, micros));
        }
        if (mayHave) {
            entry.savedAt = fitting.isPresent() ? micros : Long.MIN_VALUE;
            entry.state.follow(isExact ? Following.SNAPSHOT : Following.FAULTS);
            replay(entry.state, fitting.map(it -> it.covered() + 1)
                    .orElse(micros
                            - Math.max(entry.state.plan.memoryMicros(), 2 * LaneSnapshots.EVERY_MICROS)));
        } else {
            entry.savedAt = micros - LaneSnapshots.phase(device.number());
        }
        // After the replay, which is to see the older samples as they came.
        entry.state.followed(fitting.isPresent() ? Long.MIN_VALUE : judged(entry.faults));
        if (isExact) {
            reconcile(entry, micros);
        }
        // Not all that a device says leaves a trace in the store, but this.
        home.device(device.id()).map(Device::lastSeen)
                .ifPresent(heard -> entry.state.heardBefore(Micros.of(heard)));
        entry.state.listenFrom(home.listeningFrom());
    }

    private static boolean isLoaded(Snapshot snapshot, LaneDevices.Entry entry) {
        if (snapshot.fingerprint() != entry.state.plan.fingerprint()) {
            return false;
        }
        try {
            SavedState.load(snapshot, entry.state);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The {} cannot be read, and is made anew: {}", snapshot, e.toString());
            entry.state = new DeviceState(entry.state.plan, entry.state.device());
            return false;
        }
    }

    private static long judged(List<TrackedFault> faults) {
        return faults.stream().mapToLong(fault -> fault.open ? fault.lastSeenMicros : fault.clearedMicros)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static void restore(DeviceState state, TrackedFault fault, long micros) {
        int rule = state.indexOf(fault.rule);
        Plan plan = state.plan;
        if (rule >= 0 && plan.rules.get(rule).code().equals(fault.code)
                && (!fault.open || plan.rules.get(rule).active().continues(fault.ruleVersion))) {
            state.restore(rule, RuleState.restored(fault.open, fault.flaps, fault.heldUntil,
                    fault.open ? fault.lastRaisedMicros : fault.clearedMicros), fault.severity);
        } else if (fault.open) {
            // Its rule was taken away while nobody looked, and the row ended with it (Rules).
            fault.open = false;
            fault.clearedMicros = micros;
            fault.events++;
        }
    }

    /// What is open is what the database says, whatever has happened to it there since the snapshot.
    private static void reconcile(LaneDevices.Entry entry, long micros) {
        DeviceState state = entry.state;
        for (int rule = 0; rule < state.plan.rules.size(); rule++) {
            TrackedFault fault = entry.fault(state.plan.rules.get(rule).code());
            if (state.phase(rule).isOpen() && (fault == null || !fault.open)) {
                state.restore(rule, null, (LevelState) null);
            }
        }
        entry.faults.stream().filter(fault -> fault.open && !isHeld(state, fault.code))
                .forEach(fault -> restore(state, fault, micros));
    }

    private static boolean isHeld(DeviceState state, String code) {
        for (int rule = 0; rule < state.plan.rules.size(); rule++) {
            if (state.phase(rule).isOpen() && state.plan.rules.get(rule).code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /// Follows all that is stored from a moment on, also what is newer than what is at hand: that one is then sent again, and late.
    private void replay(DeviceState state, long from) {
        // When things arrived is not stored: with their own time, but not later than anything was heard of the device.
        long now = home.device(state.device().id()).map(Device::lastSeen).map(Micros::of)
                .orElseGet(() -> Micros.of(home.clock().instant()));
        try {
            Happenings happenings = new Happenings(home.history().happenings(state.device(), from),
                    happening -> state.tell(happening, Math.min(happening.micros(), now), Muted.SINK));
            home.history().recent(state.device(), from, sample -> {
                happenings.until(sample.micros());
                var _ = state.accept(sample, Math.min(sample.micros(), now), Muted.SINK, false);
            });
            happenings.until(Long.MAX_VALUE);
        } catch (RuntimeException e) {
            // Waits begin anew instead: a fault may come later by the length of its rule's windows, but the lane goes on.
            LOG.warn("The history of device {} could not be read; its rules begin without it: {}",
                    state.device().id(), e.getMessage());
        }
    }
}
