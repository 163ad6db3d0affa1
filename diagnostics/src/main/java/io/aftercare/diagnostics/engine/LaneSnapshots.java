package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.device.Micros;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    /// What may be written along with samples, bytes a second and at once: devices that mix up the order of their messages all
    /// the time must not take the disk from the others. What has to wait is lost only with the process.
    private static final long URGENT_BYTES_A_SECOND = 4_000_000;
    private static final long URGENT_BYTES_MAX = 8_000_000;
    private static final int OVERDUE_MAX = 100_000;

    private final LaneHome home;
    private final Deque<LaneDevices.Entry> urgent = new ArrayDeque<>();
    /// Of these, the first ones, which the transaction at hand takes.
    private final List<Snapshot> taken = new ArrayList<>();
    private long bytesLeft = URGENT_BYTES_MAX;
    private long refilledMicros = Long.MIN_VALUE;
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

    /// Those that belong into the transaction at hand, as they are now: it may be written again.
    List<Snapshot> urgent() {
        refill();
        taken.forEach(snapshot -> bytesLeft += snapshot.state().length);
        taken.clear();
        for (LaneDevices.Entry entry : urgent) {
            if (bytesLeft <= 0) {
                break;
            }
            Snapshot snapshot = snapshot(entry);
            bytesLeft -= snapshot.state().length;
            taken.add(snapshot);
        }
        return taken.stream().filter(LaneSnapshots::fits).toList();
    }

    /// Whether some are left for the next transaction.
    boolean isBehind() {
        return urgent.size() > taken.size();
    }

    private static boolean fits(Snapshot snapshot) {
        boolean fits = snapshot.state().length <= Snapshot.BYTES_MAX;
        if (!fits) {
            LOG.warn("The rules remember more of device number {} than is kept over a restart",
                    snapshot.device());
        }
        return fits;
    }

    private void refill() {
        long now = Micros.of(home.clock().instant());
        if (refilledMicros != Long.MIN_VALUE) {
            long gained = Math.max(0, now - refilledMicros) * (URGENT_BYTES_A_SECOND / 1_000_000);
            bytesLeft = Math.min(URGENT_BYTES_MAX, bytesLeft + gained);
        }
        refilledMicros = now;
    }

    private static Snapshot snapshot(LaneDevices.Entry entry) {
        return new Snapshot(entry.number, entry.snapshots + 1, entry.state.plan.fingerprint(),
                entry.state.coverage().until(), entry.state.wakeAt(), SavedState.of(entry.state));
    }

    /// The transaction is committed; hands over some of those that can wait.
    void committed() {
        for (int i = 0; i < taken.size(); i++) {
            LaneDevices.Entry entry = urgent.removeFirst();
            entry.isUrgent = false;
            saved(entry);
            entry.state.coverage().stored();
        }
        taken.clear();
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
