package io.aftercare.ingest.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a range is cut into buckets, and from what they are made. Short buckets have exactly the length asked for and are
/// made of samples. Longer ones are rounded up to whole minutes, hours or days, begin with one, and are made of rollups.
///
/// @param level  null for samples
/// @param from   inclusive, microseconds since 1970; `to` exclusive
/// @param origin where the first bucket begins, at or before `from`
/// @param width  microseconds
record BucketPlan(@Nullable Level level, long from, long to, long origin, long width) {
    // A bucket that is many cells long loses little by being rounded up to whole ones.
    private static final double MINUTES_MIN = 2.5;
    private static final double MORE_MIN = 6;

    static BucketPlan of(TimeRange range, int points) {
        long from = micros(range.from());
        long to = micros(range.to());
        long width = Math.max(1, Math.ceilDiv(to - from, points));
        Level level = level(width);
        if (level == null) {
            return new BucketPlan(null, from, to, from, width);
        }
        long origin = Math.floorDiv(from, level.micros()) * level.micros();
        long whole = Math.ceilDiv(Math.ceilDiv(to - origin, points), level.micros()) * level.micros();
        return new BucketPlan(level, from, to, origin, whole);
    }

    private static @Nullable Level level(long width) {
        Level best = null;
        for (Level level : Level.values()) {
            double least = level == Level.MINUTES ? MINUTES_MIN : MORE_MIN;
            best = width >= level.micros() * least ? level : best;
        }
        return best;
    }

    static long micros(Instant instant) {
        Duration since = Duration.between(Instant.EPOCH, instant);
        return since.getSeconds() * 1_000_000 + since.getNano() / 1000;
    }

    /// How many buckets there are.
    int count() {
        return (int) Math.ceilDiv(to - origin, width);
    }

    /// The bucket of a moment in the range.
    int index(long micros) {
        return Math.clamp((micros - origin) / width, 0, count() - 1);
    }

    /// When a bucket begins; the first one not before the range does.
    long start(int index) {
        return Math.max(from, origin + index * width);
    }

    /// Whether the day has cells of which only a part is in the range.
    boolean cutsCells(long day) {
        return level == null || cuts(day, from, level) || cuts(day, to, level);
    }

    private static boolean cuts(long day, long micros, Level level) {
        return Math.floorDiv(micros, Partitions.DAY_MICROS) == day && micros % level.micros() != 0;
    }
}
