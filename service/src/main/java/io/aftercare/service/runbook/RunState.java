package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.Set;

/// Where the run of a runbook stands. [#next] is the one table of all transitions; [RunFlow] says what each needs besides.
///
/// ```
/// running ◄──► waiting-device | waiting-person | waiting-time ──► done | failed | cancelled
/// ```
enum RunState {
    /// An action is being asked for.
    RUNNING,
    /// The device has an action to do.
    WAITING_DEVICE,
    /// Somebody has to do, answer or confirm something.
    WAITING_PERSON,
    /// For a time, or for a condition that is looked at again.
    WAITING_TIME,
    DONE,
    /// A step could not be done and nothing else was foreseen.
    FAILED,
    CANCELLED;

    /// The states that may follow; a run that goes on to a step like the one before stays in its state.
    Set<RunState> next() {
        return isOpen() ? EnumSet.allOf(RunState.class) : EnumSet.noneOf(RunState.class);
    }

    boolean isOpen() {
        return switch (this) {
            case RUNNING, WAITING_DEVICE, WAITING_PERSON, WAITING_TIME -> true;
            case DONE, FAILED, CANCELLED -> false;
        };
    }

    @JsonValue
    String text() {
        return Kebab.of(this);
    }

    static RunState parse(String text) {
        return Kebab.parse(RunState.class, text)
                .orElseThrow(() -> new IllegalArgumentException("No state of a run: " + text));
    }
}
