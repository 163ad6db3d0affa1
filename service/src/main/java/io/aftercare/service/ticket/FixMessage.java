package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;

/// Which fix the outbox speaks of.
///
/// @param campaign empty where none was named
/// @param stage    from 1; 0 where it was not told
/// @param n        grows with each message about a device of a campaign; 0 where messages are not numbered
record FixMessage(String release, String version, String campaign, int stage, int stages, int n) {
    static FixMessage of(JsonNode payload) {
        return new FixMessage(payload.path("release").asText(), payload.path("version").asText(),
                payload.path("campaign").asText(""), payload.path("stage").asInt(),
                payload.path("stages").asInt(), payload.path("n").asInt());
    }
}
