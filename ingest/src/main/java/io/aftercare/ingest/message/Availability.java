package io.aftercare.ingest.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a device was connected over a span of time.
///
/// @param from              when what is known begins; the span's own beginning, or the device's first connection
/// @param percent           of the time that it was connected; null where nothing is known
/// @param drops             connections that ended, other than by the device's own good-bye
/// @param longestGapSeconds the longest time that it was away
/// @param worstReason       with which the connections ended that cost the most time; null where none did
@JsonInclude(JsonInclude.Include.ALWAYS)
record Availability(Instant from, @Nullable Double percent, int drops, long longestGapSeconds,
        @Nullable String worstReason) {
    /// How a connection ends that the device closes itself.
    static final String GOOD_BYE = "disconnected by the device";

    /// A connection that began or ended.
    record Change(Instant at, boolean connected, String reason) {}

    /// A device that is away.
    private record Away(Instant since, @Nullable String reason) {}

    /// @param before  the last change before the span, null where there was none: then the first one within it begins what is known
    /// @param changes those within it, the earliest first
    static Availability of(@Nullable Change before, List<Change> changes, Instant from, Instant to) {
        if (before == null && changes.isEmpty()) {
            return new Availability(from, null, 0, 0, null);
        }
        Instant begin = before == null ? changes.getFirst().at() : from;
        Away away = before != null && before.connected()
                ? null
                : new Away(begin, before == null ? null : before.reason());
        int drops = 0;
        Map<String, Duration> lost = new TreeMap<>();
        Duration longest = Duration.ZERO;
        Duration gone = Duration.ZERO;
        for (Change change : changes) {
            if (change.connected() && away != null) {
                Duration gap = close(away, change.at(), lost);
                longest = longest.compareTo(gap) < 0 ? gap : longest;
                gone = gone.plus(gap);
                away = null;
            } else if (!change.connected() && away == null) {
                drops += change.reason().equals(GOOD_BYE) ? 0 : 1;
                away = new Away(change.at(), change.reason());
            }
        }
        if (away != null) {
            Duration gap = close(away, to, lost);
            longest = longest.compareTo(gap) < 0 ? gap : longest;
            gone = gone.plus(gap);
        }
        double whole = Duration.between(begin, to).toMillis();
        double percent = whole <= 0 ? 100 : 100 * (1 - gone.toMillis() / whole);
        return new Availability(begin, Math.round(percent * 1000) / 1000.0, drops, longest.toSeconds(),
                lost.entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                        .map(Map.Entry::getKey).orElse(null));
    }

    private static Duration close(Away away, Instant at, Map<String, Duration> lost) {
        Duration gap = Duration.between(away.since(), at);
        if (away.reason() != null && gap.isPositive()) {
            lost.merge(away.reason(), gap, Duration::plus);
        }
        return gap;
    }
}
