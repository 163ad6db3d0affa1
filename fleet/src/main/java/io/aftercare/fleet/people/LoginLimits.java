package io.aftercare.fleet.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Slows the guessing of passwords down: after some failures in a row a key (a user at an address, or an address) must wait,
/// twice as long after every further one. Kept in memory, the last 10,000 keys: a restart forgives. Thread-safe.
public final class LoginLimits {
    private static final int KEYS_MAX = 10_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(15);
    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private final InstantSource clock;
    private final int freeAttempts;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > KEYS_MAX;
        }
    };

    private record Failures(int count, Instant last, Instant until) {}

    /// @param freeAttempts failures in a row before the first wait
    public LoginLimits(InstantSource clock, int freeAttempts) {
        this.clock = clock;
        this.freeAttempts = freeAttempts;
    }

    /// Counts an attempt as failed until [#succeeded] says otherwise, so that many at once are counted too.
    ///
    /// @return how long to wait, where it may not be made now
    public synchronized Optional<Duration> attempt(String key) {
        Instant now = clock.instant();
        Failures before = failures.get(key);
        if (before != null && now.isBefore(before.until())) {
            return Optional.of(Duration.between(now, before.until()));
        }
        int count = before == null || before.last().plus(FORGET_AFTER).isBefore(now) ? 1 : before.count() + 1;
        failures.put(key, new Failures(count, now, now.plus(wait(count))));
        return Optional.empty();
    }

    public synchronized void succeeded(String key) {
        failures.remove(key);
    }

    private Duration wait(int count) {
        if (count < freeAttempts) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(count - freeAttempts, 20));
        return doubled.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : doubled;
    }
}
