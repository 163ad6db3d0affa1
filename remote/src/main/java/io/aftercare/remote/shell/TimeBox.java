package io.aftercare.remote.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When an open session ends by itself.
///
/// @param until     its time is over
/// @param lastInput when somebody typed last, or it was opened
record TimeBox(Instant until, Instant lastInput, Duration idleMax) {
    /// What ends it now, if anything does.
    Optional<ShellEvent> due(Instant now) {
        if (!now.isBefore(until)) {
            return Optional.of(ShellEvent.TIME);
        }
        return now.isBefore(lastInput.plus(idleMax)) ? Optional.empty() : Optional.of(ShellEvent.IDLE);
    }
}
