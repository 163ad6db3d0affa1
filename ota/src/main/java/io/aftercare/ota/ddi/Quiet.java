package io.aftercare.ota.ddi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Remembers of devices that there is nothing for them, so that nearly all polls are answered without the database: eight
/// bytes a device. What this process does for a device is known at once; what another does with the same database, after
/// [#SECONDS_MAX]. Thread-safe; never blocks.
final class Quiet {
    /// How long an entry is believed.
    static final int SECONDS_MAX = 3600; // longer than devices wait between two polls, or it would be of no use
    private static final int PAGE = 1 << 16;
    private static final int STRIPES = 1 << 12;

    private final InstantSource clock;
    private final Instant origin;
    // of each device: the second until which it holds, and in the low half the action that it installed last
    private final AtomicReferenceArray<AtomicLongArray> pages = new AtomicReferenceArray<>(
            Integer.MAX_VALUE / PAGE + 1);
    private final AtomicIntegerArray stamps = new AtomicIntegerArray(STRIPES);

    Quiet(InstantSource clock) {
        this.clock = clock;
        this.origin = clock.instant();
    }

    /// The action that the device installed last (0 for none), if there is nothing else for it.
    OptionalInt installed(int device) {
        AtomicLongArray page = pages.get(device / PAGE);
        long entry = page == null ? 0 : page.get(device % PAGE);
        return (int) (entry >>> 32) > second() ? OptionalInt.of((int) entry) : OptionalInt.empty();
    }

    /// To be taken before the database is asked, and given to [#remember]: news that come between the two win.
    int stamp(int device) {
        return stamps.get(device % STRIPES);
    }

    void remember(int device, int installed, int stamp) {
        AtomicLongArray page = page(device / PAGE);
        page.set(device % PAGE, ((long) (second() + SECONDS_MAX) << 32) | installed);
        if (stamp(device) != stamp) {
            page.set(device % PAGE, 0);
        }
    }

    /// There are news for the device.
    void forget(int device) {
        stamps.incrementAndGet(device % STRIPES);
        AtomicLongArray page = pages.get(device / PAGE);
        if (page != null) {
            page.set(device % PAGE, 0);
        }
    }

    private AtomicLongArray page(int index) {
        AtomicLongArray page = pages.get(index);
        if (page != null) {
            return page;
        }
        AtomicLongArray made = new AtomicLongArray(PAGE);
        AtomicLongArray other = pages.compareAndExchange(index, null, made);
        return other == null ? made : other;
    }

    private int second() {
        return (int) (clock.instant().getEpochSecond() - origin.getEpochSecond());
    }
}
