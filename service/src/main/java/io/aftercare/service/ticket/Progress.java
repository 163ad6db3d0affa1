package io.aftercare.service.ticket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a case has come.
///
/// @param since        when it took on its state
/// @param owner        who answers for it; the first person who touched it unless it was given away (R16)
/// @param verification what shows that it is solved
public record Progress(TicketState state, Instant since, Priority priority, @Nullable String owner,
        @Nullable String rootCause, @Nullable String verification, @Nullable Instant resolvedAt,
        @Nullable Instant closedAt) {
    static Progress fresh(Priority priority, @Nullable String owner, Instant now) {
        return new Progress(TicketState.NEW, now, priority, owner, null, null, null, null);
    }

    /// In another state. What a solution says is withdrawn when the case is reopened.
    Progress in(TicketState to, @Nullable String cause, @Nullable String evidence, Instant now) {
        return switch (to) {
            case RESOLVED -> new Progress(to, now, priority, owner, cause, evidence, now, null);
            case VERIFIED -> new Progress(to, now, priority, owner, cause, evidence, resolvedAt, null);
            case CLOSED, CANCELLED ->
                new Progress(to, now, priority, owner, cause, evidence, resolvedAt, now);
            case REOPENED -> new Progress(to, now, priority, owner, null, null, null, null);
            case NEW, ASSESSED, IN_PROGRESS, WAITING_CUSTOMER, WAITING_PARTS, WAITING_DEVICE, WAITING_VENDOR,
                    FIX_SCHEDULED ->
                new Progress(to, now, priority, owner, cause, evidence, null, null);
        };
    }

    Progress owned(@Nullable String by) {
        return new Progress(state, since, priority, by, rootCause, verification, resolvedAt, closedAt);
    }

    Progress prioritised(Priority other) {
        return new Progress(state, since, other, owner, rootCause, verification, resolvedAt, closedAt);
    }
}
