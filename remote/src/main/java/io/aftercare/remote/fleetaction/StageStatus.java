package io.aftercare.remote.fleetaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a stage is: waiting, open since, its success reached since, passed since.
///
/// @param excused failures that somebody has looked at, by resuming
public record StageStatus(@Nullable Instant openedAt, @Nullable Instant reachedAt, @Nullable Instant passedAt,
        int excused) {
    static final StageStatus WAITING = new StageStatus(null, null, null, 0);

    static StageStatus opened(Instant now) {
        return new StageStatus(now, null, null, 0);
    }

    StageStatus reached(@Nullable Instant at) {
        return new StageStatus(openedAt, at, passedAt, excused);
    }

    StageStatus passed(Instant now) {
        return new StageStatus(openedAt, reachedAt, now, excused);
    }

    StageStatus excusing(int failures) {
        return new StageStatus(openedAt, reachedAt, passedAt, failures);
    }

    /// The name outside: waiting, running, soaking or passed.
    String text() {
        if (passedAt != null) {
            return "passed";
        }
        if (reachedAt != null) {
            return "soaking";
        }
        return openedAt == null ? "waiting" : "running";
    }
}
