package io.aftercare.service.complaint;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where a complaint stands. [#next] is the one table of all transitions; [ComplaintFlow] says what each needs besides.
///
/// ```
/// logged ──► verified ──► investigating ──► answered ──► followed-up ──► closed
///                              ▲               │             │
///                              └── dissatisfied ┴─────────────┘
/// ```
public enum ComplaintState {
    LOGGED,
    VERIFIED,
    INVESTIGATING,
    ANSWERED,
    FOLLOWED_UP,
    /// Final: a complaint about the same again is a new one that says so.
    CLOSED;

    /// The states that may follow.
    public Set<ComplaintState> next() {
        return switch (this) {
            case LOGGED -> EnumSet.of(VERIFIED);
            case VERIFIED -> EnumSet.of(INVESTIGATING);
            case INVESTIGATING -> EnumSet.of(ANSWERED);
            case ANSWERED -> EnumSet.of(FOLLOWED_UP, INVESTIGATING);
            case FOLLOWED_UP -> EnumSet.of(CLOSED, INVESTIGATING);
            case CLOSED -> EnumSet.noneOf(ComplaintState.class);
        };
    }

    public boolean mayBecome(ComplaintState to) {
        return next().contains(to);
    }

    /// The name outside, such as `followed-up`.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<ComplaintState> parse(String text) {
        return Kebab.parse(ComplaintState.class, text);
    }
}
