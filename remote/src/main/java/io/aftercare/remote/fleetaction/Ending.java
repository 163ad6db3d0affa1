package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.remote.action.Action;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the end of a device's action is to its turn. Pure.
///
/// @param reason why, null where there is nothing to say
/// @param dueAt  when it is tried again, null for never
record Ending(TurnEvent event, @Nullable String reason, @Nullable Instant dueAt) {
    /// What surrounds a turn when its action ends.
    ///
    /// @param over     whether the fleet action takes nobody any more
    /// @param nextTry  when the device's window opens next after this one, empty where there is no window
    /// @param deadline nothing begins from then on
    record Moment(boolean over, Optional<Instant> nextTry, Instant deadline, Instant now) {}

    /// @param recalled whether the fleet action itself took the action back, and no person did
    static Ending of(Action action, boolean recalled, Moment moment) {
        return switch (action.state()) {
            case SUCCEEDED -> new Ending(TurnEvent.SUCCEED, null, null);
            // the guards would not have it sent any more: that says nothing about what it does
            case FAILED ->
                new Ending(action.sentAt() == null ? TurnEvent.SKIP : TurnEvent.FAIL, action.error(), null);
            case TIMED_OUT -> new Ending(TurnEvent.FAIL, action.error(), null);
            case EXPIRED -> missed(moment);
            case CANCELLED, REJECTED -> recalled && !moment.over()
                    ? new Ending(TurnEvent.DEFER, null, moment.now())
                    : new Ending(TurnEvent.CANCEL, action.reason(), null);
            case REQUESTED, APPROVED, QUEUED, SENT, DELIVERED -> throw new IllegalArgumentException(
                    "action " + action.id() + " is not over but " + action.state().text());
        };
    }

    /// What a device's word is that came after its action had ended; null where it says no end.
    static @Nullable Ending late(Action action) {
        JsonNode said = Objects.requireNonNull(action.lateResult());
        return switch (said.path("status").asText()) {
            case "succeeded" -> new Ending(TurnEvent.SUCCEED, null, null);
            case "failed", "rejected" ->
                new Ending(TurnEvent.FAIL, said.path("error").asText("said late"), null);
            default -> null; // it is at work
        };
    }

    /// The same, but nobody is tried again when the fleet action has ended meanwhile.
    Ending unlessOver(FleetAction action) {
        if (event != TurnEvent.DEFER || !action.state().isOver()) {
            return this;
        }
        boolean late = action.state() == FleetActionState.FINISHED;
        return new Ending(late ? TurnEvent.MISS : TurnEvent.CANCEL, action.reason(), null);
    }

    // a device that slept through its window may be awake in the next one
    private static Ending missed(Moment moment) {
        return moment.nextTry().filter(next -> !moment.over() && next.isBefore(moment.deadline()))
                .map(next -> new Ending(TurnEvent.DEFER, "not there in its window", next))
                .orElseGet(() -> new Ending(TurnEvent.MISS, "not there to receive it", null));
    }
}
