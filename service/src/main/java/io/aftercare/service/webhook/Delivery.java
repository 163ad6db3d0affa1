package io.aftercare.service.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event for one receiver.
///
/// @param state  `queued`, `sent`, or `dead` where it was tried often enough
/// @param status of the last answer, null where there was none
/// @param answer the beginning of the last answer, or why there was none
@JsonInclude(JsonInclude.Include.ALWAYS)
record Delivery(String id, String webhook, String event, String type, String payload, String state,
        int attempts, @Nullable Integer status, String answer, Instant createdAt, Instant dueAt,
        @Nullable Instant endedAt) {}
