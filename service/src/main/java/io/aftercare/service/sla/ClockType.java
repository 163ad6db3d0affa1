package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What a clock of a ticket measures. All of a ticket's clocks run side by side, each to its own stop; where two are due
/// at the same moment, the one named first here is shown.
public enum ClockType {
    /// Until somebody, or an automatic fix, takes the case up (R21).
    FIRST_RESPONSE,
    /// Until somebody has spoken with the customer; only where a customer asked (R20).
    CONTACT,
    /// Until the work on it begins (R23, the first half).
    HANDLING,
    /// Until it has been judged what the case is (R17).
    ASSESSMENT,
    /// From the agreement of a visit until an engineer arrives (R22); one for each visit.
    ON_SITE,
    /// From the receipt of a returned unit until it is inspected and reported (R24); one for each return. While it runs, the
    /// clocks of R23 pause: it takes their place.
    INSPECTION,
    /// Until it is solved; goes on where it stopped when the case is reopened (R23, the second half).
    RESOLUTION;

    /// Whether it starts with the case; the others are started by what happens.
    public boolean startsWithCase() {
        return this != ON_SITE && this != INSPECTION;
    }

    /// Whether it rests while a returned unit is inspected.
    boolean yieldsToInspection() {
        return this == HANDLING || this == RESOLUTION;
    }

    /// The name outside, such as `first-response`.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static ClockType parse(String text) {
        return Kebab.parse(ClockType.class, text).orElseThrow();
    }
}
