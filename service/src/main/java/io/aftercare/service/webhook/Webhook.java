package io.aftercare.service.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where another system wants to be told what happens.
///
/// @param reason       why it is switched off, empty where it is not
/// @param failures     in a row
/// @param failingSince when the first of these was
@JsonInclude(JsonInclude.Include.ALWAYS)
record Webhook(String id, int version, String url, String description, List<String> events, boolean active,
        String reason, int failures, @Nullable Instant failingSince, String createdBy, Instant createdAt,
        @JsonIgnore List<byte[]> secrets) {
    /// What can be told.
    static final List<String> EVENTS = List.of("ticket.opened", "ticket.changed", "webhook.test");
    static final int WEBHOOKS_MAX = 100;
}
