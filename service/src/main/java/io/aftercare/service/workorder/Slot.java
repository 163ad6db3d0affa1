package io.aftercare.service.workorder;

import java.time.Duration;
import java.time.Instant;

/// When somebody works on it: from, and until just before `end`. At most a day, so that one typing error blocks nobody for a year.
public record Slot(Instant start, Instant end) {
    private static final Duration MAX = Duration.ofHours(24);

    public Slot {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a slot ends after it starts");
        }
        if (Duration.between(start, end).compareTo(MAX) > 0) {
            throw new IllegalArgumentException("a slot is at most 24 hours long");
        }
    }

    public boolean overlaps(Slot other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }
}
