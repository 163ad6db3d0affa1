package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Answers what devices ask: their attributes, and the few questions that every backend is asked. Thread-safe; blocks.
public final class DeviceAnswers {
    private final MessageStore store;
    private final Downlink downlink;

    /// The way down.
    @FunctionalInterface
    public interface Downlink {
        /// @return whether it is on its way
        boolean send(DeviceId device, String suffix, byte[] payload);
    }

    public DeviceAnswers(MessageStore store, Downlink downlink) {
        this.store = store;
        this.downlink = downlink;
    }

    /// `{"clientKeys":"a,b","sharedKeys":"c"}` → `{"client":{…},"shared":{…}}`: reported and desired state, all of a kind
    /// where its keys are not named and neither are the other's. `known` are desired ones that are not stored.
    void attributes(Device device, String request, ObjectNode wish) {
        Shadow shadow = store.shadow(device);
        ObjectNode desired = shadow.desired().deepCopy();
        if (wish.path("known") instanceof ObjectNode known) {
            desired.setAll(known);
        }
        boolean all = !wish.has("clientKeys") && !wish.has("sharedKeys");
        ObjectNode answer = Json.object();
        answer.set("client", chosen(shadow.reported(), wish.path("clientKeys"), all));
        answer.set("shared", chosen(desired, wish.path("sharedKeys"), all));
        send(device, "attributes/response/" + request, answer);
    }

    private static ObjectNode chosen(ObjectNode state, JsonNode keys, boolean all) {
        if (all) {
            return state;
        }
        ObjectNode chosen = Json.object();
        for (String key : keys.asText().split(",", -1)) {
            JsonNode value = state.get(key.strip());
            if (value != null) {
                chosen.set(key.strip(), value);
            }
        }
        return chosen;
    }

    /// `{"method","params"}`; `getCurrentTime` is answered with milliseconds since 1970 UTC.
    void question(Device device, String request, ObjectNode question, Instant now) {
        String method = question.path("method").asText();
        JsonNode answer = method.equals("getCurrentTime")
                ? Json.object().numberNode(now.toEpochMilli())
                : Json.object().put("error", "there is no method " + method + "; getCurrentTime is one");
        send(device, "rpc/response/" + request, answer);
    }

    private void send(Device device, String suffix, JsonNode answer) {
        var _ = downlink.send(device.id(), suffix, Json.text(answer).getBytes(StandardCharsets.UTF_8));
    }
}
