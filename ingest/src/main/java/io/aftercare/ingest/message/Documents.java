package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.telemetry.BadPayload;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/// Reads the JSON objects that devices send besides telemetry, within the same bounds: what is deeper, not finite or has a
/// character that the database cannot hold is refused here, with its reason, and not by the database.
final class Documents {
    private static final int DEPTH_MAX = 8;

    private Documents() {}

    static ObjectNode object(byte[] payload) {
        JsonNode document;
        try {
            document = Json.mapper().readTree(payload);
        } catch (IOException e) {
            throw new BadMessageException(BadPayload.NOT_JSON, e);
        }
        if (!(document instanceof ObjectNode object)) {
            throw new BadMessageException("not-an-object", "a JSON object is needed here");
        }
        check(object, 1);
        return object;
    }

    private static void check(JsonNode node, int depth) {
        if (node.isContainerNode() && depth > DEPTH_MAX) {
            throw new BadMessageException(BadPayload.TOO_DEEP);
        }
        if (node.isTextual()) {
            text(node.textValue());
        } else if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            throw new BadMessageException(BadPayload.NOT_FINITE);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                text(member.getKey());
                check(member.getValue(), depth + 1);
            }
        } else {
            for (Iterator<JsonNode> elements = node.elements(); elements.hasNext();) {
                check(elements.next(), depth + 1);
            }
        }
    }

    private static void text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new BadMessageException("bad-text", "a text or a name has no NUL character (U+0000)");
        }
    }
}
