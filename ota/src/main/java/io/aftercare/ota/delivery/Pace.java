package io.aftercare.ota.delivery;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Shares a campaign's bytes per second among its downloads: who wants to send reserves, and is told how long to wait
/// first. Thread-safe; never blocks. Kept in memory, because after a restart a new second begins anyway.
final class Pace {
    private static final int CAMPAIGNS_MAX = 1000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Integer, Long> freeAtNanos = new ConcurrentHashMap<>();

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Reserves the next `bytes`.
    ///
    /// @param bytesPerSecond of the campaign, 0 for unlimited
    /// @return nanoseconds to wait before they are sent
    long reserve(int campaign, long bytesPerSecond, long bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        if (freeAtNanos.size() > CAMPAIGNS_MAX) {
            freeAtNanos.values().removeIf(free -> free - now < 0);
        }
        long cost = Math.multiplyExact(bytes, SECOND_NANOS) / bytesPerSecond;
        long free = freeAtNanos.compute(campaign,
                (_, before) -> (before == null || before - now < 0 ? now : before) + cost);
        return Math.max(0, free - cost - now);
    }
}
