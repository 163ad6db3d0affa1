package io.aftercare.remote.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A log that somebody asked a device for.
///
/// @param action       that asks the device
/// @param upload       by which it is to come, null where the device answers with the text
/// @param bytes        as it came, after inflating
/// @param redacted     how much was taken out, by kind
/// @param rules        version of the rules by which that was done
/// @param truncated    whether it was longer than allowed
@JsonInclude(JsonInclude.Include.ALWAYS)
record DeviceLog(String id, String device, @Nullable String ticket, LogState state, @Nullable String action,
        @Nullable String upload, @Nullable Instant from, @Nullable Instant to, @Nullable String level,
        long bytesMax, @Nullable Integer lines, String why, String requestedBy, Instant createdAt,
        @Nullable Instant readyAt, @Nullable Long bytes, @Nullable Integer lineCount,
        @Nullable JsonNode redacted,
        @Nullable Integer rules, boolean truncated, @Nullable String error, @Nullable Instant purgedAt) {}
