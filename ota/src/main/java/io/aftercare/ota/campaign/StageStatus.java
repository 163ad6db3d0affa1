package io.aftercare.ota.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a stage is: waiting, open since, its success reached since, passed since.
///
/// @param excused   failures that somebody has looked at, by resuming
/// @param watchedAt when the health gate had its last look at this soak
public record StageStatus(@Nullable Instant openedAt, @Nullable Instant reachedAt, @Nullable Instant passedAt,
        int excused, @Nullable Instant watchedAt) {
    static final StageStatus WAITING = new StageStatus(null, null, null, 0, null);

    StageStatus opened(Instant now) {
        return new StageStatus(now, null, null, 0, null);
    }

    StageStatus reached(@Nullable Instant at) {
        return new StageStatus(openedAt, at, passedAt, excused, at == null ? null : watchedAt);
    }

    StageStatus passed(Instant now) {
        return new StageStatus(openedAt, reachedAt, now, excused, watchedAt);
    }

    StageStatus excusing(int failures) {
        return new StageStatus(openedAt, reachedAt, passedAt, failures, watchedAt);
    }

    StageStatus watched(Instant now) {
        return new StageStatus(openedAt, reachedAt, passedAt, excused, now);
    }

    /// The name outside: waiting, running, soaking or passed.
    public String text() {
        if (passedAt != null) {
            return "passed";
        }
        if (reachedAt != null) {
            return "soaking";
        }
        return openedAt == null ? "waiting" : "running";
    }
}
