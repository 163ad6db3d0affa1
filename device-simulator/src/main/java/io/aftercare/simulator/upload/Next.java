package io.aftercare.simulator.upload;

import java.time.Duration;
import java.util.OptionalLong;

/// What a device does after an answer to an upload, the table of `docs/protocol/remote.md`. Pure.
sealed interface Next {
    Duration WAIT_USUAL = Duration.ofSeconds(2);
    Duration WAIT_MAX = Duration.ofSeconds(60);

    record Done() implements Next {}

    /// @param offset in bytes
    record GoOn(long offset) implements Next {}

    /// Asks how far it got, after a while.
    record Ask(Duration after) implements Next {}

    /// Sends it all again: the hash was wrong.
    record Again() implements Next {}

    /// @param isWorthAnotherTry whether it may be taken later
    record GiveUp(String why, boolean isWorthAnotherTry) implements Next {}

    /// An answer.
    ///
    /// @param offset     `Upload-Offset`
    /// @param retryAfter `Retry-After` in seconds
    record Answer(int status, OptionalLong offset, OptionalLong retryAfter) {}

    /// @param size of the whole in bytes
    static Next of(Answer answer, long size) {
        return switch (answer.status) {
            case 200, 201 -> new Done();
            case 308, 408, 416 -> answer.offset.isPresent() && answer.offset.getAsLong() >= 0
                    && answer.offset.getAsLong() < Math.max(1, size)
                            ? new GoOn(answer.offset.getAsLong())
                            : new Ask(WAIT_USUAL);
            case 409 -> answer.retryAfter.isPresent()
                    ? new Ask(wait(answer.retryAfter))
                    : new GiveUp("it was complete with other bytes", false);
            case 422 -> new Again();
            case 429, 503 -> new Ask(wait(answer.retryAfter));
            case 400 -> new GiveUp("it was not understood (400)", false);
            case 401, 404 -> new GiveUp("nobody waits for it (" + answer.status + ")", false);
            case 410 -> new GiveUp("it is not wanted any more (410)", false);
            case 413 -> new GiveUp("it is too long (413)", false);
            case 507 -> new GiveUp("there is no room for it (507)", true);
            default -> answer.status >= 500
                    ? new Ask(WAIT_USUAL)
                    : new GiveUp("the answer was " + answer.status, false);
        };
    }

    private static Duration wait(OptionalLong seconds) {
        return Duration.ofSeconds(
                Math.clamp(seconds.orElse(WAIT_USUAL.toSeconds()), 0, WAIT_MAX.toSeconds()));
    }
}
