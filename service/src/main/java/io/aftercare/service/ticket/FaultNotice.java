package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the outbox tells of a fault, read once. A notice without a fault, device, code or time is refused.
///
/// @param at     when it was raised or cleared, in the device's time
/// @param opens  whether its rule wants a case
/// @param actBy  by when somebody must act, where the rule foresees something
/// @param skill  what an engineer must know, empty for nothing in particular
record FaultNotice(String fault, DeviceId device, String code, String severity, String rule, int ruleVersion,
        String title, Instant at, JsonNode values, @Nullable JsonNode threshold, @Nullable JsonNode remedies,
        boolean opens, @Nullable Priority wanted, String skill, @Nullable Instant actBy) {

    static FaultNotice of(JsonNode payload) {
        JsonNode ticket = payload.path("ticket");
        return new FaultNotice(text(payload, "fault"), new DeviceId(text(payload, "device")),
                text(payload, "code"), payload.path("severity").asText("warning"),
                payload.path("rule").asText(""), payload.path("ruleVersion").asInt(),
                payload.path("title").asText(""), Instant.parse(text(payload, "at")),
                payload.path("values").isObject() ? payload.path("values") : Json.object(),
                present(payload, "threshold"), present(payload, "remedies"),
                ticket.path("open").asBoolean(true),
                Priority.parse(ticket.path("priority").asText("")).orElse(null),
                ticket.path("skill").asText(""),
                payload.hasNonNull("actBy") ? Instant.parse(payload.path("actBy").asText()) : null);
    }

    Priority priority() {
        return wanted == null ? Priority.ofSeverity(severity) : wanted;
    }

    String caseTitle() {
        return title.isBlank() ? code : title;
    }

    /// What the case says of its beginning.
    String description() {
        return "Fault " + code + " (" + severity + ")"
                + (rule.isEmpty() ? "" : ", raised by version " + ruleVersion + " of the rule " + rule);
    }

    Signal signal() {
        return new Signal(fault, code, severity, rule, ruleVersion, skill, at, at, null, values, threshold,
                remedies, 1, actBy);
    }

    private static String text(JsonNode payload, String field) {
        JsonNode value = payload.path(field);
        if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
            throw new IllegalArgumentException("A fault's notice has no " + field + ": " + payload);
        }
        return value.asText();
    }

    private static @Nullable JsonNode present(JsonNode payload, String field) {
        JsonNode value = payload.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
