package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Times in messages: ISO 8601 with an offset, or epoch milliseconds.
public final class Times {
    private Times() {}

    /// The time in a field; empty where there is none, or none that can be read.
    public static Optional<Instant> parse(JsonNode field) {
        if (field.isIntegralNumber()) {
            return Optional.of(Instant.ofEpochMilli(field.asLong()));
        }
        if (!field.isTextual() || field.asText().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(field.asText()).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
