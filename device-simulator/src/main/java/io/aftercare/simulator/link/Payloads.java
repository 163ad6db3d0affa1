package io.aftercare.simulator.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.link.Backlog.Sample;
import java.util.List;

/// The JSON of the device protocol (`docs/protocol`).
final class Payloads {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Payloads() {}

    /// One sample as an object, a backlog as an array.
    static byte[] telemetry(List<Sample> samples) {
        if (samples.size() == 1) {
            return bytes(sample(samples.getFirst()));
        }
        ArrayNode all = JSON.createArrayNode();
        samples.forEach(sample -> all.add(sample(sample)));
        return bytes(all);
    }

    private static ObjectNode sample(Sample sample) {
        ObjectNode node = JSON.createObjectNode().put("ts", sample.ts());
        node.set("values", JSON.valueToTree(sample.values()));
        return node;
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value, e);
        }
    }
}
