package io.aftercare.remote.action;

import java.time.Duration;
import java.time.Instant;

/// Until when an answer is waited for. Each waiting ends, however often a device reconnects or says that it is at work. Pure.
final class Deadlines {
    /// The longest that a device may be at work, where its product gives an action no longer time.
    static final Duration RUNNING_MAX = Duration.ofDays(1);

    private Deadlines() {}

    /// After it was handed to a connection at `now`, perhaps not for the first time.
    static Instant sent(Action action, Instant now) {
        Instant first = action.sentAt() == null ? now : action.sentAt();
        Instant last = first.isAfter(action.expires()) ? first : action.expires();
        return earlier(now.plusSeconds(action.timeoutSeconds()), last.plusSeconds(action.timeoutSeconds()));
    }

    /// After the device said at `now` that it is at work.
    static Instant running(Action action, Instant now) {
        Instant first = action.sentAt() == null ? now : action.sentAt();
        Duration timeout = Duration.ofSeconds(action.timeoutSeconds());
        return earlier(now.plus(timeout),
                first.plus(timeout.compareTo(RUNNING_MAX) > 0 ? timeout : RUNNING_MAX));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
