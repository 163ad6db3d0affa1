package io.aftercare.ota.release;

import java.time.Instant;

/// That a release was taken back: nobody is offered it any more, and nobody can download it.
///
/// @param by     who did it
/// @param reason why, as people are told
public record Withdrawal(Instant at, String by, String reason) {

    /// In one sentence, for whoever asks for the release.
    public String text(String release) {
        return "Release " + release + " was withdrawn by " + by + " at " + at + ": " + reason;
    }
}
