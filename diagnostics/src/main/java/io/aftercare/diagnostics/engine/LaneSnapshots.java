package io.aftercare.diagnostics.engine;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which devices' states a lane has to put away: at once, with the transaction of what cannot be followed again, or some time soon. One
/// lane's; not thread-safe.
final class LaneSnapshots {
    /// A device's snapshot is made anew when its samples have gone on for so long: this much is read again after a restart.
    static final long EVERY_MICROS = 3_600_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(LaneSnapshots.class);
    private static final int OVERDUE_A_COMMIT = 32;
    private static final int OVERDUE_MAX = 100_000;

    private final LaneHome home;
    private final List<LaneDevices.Entry> urgent = new ArrayList<>();
    private final List<LaneDevices.Entry> overdue = new ArrayList<>();

    LaneSnapshots(LaneHome home) {
        this.home = home;
    }

    /// When in the hour a device's snapshots are made: spread over it.
    static long phase(int device) {
        return Math.floorMod(device * 0x9E3779B97F4A7C15L, EVERY_MICROS);
    }

    /// A device's state may have changed.
    void look(LaneDevices.Entry entry) {
        DeviceState state = entry.state;
        if (!state.plan.remembers()) {
            return;
        }
        if (state.coverage().isIrregular()) {
            if (!entry.isUrgent) {
                entry.isUrgent = true;
                urgent.add(entry);
            }
        } else if (state.newest() - EVERY_MICROS > entry.savedAt && !entry.isOverdue
                && overdue.size() < OVERDUE_MAX) {
            entry.isOverdue = true;
            overdue.add(entry);
        }
    }

    /// Those that belong into the transaction at hand.
    List<Snapshot> urgent() {
        List<Snapshot> snapshots = new ArrayList<>(urgent.size());
        for (LaneDevices.Entry entry : urgent) {
            Snapshot snapshot = snapshot(entry);
            if (snapshot.state().length <= Snapshot.BYTES_MAX) {
                snapshots.add(snapshot);
            } else {
                LOG.warn("The rules remember more of {} than is kept over a restart",
                        entry.state.device().id());
            }
        }
        return snapshots;
    }

    private static Snapshot snapshot(LaneDevices.Entry entry) {
        return new Snapshot(entry.number, entry.snapshots + 1, entry.state.plan.fingerprint(),
                entry.state.coverage().until(), entry.state.wakeAt(), SavedState.of(entry.state));
    }

    /// The transaction is committed; hands over some of those that can wait.
    void committed() {
        for (LaneDevices.Entry entry : urgent) {
            entry.isUrgent = false;
            saved(entry);
            entry.state.coverage().stored();
        }
        urgent.clear();
        for (int i = 0; i < OVERDUE_A_COMMIT && !overdue.isEmpty(); i++) {
            LaneDevices.Entry entry = overdue.getLast();
            Snapshot snapshot = snapshot(entry);
            if (snapshot.state().length <= Snapshot.BYTES_MAX && !home.keep(snapshot)) {
                return;
            }
            overdue.removeLast();
            entry.isOverdue = false;
            saved(entry);
        }
    }

    private static void saved(LaneDevices.Entry entry) {
        entry.snapshots++;
        entry.savedAt = entry.state.newest();
    }

    /// Not all of a device's samples are stored after all.
    void withdraw(int device) {
        urgent.removeIf(entry -> entry.number == device);
        overdue.removeIf(entry -> entry.number == device);
    }
}
