package io.aftercare.simulator.sampling;

import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How often a device measures: at its usual interval, or for a while, at most [#BOOST_MAX], at another one. The end of that
/// while needs nobody: it comes by the device's own clock, and with a restart. Thread-safe.
public final class Sampling {
    static final Duration BOOST_MAX = Duration.ofMinutes(15);
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final InstantSource clock;
    private final Temper temper;
    private final Duration factory;
    private Duration usual;
    private Optional<Boost> boost = Optional.empty();
    private Instant nextWhole = Instant.MIN;

    private record Boost(Duration interval, Instant until, Set<String> metrics) {}

    public Sampling(Duration factory, Temper temper, InstantSource clock) {
        this.factory = factory;
        this.usual = factory;
        this.temper = temper;
        this.clock = clock;
    }

    /// Whether an interval can be kept.
    public static boolean isPossible(double seconds) {
        return seconds >= SHORTEST.toMillis() / 1e3 && seconds <= LONGEST.toSeconds();
    }

    /// Changes the interval for good.
    public synchronized void usual(double seconds) {
        usual = millis(seconds);
    }

    /// Changes the interval for a while. A newer wish counts.
    ///
    /// @param metrics those that are wanted; all where it is empty
    public synchronized void boost(double seconds, double ttlSeconds, Set<String> metrics) {
        boost = Optional.of(new Boost(millis(seconds), clock.instant().plus(millis(ttlSeconds)), metrics));
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    /// Ends a boost whose time is over.
    ///
    /// @return whether one ended
    public synchronized boolean revert() {
        if (boost.isEmpty() || clock.instant().isBefore(boost.get().until)
                || temper.is(Misbehaviour.IGNORE_TTL)) {
            return false;
        }
        boost = Optional.empty();
        return true;
    }

    /// The device has restarted: what only lived in memory is gone.
    public synchronized void restarted() {
        boost = Optional.empty();
    }

    /// As it left the factory.
    public synchronized void reset() {
        boost = Optional.empty();
        usual = factory;
    }

    synchronized Duration interval() {
        return boost.map(Boost::interval).orElse(usual);
    }

    /// What a device tells of it: the interval that it was set to, and a boost where there is one.
    public synchronized Map<String, Object> reported() {
        Map<String, Object> reported = new LinkedHashMap<>(Map.of("interval", usual.toMillis() / 1e3));
        boost.ifPresent(
                each -> reported.put("boost", Map.of("interval", each.interval.toMillis() / 1e3, "until",
                        each.until.toString())));
        return reported;
    }

    /// How long to wait for the next sample, or for the end of a boost where that comes first.
    public synchronized Duration untilNext() {
        Duration interval = interval();
        Duration left = boost.map(each -> Duration.between(clock.instant(), each.until)).orElse(interval);
        return left.isPositive() && left.compareTo(interval) < 0 ? left : interval;
    }

    /// What of the readings is to be sent now: in a boost of some metrics those alone, and the others at the usual interval.
    public synchronized Map<String, Object> wanted(Map<String, Object> readings) {
        Instant now = clock.instant();
        if (boost.isEmpty() || boost.get().metrics.isEmpty() || !now.isBefore(nextWhole)) {
            nextWhole = now.plus(usual);
            return readings;
        }
        Map<String, Object> some = new LinkedHashMap<>(readings);
        some.keySet().retainAll(boost.get().metrics);
        return some;
    }
}
