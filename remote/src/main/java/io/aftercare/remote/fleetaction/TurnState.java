package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where one device of a fleet action stands. All transitions are in [#TRANSITIONS].
public enum TurnState {
    /// For its stage, its window, or the next try.
    WAITING,
    /// An action has been asked for.
    ASKED,
    SUCCEEDED,
    /// The device failed, refused, or had it and did not answer in time.
    FAILED,
    /// It was never there to receive it.
    UNREACHED,
    /// The guards do not allow it on this device.
    SKIPPED,
    /// The fleet action ended, or somebody took this device's action back, before the device had it.
    CANCELLED;

    private static final Map<TurnState, Map<TurnEvent, TurnState>> TRANSITIONS = new EnumMap<>(Map.of(
            WAITING,
            Map.of(TurnEvent.ASK, ASKED, TurnEvent.MISS, UNREACHED, TurnEvent.CANCEL, CANCELLED,
                    // a device may have had what was taken back
                    TurnEvent.SUCCEED, SUCCEEDED, TurnEvent.FAIL, FAILED),
            ASKED,
            Map.of(TurnEvent.DEFER, WAITING, TurnEvent.SUCCEED, SUCCEEDED, TurnEvent.FAIL, FAILED,
                    TurnEvent.MISS, UNREACHED, TurnEvent.SKIP, SKIPPED, TurnEvent.CANCEL, CANCELLED)));

    /// The state after `event`, empty where it is not possible here.
    Optional<TurnState> after(TurnEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }

    boolean isOver() {
        return !TRANSITIONS.containsKey(this);
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<TurnState> parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}
