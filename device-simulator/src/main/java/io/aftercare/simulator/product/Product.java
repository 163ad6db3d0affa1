package io.aftercare.simulator.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A product as `POST /products` takes it.
///
/// @param model its code, such as `LP-2000`
/// @param hardware the board revision that the simulator gives its devices
public record Product(String model, String name, String hardware, List<Metric> metrics,
        List<Action> actions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A number that devices of this product report, and the range in which it is plausible.
    public record Metric(String name, String unit, double min, double max) {}

    /// Something a device can be asked to do.
    ///
    /// @param type A read-only, B reversible, C disruptive, D dangerous
    /// @param params a JSON Schema
    public record Action(String name, String type, String params, int timeoutSeconds) {
        private static final String NO_PARAMETERS = "{\"type\":\"object\",\"additionalProperties\":false}";

        public Action(String name, String type) {
            this(name, type, NO_PARAMETERS, 60);
        }
    }

    public Product {
        metrics = List.copyOf(metrics);
        actions = List.copyOf(actions);
    }

    public ObjectNode toJson() {
        ObjectNode product = JSON.createObjectNode().put("model", model).put("name", name);
        ArrayNode metricList = product.putArray("metrics");
        for (Metric metric : metrics) {
            metricList.addObject().put("name", metric.name).put("unit", metric.unit).put("min", metric.min)
                    .put("max", metric.max);
        }
        ArrayNode actionList = product.putArray("actions");
        for (Action action : actions) {
            actionList.addObject().put("name", action.name).put("class", action.type)
                    .put("timeoutSeconds", action.timeoutSeconds).set("params", parse(action.params));
        }
        return product;
    }

    private static JsonNode parse(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON Schema: " + schema, e);
        }
    }
}
