package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fault behind a proactive case, as its rule told it.
///
/// @param fault     the fault that opened the case; a later one of the same code may have joined it
/// @param skill     what an engineer must know, empty for nothing in particular
/// @param raisedAt  when it was raised last, in the device's time
/// @param clearedAt when it was cleared, null while it fires
/// @param values    the metrics that made the rule true
/// @param threshold the limits that they passed, as the rule told them
/// @param remedies  what the rule suggests, in order
/// @param raises    how often it was raised while the case was known
/// @param actBy     by when somebody must act, where the rule foresees something
public record Signal(String fault, String code, String severity, String rule, int ruleVersion, String skill,
        Instant firstRaisedAt, Instant raisedAt, @Nullable Instant clearedAt, JsonNode values,
        @Nullable JsonNode threshold, @Nullable JsonNode remedies, int raises, @Nullable Instant actBy) {
    /// Whether a fault of this code is this one come again, and not that of a duplicate merged into the case.
    boolean isOf(String otherCode) {
        return code.equals(otherCode);
    }

    /// The metrics that its rule looked at, by name.
    List<String> metrics() {
        return values.properties().stream().filter(value -> value.getValue().isNumber())
                .map(Map.Entry::getKey)
                .toList();
    }

    Signal raisedAgain(Instant at, JsonNode valuesThen) {
        return new Signal(fault, code, severity, rule, ruleVersion, skill, firstRaisedAt,
                at.isAfter(raisedAt) ? at : raisedAt, null, valuesThen, threshold, remedies, raises + 1,
                actBy);
    }

    Signal weighed(String severityNow) {
        return new Signal(fault, code, severityNow, rule, ruleVersion, skill, firstRaisedAt, raisedAt,
                clearedAt,
                values, threshold, remedies, raises, actBy);
    }

    Signal cleared(Instant at) {
        return new Signal(fault, code, severity, rule, ruleVersion, skill, firstRaisedAt, raisedAt, at,
                values,
                threshold, remedies, raises, actBy);
    }
}
