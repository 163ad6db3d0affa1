package io.aftercare.service.text;

import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bounds how often somebody without a login may do something: so often within a window, for each key (an address, a case).
/// Kept in memory, the last 10,000 keys; a restart forgives. Thread-safe.
public final class Throttle {
    private static final int KEYS_MAX = 10_000;

    private final InstantSource clock;
    private final int most;
    private final Duration window;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > KEYS_MAX;
        }
    };

    private record Count(Instant since, int times) {}

    /// @param most within `window`
    public Throttle(InstantSource clock, int most, Duration window) {
        this.clock = clock;
        this.most = most;
        this.window = window;
    }

    /// Counts one; a [Problem] 429 where it is one too many.
    public synchronized void pass(String key) {
        Instant now = clock.instant();
        Count before = counts.get(key);
        Count after = before == null || !now.isBefore(before.since().plus(window))
                ? new Count(now, 1)
                : new Count(before.since(), before.times() + 1);
        counts.put(key, after);
        if (after.times() > most) {
            throw Problem.of(429, "Too many requests",
                    "Try again in " + Duration.between(now, after.since().plus(window)).toSeconds() + " s");
        }
    }
}
