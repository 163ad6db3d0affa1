package io.aftercare.ingest.thingsboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.mqtt.Dialect;
import io.aftercare.ingest.mqtt.TopicFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// ThingsBoard's topics (`v1/devices/me/…`, `v2/fw/…`), as its MQTT device API documents them:
///
/// | on the wire | ours |
/// |---|---|
/// | up `v1/devices/me/telemetry` | `telemetry`; `fw_state` and `current_fw_version` in it also `ota/status` and `state` |
/// | up `v1/devices/me/attributes` | `state` |
/// | up `v1/devices/me/attributes/request/{n}`, down `…/response/{n}` | `attributes/request/{n}`, `attributes/response/{n}` |
/// | down `v1/devices/me/attributes` | `desired`, and `ota/offer` as `fw_…` |
/// | down `v1/devices/me/rpc/request/{n}`, up `…/response/{n}` | `actions/{id}`, `actions/{id}/result` |
/// | up `v1/devices/me/rpc/request/{n}`, down `…/response/{n}` | `rpc/request/{n}`, `rpc/response/{n}` |
/// | up `v2/fw/request/{r}/chunk/{n}`, down `v2/fw/response/{r}/chunk/{n}` | `ota/{release}/chunk/{n}`, `…/data` |
/// | down `v2/fw/error` | `ota/error` |
final class ThingsboardDialect implements Dialect {
    private static final String ME = "v1/devices/me/";
    private static final String FIRMWARE = "v2/fw/request/";
    private static final String ERROR = "v2/fw/error";
    private static final String TELEMETRY = ME + "telemetry";
    /// What can be subscribed to, by an example of it, and what that is here.
    private static final Map<String, List<TopicFilter>> DOWN = Map.of(ME + "attributes",
            List.of(new TopicFilter("desired"), new TopicFilter("ota/offer")), ME + "attributes/response/1",
            List.of(new TopicFilter("attributes/response/+")), ME + "rpc/request/1",
            List.of(new TopicFilter("actions/+")), ME + "rpc/response/1",
            List.of(new TopicFilter("rpc/response/+")), "v2/fw/response/0/chunk/0",
            List.of(new TopicFilter("ota/+/chunk/+/data")), ERROR, List.of(new TopicFilter("ota/error")));

    private final Memory memory;

    ThingsboardDialect(Memory memory) {
        this.memory = memory;
    }

    @Override
    public String telemetryTopic() {
        return TELEMETRY;
    }

    @Override
    public @Nullable String up(String topic) {
        if (topic.startsWith(FIRMWARE)) {
            return chunk(topic.substring(FIRMWARE.length()).split("/", -1), topic);
        }
        if (!topic.startsWith(ME)) {
            return null;
        }
        String rest = topic.substring(ME.length());
        if (rest.startsWith("rpc/response/")) {
            String action = memory.action(number(rest.substring("rpc/response/".length())));
            return action == null ? rest : "actions/" + action + "/result";
        }
        return rest.equals("attributes") ? "state" : rest;
    }

    // `{r}/chunk/{n}`: the request's own name is remembered for the answer.
    private String chunk(String[] levels, String topic) {
        int chunk = levels.length == 3 && levels[1].equals("chunk") ? number(levels[2]) : -1;
        String release = chunk < 0 ? null : memory.asked(chunk, levels[0]);
        return release == null ? topic : "ota/" + release + "/chunk/" + chunk;
    }

    private static int number(String digits) {
        boolean plain = !digits.isEmpty() && digits.length() <= 10
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = plain ? Long.parseLong(digits) : -1;
        return value <= Integer.MAX_VALUE ? (int) value : -1;
    }

    @Override
    public byte[] payload(String suffix, byte[] published) {
        if (suffix.startsWith("actions/")) {
            return Translation.result(published);
        }
        String[] levels = suffix.split("/", -1);
        if (levels.length == 4 && levels[0].equals("ota")) {
            String said = new String(published, StandardCharsets.UTF_8);
            return memory.size(levels[1], number(levels[3]), said.strip()).getBytes(StandardCharsets.UTF_8);
        }
        Memory.Offer offer = memory.offer();
        return suffix.startsWith("attributes/request/") && offer != null
                ? Translation.request(published, offer.attributes())
                : published;
    }

    @Override
    public List<Said> beside(byte[] telemetry) {
        return Translation.firmware(telemetry, memory.offer());
    }

    @Override
    public boolean saysBeside() {
        return true;
    }

    @Override
    public List<TopicFilter> filters(String filter) {
        TopicFilter wanted = new TopicFilter(filter);
        List<TopicFilter> granted = new ArrayList<>();
        DOWN.forEach((example, ours) -> {
            if (wanted.matches(example)) {
                granted.addAll(ours);
            }
        });
        return granted;
    }

    @Override
    public @Nullable Parcel down(String suffix, byte[] payload) {
        String[] levels = suffix.split("/", -1);
        return switch (levels[0]) {
            case "desired" -> new Parcel(ME + "attributes", payload);
            case "attributes", "rpc" -> new Parcel(ME + suffix, payload);
            case "actions" -> action(levels[1], payload);
            case "ota" -> ota(levels, payload);
            default -> null;
        };
    }

    private @Nullable Parcel ota(String[] levels, byte[] payload) {
        if (levels.length > 2) {
            return data(levels, payload);
        }
        return levels[1].equals("error") ? new Parcel(ERROR, payload) : offer(payload);
    }

    private Parcel action(String id, byte[] payload) {
        JsonNode action = tree(payload);
        ObjectNode call = Json.object().put("method", action.path("action").asText());
        call.set("params", action.has("params") ? action.get("params") : Json.object());
        return parcel(ME + "rpc/request/" + memory.number(id), call);
    }

    private @Nullable Parcel offer(byte[] payload) {
        Memory.Offer offer = Memory.Offer.of(tree(payload));
        memory.offered(offer);
        return offer == null ? null : parcel(ME + "attributes", offer.attributes());
    }

    private @Nullable Parcel data(String[] levels, byte[] payload) {
        int chunk = levels.length == 5 ? number(levels[3]) : -1;
        return chunk < 0
                ? null
                : new Parcel("v2/fw/response/" + memory.request(levels[1], chunk) + "/chunk/" + chunk,
                        payload);
    }

    private static Parcel parcel(String topic, ObjectNode payload) {
        return new Parcel(topic, Json.text(payload).getBytes(StandardCharsets.UTF_8));
    }

    // What goes down is our own JSON.
    private static JsonNode tree(byte[] payload) {
        try {
            return Json.mapper().readTree(payload);
        } catch (IOException e) {
            throw new IllegalArgumentException("A message down is no JSON", e);
        }
    }
}
