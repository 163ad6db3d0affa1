package io.aftercare.service.notice;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What became of a notice.
public enum NoticeState {
    /// Waits for its turn, or to be tried again.
    QUEUED,
    /// Left the house; one within the house can be read.
    SENT,
    /// Tried often enough.
    FAILED,
    /// Could not even be tried: there is no address, or no mail is configured.
    SUPPRESSED;

    /// The states that may follow.
    public Set<NoticeState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(SENT, FAILED, SUPPRESSED);
            case FAILED, SUPPRESSED -> EnumSet.of(QUEUED);
            case SENT -> EnumSet.noneOf(NoticeState.class);
        };
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<NoticeState> parse(String text) {
        return Kebab.parse(NoticeState.class, text);
    }
}
