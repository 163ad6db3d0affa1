package io.aftercare.remote.action;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a remote action stands. All transitions are in [#TRANSITIONS].
public enum ActionState {
    /// Waits for a second person.
    REQUESTED,
    APPROVED,
    REJECTED,
    /// Waits for the device to be connected.
    QUEUED,
    /// Handed to a live connection.
    SENT,
    /// The device says that it has begun.
    DELIVERED,
    SUCCEEDED,
    FAILED,
    /// The device took it and did not answer in time; what it says later is recorded.
    TIMED_OUT,
    /// Its time ran out before the device had it.
    EXPIRED,
    CANCELLED;

    private static final Map<ActionState, Map<ActionEvent, ActionState>> TRANSITIONS = new EnumMap<>(Map.of(
            REQUESTED,
            Map.of(ActionEvent.APPROVE, APPROVED, ActionEvent.REJECT, REJECTED, ActionEvent.CANCEL, CANCELLED,
                    ActionEvent.EXPIRE, EXPIRED),
            APPROVED, Map.of(ActionEvent.ENQUEUE, QUEUED),
            QUEUED, Map.of(ActionEvent.SEND, SENT, ActionEvent.CANCEL, CANCELLED, ActionEvent.EXPIRE, EXPIRED,
                    ActionEvent.REFUSE, FAILED,
                    // a device answers where the backend died after sending and before it was noted
                    ActionEvent.BEGIN, DELIVERED, ActionEvent.SUCCEED, SUCCEEDED, ActionEvent.FAIL, FAILED),
            SENT, Map.of(ActionEvent.SEND, SENT, ActionEvent.BEGIN, DELIVERED, ActionEvent.SUCCEED, SUCCEEDED,
                    ActionEvent.FAIL, FAILED, ActionEvent.TIME_OUT, TIMED_OUT,
                    // the device is told, and may have done it all the same
                    ActionEvent.CANCEL, CANCELLED),
            DELIVERED,
            Map.of(ActionEvent.BEGIN, DELIVERED, ActionEvent.SUCCEED, SUCCEEDED, ActionEvent.FAIL, FAILED,
                    ActionEvent.TIME_OUT, TIMED_OUT, ActionEvent.CANCEL, CANCELLED)));

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ActionState parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No action state: " + text));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<ActionState> after(ActionEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }

    public boolean isOver() {
        return switch (this) {
            case REJECTED, SUCCEEDED, FAILED, TIMED_OUT, EXPIRED, CANCELLED -> true;
            case REQUESTED, APPROVED, QUEUED, SENT, DELIVERED -> false;
        };
    }
}
