package io.aftercare.fleet.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.openapi.contract.MediaType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The OpenAPI document as Vert.x's validator takes it. The validator refuses a document that names media types beyond
/// JSON, text, bytes and forms, so those are taken out of its copy; the published document keeps them.
///
/// @param unchecked by operation, the media types taken out of its request's body
/// @param needed    operations among those that cannot do without a body
record ValidatorView(ObjectNode document, Map<String, Set<String>> unchecked, Set<String> needed) {
    /// @param streamed operations whose body is left out whole
    static ValidatorView of(OpenApiDocument published, Set<String> streamed) {
        ObjectNode copy = published.tree().deepCopy();
        ValidatorView view = new ValidatorView(copy, new HashMap<>(), new HashSet<>());
        copy.remove("security"); // the gate's own affair; Vert.x would put handlers of its own before it
        copy.path("components").path("responses").forEach(ValidatorView::trimResponse);
        for (JsonNode path : copy.path("paths")) {
            for (JsonNode node : path) {
                if (node instanceof ObjectNode operation && operation.has("operationId")) {
                    view.trim(operation, streamed);
                }
            }
        }
        return view;
    }

    private void trim(ObjectNode operation, Set<String> streamed) {
        String id = operation.path("operationId").asText();
        operation.remove("security");
        operation.path("responses").forEach(ValidatorView::trimResponse);
        if (streamed.contains(id)) {
            operation.remove("requestBody");
            return;
        }
        if (operation.path("requestBody") instanceof ObjectNode body
                && body.path("content") instanceof ObjectNode content) {
            Set<String> removed = trimTypes(content);
            if (removed.isEmpty()) {
                return;
            }
            unchecked.put(id, removed);
            if (body.path("required").asBoolean()) {
                needed.add(id);
            }
            body.put("required", false);
            if (content.isEmpty()) {
                operation.remove("requestBody");
            }
        }
    }

    private static void trimResponse(JsonNode response) {
        if (response instanceof ObjectNode object && object.path("content") instanceof ObjectNode content) {
            trimTypes(content);
            if (content.isEmpty()) {
                object.remove("content");
            }
        }
    }

    private static Set<String> trimTypes(ObjectNode content) {
        Set<String> removed = new HashSet<>();
        List<Map.Entry<String, JsonNode>> types = List.copyOf(content.properties());
        for (Map.Entry<String, JsonNode> type : types) {
            if (!MediaType.isMediaTypeSupported(type.getKey())) {
                removed.add(type.getKey());
                content.remove(type.getKey());
            }
        }
        return removed;
    }
}
