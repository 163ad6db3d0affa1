package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.TrackedFault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The devices of a lane by number: an open-addressing table, so that finding one allocates nothing. Not thread-safe.
final class LaneDevices {
    private static final int CAPACITY_MIN = 1024;
    private @Nullable Entry[] table = new Entry[CAPACITY_MIN];
    private int size;

    /// A device and its faults.
    static final class Entry {
        final int number;
        DeviceState state;
        List<TrackedFault> faults;
        /// The commit at which it was last heard of.
        long heard;
        /// The timer that counts; others of it in the wheel are void.
        long timerAt = Long.MAX_VALUE;
        /// How many snapshots of it were made, and its newest event time at the last.
        long snapshots;
        long savedAt = Long.MIN_VALUE;
        boolean isUrgent;
        boolean isOverdue;
        /// Number of the cohorts' picture that it has seen.
        long picture;

        Entry(int number, DeviceState state, List<TrackedFault> faults) {
            this.number = number;
            this.state = state;
            this.faults = faults;
        }

        @Nullable
        TrackedFault fault(String code) {
            for (TrackedFault fault : faults) {
                if (fault.code.equals(code)) {
                    return fault;
                }
            }
            return null;
        }
    }

    @Nullable
    Entry find(int number) {
        int mask = table.length - 1;
        int at = hash(number) & mask;
        for (Entry entry = table[at]; entry != null; entry = table[at]) {
            if (entry.number == number) {
                return entry;
            }
            at = at + 1 & mask;
        }
        return null;
    }

    /// Adds a device that is not here.
    void add(Entry entry) {
        if (size * 2 >= table.length) {
            rebuild(entries(), table.length * 2);
        }
        put(entry);
    }

    int size() {
        return size;
    }

    void forEach(Consumer<Entry> action) {
        for (Entry entry : table) {
            if (entry != null) {
                action.accept(entry);
            }
        }
    }

    /// Forgets those that match and answers with them.
    Collection<Entry> remove(Predicate<Entry> which) {
        List<Entry> gone = new ArrayList<>();
        List<Entry> kept = new ArrayList<>();
        entries().forEach(entry -> (which.test(entry) ? gone : kept).add(entry));
        rebuild(kept, table.length);
        return gone;
    }

    private void rebuild(List<Entry> entries, int capacity) {
        table = new Entry[capacity];
        size = 0;
        entries.forEach(this::put);
    }

    private void put(Entry entry) {
        int mask = table.length - 1;
        int at = hash(entry.number) & mask;
        while (table[at] != null) {
            at = at + 1 & mask;
        }
        table[at] = entry;
        size++;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(size);
        for (Entry entry : table) {
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static int hash(int number) {
        int mixed = number * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
