package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How far a fleet action is. All its transitions stand in [#next].
public enum FleetActionState {
    /// Waits for a second person.
    AWAITING_APPROVAL,
    REJECTED,
    /// Nobody approved it in its time.
    EXPIRED,
    RUNNING,
    PAUSED,
    ABORTED,
    FINISHED;

    /// The states that may follow this one.
    Set<FleetActionState> next() {
        return switch (this) {
            case AWAITING_APPROVAL -> EnumSet.of(RUNNING, REJECTED, EXPIRED, ABORTED);
            case RUNNING -> EnumSet.of(PAUSED, ABORTED, FINISHED);
            case PAUSED -> EnumSet.of(RUNNING, ABORTED, FINISHED);
            case REJECTED, EXPIRED, ABORTED, FINISHED -> EnumSet.noneOf(FleetActionState.class);
        };
    }

    boolean isOver() {
        return next().isEmpty();
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<FleetActionState> parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}
