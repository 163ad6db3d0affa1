package io.aftercare.remote.shell;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as it stands.
///
/// @param action    the action that opens it; null for the moment before that is asked for
/// @param why       what the requester wants there
/// @param seconds   how long it may be open
/// @param reason    why it was closed
/// @param note      what whoever closed it said
/// @param until     when its time is over
/// @param recording what has been recorded, in pieces and bytes; complete when it is closed
@JsonInclude(JsonInclude.Include.ALWAYS)
record Shell(String id, String device, @Nullable String action, String ticket, String why, int seconds,
        int columns, int rows, ShellState state, @Nullable String reason, @Nullable String note,
        String requestedBy, @Nullable String decidedBy, @Nullable String closedBy, Instant createdAt,
        @Nullable Instant openedAt, @Nullable Instant until, @Nullable Instant closedAt,
        @JsonIgnore @Nullable Instant deviceClosedAt, Recorded recording, int version) {

    /// How much of it is recorded.
    ///
    /// @param hash     of the last piece, which stands for all before it; in the audit too
    /// @param purgedAt when what was recorded was deleted
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Recorded(int pieces, long bytes, @Nullable String hash, @Nullable Instant purgedAt) {}

    @JsonIgnore
    boolean isOver() {
        return state == ShellState.CLOSED;
    }
}
