package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.util.Map;

/// What a device says that it is, and what it should become.
///
/// @param reported the state that it reported, merged from all its reports
/// @param desired  what people want
/// @param version  of the desired state; 0 where nothing was ever wanted
public record Shadow(ObjectNode reported, ObjectNode desired, int version) {
    /// What is wanted and not so yet: the members of `desired` that `reported` has otherwise or not at all.
    public ObjectNode delta() {
        return difference(desired, reported);
    }

    private static ObjectNode difference(ObjectNode wanted, JsonNode present) {
        ObjectNode left = Json.object();
        for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
            JsonNode there = present.path(entry.getKey());
            if (entry.getValue() instanceof ObjectNode inner && there.isObject()) {
                ObjectNode below = difference(inner, there);
                if (!below.isEmpty()) {
                    left.set(entry.getKey(), below);
                }
            } else if (!isSame(entry.getValue(), there)) {
                left.set(entry.getKey(), entry.getValue());
            }
        }
        return left;
    }

    // 1 and 1.0 are one number.
    private static boolean isSame(JsonNode one, JsonNode other) {
        return one.equals(other)
                || one.isNumber() && other.isNumber() && one.doubleValue() == other.doubleValue();
    }
}
