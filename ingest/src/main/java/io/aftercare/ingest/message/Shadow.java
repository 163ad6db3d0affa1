package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a device says that it is, and what it should become.
///
/// @param reported the state that it reported, merged from all its reports
/// @param desired  what people want
/// @param version  of the desired state; 0 where nothing was ever wanted
public record Shadow(ObjectNode reported, ObjectNode desired, int version) {
    /// The member by which a device that counts versions says which one it has done with.
    static final String VERSION = "desiredVersion";

    /// What is wanted and not so yet: the members of `desired` that `reported` has otherwise or not at all.
    public ObjectNode delta() {
        return difference(desired, reported);
    }

    /// The version that the device says it has done with; null for one that does not count, or says what cannot be.
    public @Nullable Integer acknowledged() {
        JsonNode said = reported.path(VERSION);
        boolean known = said.isIntegralNumber() && said.canConvertToInt() && said.intValue() >= 0
                && said.intValue() <= version;
        return known ? said.intValue() : null;
    }

    /// Whether the device says which version it has done with.
    boolean counts() {
        return reported.path(VERSION).isIntegralNumber();
    }

    /// Whether the device has yet to say that it has done with this version.
    boolean isBehind() {
        return counts() && reported.path(VERSION).longValue() != version;
    }

    /// What the device is to be told: the difference, with the version that it leads to for one that counts versions.
    ///
    /// @param besides members that it is told of though it has reported them so: another wish may be on its way to it
    ObjectNode told(Set<String> besides) {
        ObjectNode told = delta();
        besides.forEach(key -> {
            JsonNode value = desired.get(key);
            if (value != null) {
                told.set(key, value);
            }
        });
        if (isBehind() || counts() && !told.isEmpty()) {
            told.put(VERSION, version);
        }
        return told;
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
