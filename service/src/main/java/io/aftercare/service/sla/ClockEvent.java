package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Instant;

/// Something that happened to a clock; a clock is nothing but the list of these, which only grows.
public record ClockEvent(Beat beat, Instant at) {
    /// What happened.
    public enum Beat {
        STARTED,
        PAUSED,
        RESUMED,
        STOPPED,
        /// The case was cancelled, so the clock judges nobody.
        VOIDED,
        /// The time allowed had passed; says nothing about whether the clock runs.
        BREACHED;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }

        public static Beat parse(String text) {
            return Kebab.parse(Beat.class, text).orElseThrow();
        }
    }
}
