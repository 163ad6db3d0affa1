package io.aftercare.remote.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.upload.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Which parameters the product's action `get_logs` takes, so that a device is asked for no more than it knows.
record Wishes(JsonNode schema) {
    static Wishes of(Handle handle, String model) {
        JsonNode document = handle.createQuery("SELECT document FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(JsonNode.class).one();
        for (JsonNode action : document.path("actions")) {
            if (action.path("name").asText().equals(Logs.ACTION)) {
                return new Wishes(action.path("params"));
            }
        }
        return new Wishes(Json.object()); // whoever asks for the action is told that there is none
    }

    boolean allow(String name) {
        boolean named = schema.path("properties").has(name);
        boolean others = schema.isObject() && !schema.isEmpty() && !schema.has("properties");
        return named || others;
    }

    ObjectNode params(DeviceLog log, @Nullable Upload upload) {
        ObjectNode all = Json.object();
        all.put("from", log.from() == null ? null : log.from().toString());
        all.put("to", log.to() == null ? null : log.to().toString());
        all.put("level", log.level()).put("bytesMax", log.bytesMax()).put("lines", log.lines());
        if (upload != null) {
            all.putObject("upload").put("id", upload.name()).put("url", upload.url());
        }
        ObjectNode allowed = Json.object();
        for (Map.Entry<String, JsonNode> one : all.properties()) {
            if (!one.getValue().isNull() && allow(one.getKey())) {
                allowed.set(one.getKey(), one.getValue());
            }
        }
        return allowed;
    }

    /// What else the product wants taken out of its logs: `{"logs":{"redact":["SN-[0-9]{6}"]}}`.
    static List<String> patterns(JsonNode document) {
        List<String> patterns = new ArrayList<>();
        document.path("logs").path("redact").forEach(one -> patterns.add(one.asText()));
        return patterns;
    }
}
