package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.postgres.Database;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;

/// The newest values of those devices that somebody asked about, in memory: read from the database at the first question,
/// and kept new by the lanes, after the commit, from then on. At most [#DEVICES_MAX] devices; one more, and some make
/// room. Costs a lane one look into a map for each sample, and nothing while nobody asks. Thread-safe.
public final class Latest {
    private static final int DEVICES_MAX = 100_000;
    private static final int ROOM = DEVICES_MAX / 16;

    private final Newest newest;
    private final MetricDictionary dictionary;
    private final ConcurrentHashMap<Integer, Kept> kept = new ConcurrentHashMap<>();

    private static final class Kept {
        private final LatestValues values = new LatestValues();
        private boolean read; // guarded by this object
    }

    /// Is shown a value.
    @FunctionalInterface
    public interface Visitor {
        void value(String metric, long micros, double value);
    }

    public Latest(Database database, MetricDictionary dictionary) {
        this.newest = new Newest(database);
        this.dictionary = dictionary;
    }

    /// Whether anybody has asked about any device.
    public boolean isWatching() {
        return !kept.isEmpty();
    }

    /// A row is committed. From the lane that owns the device.
    ///
    /// @param present the slots that it has, as bits
    /// @param values  theirs, one after the other from `start` on
    public void stored(int device, int page, long micros, int present, double[] values, int start) {
        Kept known = kept.get(device);
        if (known != null) {
            int at = start;
            for (int left = present; left != 0; left &= left - 1) {
                known.values.add(page * Slots.COUNT + Integer.numberOfTrailingZeros(left), micros,
                        values[at++]);
            }
        }
    }

    /// Shows the newest value of each metric; of metrics that were silent for 30 days before the newest sample, none.
    public void of(Device device, Visitor visitor) {
        ModelMetrics metrics = dictionary.of(device.model());
        Kept found = kept.get(device.number());
        if (found == null) {
            makeRoom();
            found = kept.computeIfAbsent(device.number(), _ -> new Kept());
        }
        // In the map before it is read: what is committed from now on reaches it, what was before is read.
        synchronized (found) {
            if (!found.read) {
                newest.into(found.values, device.number(), metrics.size());
                found.read = true;
            }
        }
        found.values.forEach((place, micros, value) -> {
            if (place < metrics.size()) {
                visitor.value(metrics.name(place), micros, value);
            }
        });
    }

    private void makeRoom() {
        if (kept.size() >= DEVICES_MAX) {
            Iterator<Integer> some = kept.keySet().iterator();
            for (int i = 0; i < ROOM && some.hasNext(); i++) {
                some.next();
                some.remove();
            }
        }
    }
}
