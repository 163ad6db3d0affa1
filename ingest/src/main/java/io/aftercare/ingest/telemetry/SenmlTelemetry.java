package io.aftercare.ingest.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Resolves SenML (RFC 8428, its JSON form) into our own JSON. Names lose the device's id in front; times below 2^28 are
/// seconds from now; a record without any time gets the server's. Sums become `name.sum`.
final class SenmlTelemetry {
    private static final double RELATIVE_BELOW = 1 << 28;
    private static final int VERSION_MAX = 10;
    private static final double NO_TIME = Double.NaN;

    private final String device;
    private final double now;
    private final Map<Double, ObjectNode> samples = new TreeMap<>();
    private String baseName = "";
    private double baseTime = NO_TIME;
    private double baseValue;
    private double baseSum;

    private SenmlTelemetry(String device, long receivedMicros) {
        this.device = device;
        this.now = receivedMicros / 1e6;
    }

    /// Our JSON of a SenML pack, null where it is none.
    static byte @Nullable [] toJson(byte[] bytes, int from, int to, String device, long receivedMicros) {
        JsonNode pack;
        try {
            pack = Json.mapper().readTree(bytes, from, to - from);
        } catch (IOException e) {
            return null; // the caller tells that it is no SenML
        }
        var resolver = new SenmlTelemetry(device, receivedMicros);
        if (!(pack instanceof ArrayNode records)) {
            return null;
        }
        for (JsonNode record : records) {
            if (!resolver.take(record)) {
                return null;
            }
        }
        return resolver.json().getBytes(StandardCharsets.UTF_8);
    }

    private boolean take(JsonNode record) {
        if (!record.isObject() || record.path("bver").asInt(VERSION_MAX) > VERSION_MAX) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            boolean text = field.getKey().equals("bn") || field.getKey().equals("n");
            boolean number = field.getKey().equals("bt") || field.getKey().equals("t")
                    || field.getKey().equals("v")
                    || field.getKey().equals("bv") || field.getKey().equals("s")
                    || field.getKey().equals("bs");
            // A label that ends with _ must be understood, says section 4.4, and we know none.
            if (field.getKey().endsWith("_") || text && !field.getValue().isTextual()
                    || number && !field.getValue().isNumber()) {
                return false;
            }
        }
        baseName = record.path("bn").asText(baseName);
        baseTime = record.path("bt").asDouble(baseTime);
        baseValue = record.path("bv").asDouble(baseValue);
        baseSum = record.path("bs").asDouble(baseSum);
        resolve(record);
        return true;
    }

    private void resolve(JsonNode record) {
        String name = own(baseName + record.path("n").asText(""));
        double time = time(record.path("t").asDouble(0), record.has("t"));
        ObjectNode values = samples.computeIfAbsent(time, _ -> Json.object());
        if (record.has("v") || !Double.isNaN(baseValue) && baseValue != 0 && !hasOther(record)) {
            values.put(name, baseValue + record.path("v").asDouble(0));
        } else if (record.has("vb")) {
            values.put(name, record.path("vb").asBoolean());
        } else if (record.has("vs") || record.has("vd")) {
            values.put(name, record.path(record.has("vs") ? "vs" : "vd").asText());
        }
        if (record.has("s")) {
            values.put(name + ".sum", baseSum + record.path("s").asDouble());
        }
    }

    private static boolean hasOther(JsonNode record) {
        return record.has("vb") || record.has("vs") || record.has("vd") || !record.has("n");
    }

    private double time(double time, boolean said) {
        if (Double.isNaN(baseTime) && !said) {
            return NO_TIME;
        }
        double sum = (Double.isNaN(baseTime) ? 0 : baseTime) + time;
        return sum < RELATIVE_BELOW ? now + sum : sum;
    }

    private String own(String name) {
        boolean prefixed = name.startsWith(device) && name.length() > device.length() + 1
                && ":/".indexOf(name.charAt(device.length())) >= 0;
        return prefixed ? name.substring(device.length() + 1) : name;
    }

    private String json() {
        ArrayNode all = Json.array();
        samples.forEach((time, values) -> {
            if (!values.isEmpty()) {
                ObjectNode sample = all.addObject();
                if (!Double.isNaN(time)) {
                    sample.put("ts", time * 1000);
                }
                sample.set("values", values);
            }
        });
        return Json.text(all);
    }
}
