package io.aftercare.ingest.thingsboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.mqtt.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Payloads of ThingsBoard's devices in our words. Pure; what cannot be read is left for its reader to refuse.
final class Translation {
    /// ThingsBoard's states of an update, and ours.
    private static final Map<String, String> STATES = Map.of("DOWNLOADING", "downloading", "DOWNLOADED",
            "downloaded", "VERIFIED", "verifying", "UPDATING", "installing", "UPDATED", "confirmed", "FAILED",
            "failed");
    private static final int PAYLOAD_BYTES_MAX = 64 * 1024;

    private Translation() {}

    /// An answer to a server-side RPC: whatever it is becomes the output, `{"error":…}` a failure.
    static byte[] result(byte[] published) {
        JsonNode answer = tree(published);
        ObjectNode result = Json.object();
        if (answer == null) {
            String text = new String(published, StandardCharsets.UTF_8);
            result.put("status", "succeeded").put("output", text);
        } else if (answer.path("error").isTextual()) {
            result.put("status", "failed").put("error", answer.get("error").asText());
        } else {
            result.put("status", "succeeded").set("output", answer);
        }
        return bytes(result);
    }

    /// A request for attributes, with what is known here beside the stored ones.
    static byte[] request(byte[] published, ObjectNode known) {
        if (tree(published) instanceof ObjectNode request) {
            request.set("known", known);
            return bytes(request);
        }
        return published;
    }

    /// What telemetry says of firmware: `current_fw_version` is reported state, `fw_state` the progress of an update.
    static List<Dialect.Said> firmware(byte[] telemetry, Memory.@Nullable Offer offer) {
        if (!mentions(telemetry, "fw_") || telemetry.length > PAYLOAD_BYTES_MAX) {
            return List.of();
        }
        JsonNode tree = tree(telemetry);
        List<Dialect.Said> said = new ArrayList<>();
        if (tree != null) {
            (tree.isArray() ? tree : Json.array().add(tree)).forEach(one -> firmware(one, offer, said));
        }
        return said;
    }

    private static void firmware(JsonNode sample, Memory.@Nullable Offer offer, List<Dialect.Said> said) {
        JsonNode values = sample.path("values").isObject() ? sample.path("values") : sample;
        if (values.path("current_fw_version").isTextual()) {
            String version = values.get("current_fw_version").asText();
            said.add(new Dialect.Said("state", bytes(Json.object().put("firmware", version))));
        }
        String state = STATES.get(values.path("fw_state").asText());
        if (state != null && offer != null) {
            ObjectNode status = Json.object().put("release", offer.release()).put("state", state);
            if (values.path("fw_error").isTextual()) {
                status.put("error", values.get("fw_error").asText());
            }
            said.add(new Dialect.Said("ota/status", bytes(status)));
        }
    }

    private static boolean mentions(byte[] payload, String word) {
        for (int i = 0; i + word.length() <= payload.length; i++) {
            int same = 0;
            while (same < word.length() && payload[i + same] == word.charAt(same)) {
                same++;
            }
            if (same == word.length()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable JsonNode tree(byte[] payload) {
        try {
            JsonNode tree = payload.length == 0 ? null : Json.mapper().readTree(payload);
            return tree == null || tree.isMissingNode() ? null : tree;
        } catch (IOException e) {
            return null; // "no JSON" is the answer
        }
    }

    private static byte[] bytes(ObjectNode node) {
        return Json.text(node).getBytes(StandardCharsets.UTF_8);
    }
}
