package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A device's turn as people see it.
///
/// @param stage    from 1
/// @param action  of the last attempt: `GET /actions/{id}` has what the device answered
/// @param fault   that it raised between its success and the end of the soak
/// @param nextTry of one that waits
@JsonInclude(JsonInclude.Include.NON_NULL)
record TurnView(String device, int stage, TurnState state, int attempts, @Nullable String action,
        @Nullable String reason, @Nullable String fault, @Nullable Instant nextTry, @Nullable Instant askedAt,
        @Nullable Instant endedAt) {
    static TurnView of(Turn turn) {
        return new TurnView(turn.device(), turn.stage() + 1, turn.state(), turn.attempt(), turn.action(),
                turn.reason(), turn.fault(), turn.state() == TurnState.WAITING ? turn.dueAt() : null,
                turn.askedAt(),
                turn.endedAt());
    }
}
