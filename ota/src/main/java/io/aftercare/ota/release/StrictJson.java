package io.aftercare.ota.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// JSON that is signed must read the same for everybody: a name twice, a field too many or something after the end is
/// refused, because two parsers could take it for two different things.
final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private StrictJson() {}

    static JsonNode object(String what, byte[] bytes) {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw Refused.malformed("The " + what + " is not strict JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Refused.malformed("The " + what + " is not strict JSON: " + e.getMessage());
        }
        if (!node.isObject()) {
            throw Refused.malformed("The " + what + " is not a JSON object");
        }
        return node;
    }

    static void onlyFields(String what, JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refused.malformed("The " + what + " has an unknown field \"" + name + "\"; known are "
                        + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    static String text(String what, JsonNode object, String field) {
        String value = optionalText(what, object, field);
        if (value == null || value.isEmpty()) {
            throw Refused.malformed("The " + what + " needs \"" + field + "\", a text");
        }
        return value;
    }

    static @Nullable String optionalText(String what, JsonNode object, String field) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw Refused.malformed("The " + what + "'s \"" + field + "\" is not a text");
        }
        return node.textValue();
    }

    /// A whole number from 1 to 2^53 - 1, which every JSON reader holds exactly.
    static long positive(String what, JsonNode object, String field) {
        JsonNode node = object.get(field);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1
                || node.longValue() > (1L << 53) - 1) {
            throw Refused.malformed(
                    "The " + what + " needs \"" + field + "\", a whole number from 1 to 2^53 - 1");
        }
        return node.longValue();
    }

    /// A time such as `2026-11-01T00:00:00Z`.
    static Instant instant(String what, JsonNode object, String field) {
        try {
            return OffsetDateTime.parse(text(what, object, field)).toInstant();
        } catch (DateTimeException e) {
            throw Refused.malformed("The " + what + "'s \"" + field
                    + "\" is not an ISO 8601 time such as 2026-11-01T00:00:00Z");
        }
    }
}
