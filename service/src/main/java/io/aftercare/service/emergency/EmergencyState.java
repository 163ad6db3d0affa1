package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// How far an emergency is (R80). [#next] is the one table of all transitions; [EmergencyFlow] says what each needs.
///
/// ```
/// warning ──► responding ◄──► handling ◄──► review ──► closed
///     └────────────┴────────────────────────►┘
/// ```
enum EmergencyState {
    /// Somebody sees it coming, or has it reported.
    WARNING,
    /// The teams of its level are called and take it up.
    RESPONDING,
    /// It is worked on.
    HANDLING,
    /// It is over, or was none; what can be learned from it is written down.
    REVIEW,
    CLOSED;

    Set<EmergencyState> next() {
        return switch (this) {
            case WARNING -> EnumSet.of(RESPONDING, REVIEW);
            case RESPONDING -> EnumSet.of(HANDLING, REVIEW);
            case HANDLING -> EnumSet.of(RESPONDING, REVIEW);
            case REVIEW -> EnumSet.of(HANDLING, CLOSED);
            case CLOSED -> EnumSet.noneOf(EmergencyState.class);
        };
    }

    @JsonValue
    String text() {
        return Kebab.of(this);
    }

    static Optional<EmergencyState> parse(String text) {
        return Kebab.parse(EmergencyState.class, text);
    }
}
