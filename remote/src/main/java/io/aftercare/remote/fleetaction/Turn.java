package io.aftercare.remote.fleetaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A device's turn in a fleet action.
///
/// @param place   who comes first
/// @param attempt how often it has had its turn
/// @param action  of the last attempt, null before it is known
/// @param reason  why it ended so, or was put off
/// @param fault   code of a fault that it raised after it had succeeded
/// @param dueAt   not before this
/// @param endedAt null while it is open
record Turn(String fleetAction, int place, String device, int stage, TurnState state, int attempt,
        @Nullable String action, @Nullable String reason, @Nullable String fault, Instant dueAt,
        @Nullable Instant askedAt, @Nullable Instant endedAt) {
    /// What begins the keys of the actions that fleet actions ask for.
    static final String KEYS = "fleet:";

    /// The key of the action of this attempt: asked for twice, it is the same action.
    String key() {
        return KEYS + fleetAction + ":" + attempt + ":" + device;
    }

    /// What an action's key says of the turn that asked for it.
    record Key(String fleetAction, int attempt, String device) {
        /// Null where no fleet action asked for it.
        static @Nullable Key parse(@Nullable String key) {
            if (key == null || !key.startsWith(KEYS)) {
                return null;
            }
            String[] parts = key.split(":", 4);
            return new Key(parts[1], Integer.parseInt(parts[2]), parts[3]);
        }
    }
}
