package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.ingest.telemetry.BadPayload;
import io.aftercare.ingest.telemetry.DeviceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Reads `{"ts","code","level","message","data"}`, of which only `code` must be there.
final class EventParser {
    private static final Set<String> LEVELS = Set.of("info", "warning", "error", "critical");
    private static final int CODE_LENGTH_MAX = 64;
    private static final int MESSAGE_LENGTH_MAX = 4096;
    private static final Duration AHEAD_MAX = Duration.ofHours(24);

    private EventParser() {}

    static DeviceEvent parse(Inbox.Letter letter) {
        JsonNode json = Documents.object(letter.payload());
        String code = json.path("code").asText("");
        if (code.isEmpty() || code.length() > CODE_LENGTH_MAX) {
            throw new IllegalArgumentException("an event has a code of 1 to 64 characters");
        }
        String level = json.path("level").asText("info");
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("an event's level is info, warning, error or critical");
        }
        String message = json.path("message").asText("");
        if (message.length() > MESSAGE_LENGTH_MAX) {
            throw new IllegalArgumentException("an event's message has at most 4,096 characters");
        }
        return new DeviceEvent(letter.device(), at(json.path("ts"), letter.received()), code, level, message,
                json.get("data"), letter.payload(), letter.packet(), letter.dup(), letter.received(), null);
    }

    private static Instant at(JsonNode ts, Instant received) {
        if (ts.isMissingNode() || ts.isNull()) {
            return received;
        }
        if (!ts.isNumber() || ts.doubleValue() < 0) {
            throw new BadMessageException(BadPayload.BAD_TIME);
        }
        if (ts.doubleValue() > received.plus(AHEAD_MAX).toEpochMilli()) {
            throw new BadMessageException(BadPayload.TIME_AHEAD);
        }
        return Instant.ofEpochMilli(ts.longValue());
    }
}
