package io.aftercare.service.followup;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That somebody has to speak with a customer again.
///
/// @param kind         call-back, visit or check
/// @param state        open, done or cancelled
/// @param assignee     null for whoever comes to it first
/// @param satisfaction what the customer said, from 1 (bad) to 5 (good), null before
@JsonInclude(JsonInclude.Include.ALWAYS)
record FollowUp(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, String kind, String state,
        @Nullable String ticket, @Nullable String customer, String reason, @Nullable String assignee,
        Instant due, @Nullable Instant remindedAt, @Nullable Integer satisfaction, @Nullable String result,
        @Nullable String endedBy, @Nullable Instant endedAt, Instant createdAt) {
    static final String CALL_BACK = "call-back";
    static final String OPEN = "open";
    static final String DONE = "done";
    /// A mark of this or less is dissatisfied: the case goes on (R38).
    static final int DISSATISFIED_MAX = 2;

    boolean isOpen() {
        return state.equals(OPEN);
    }

    boolean isDone() {
        return state.equals(DONE);
    }

    /// What is asked for.
    record Wanted(String kind, @Nullable Long ticket, @Nullable String customer, String reason,
            @Nullable String assignee, Instant due) {}
}
