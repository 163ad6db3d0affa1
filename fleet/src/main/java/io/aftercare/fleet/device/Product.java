package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A kind of device: what it measures, what can be asked of it, what its maker warrants.
///
/// @param number   short key
/// @param document all that the API was given: `model`, `name`, `metrics`, `actions`, `warranty`; not to be changed
public record Product(int number, String model, String name, ObjectNode document, int version,
        Instant created) {
    /// The remote action of this name, as `{"name","class","params","timeoutSeconds"}`.
    public Optional<JsonNode> action(String action) {
        return StreamSupport.stream(document.path("actions").spliterator(), false)
                .filter(node -> node.path("name").asText().equals(action)).findFirst();
    }

    /// The warranty's terms, an empty object where none are given.
    public JsonNode warranty() {
        return document.path("warranty");
    }

    /// As the API shows it.
    ObjectNode shown() {
        ObjectNode shown = document.deepCopy();
        return shown.put("model", model).put("name", name).put("version", version).put("createdAt",
                created.toString());
    }
}
