package io.aftercare.remote.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A remote action as it stands.
///
/// @param action     name, as the product's document knows it
/// @param why        what the person who asked for it says it is for
/// @param key        of the room that asked for it, see [Wish#key]
/// @param expires    after this it is not sent any more
/// @param reason     why somebody rejected or cancelled it
/// @param sentAt     when it was first handed to a connection
/// @param lateResult what the device said after the action had ended
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Action(String id, String device, String action, ActionClass actionClass, JsonNode params,
        @Nullable String ticket, ActionState state, @Nullable String reason, @Nullable String why,
        @Nullable String key, String requestedBy, @Nullable String decidedBy, int timeoutSeconds,
        Instant createdAt, Instant expires, @Nullable Instant sentAt, @Nullable Instant finishedAt,
        @Nullable JsonNode output, @Nullable String error, @Nullable JsonNode lateResult, int version) {}
