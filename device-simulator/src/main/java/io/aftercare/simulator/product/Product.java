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
/// @param settings what its devices can be told to be like; where it is empty, anything
/// @param hasShell whether there is a terminal on its devices
public record Product(String model, String name, String hardware, List<Metric> metrics,
        List<Action> actions, List<Setting> settings, boolean hasShell) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// One without settings of its own and without a terminal.
    public Product(String model, String name, String hardware, List<Metric> metrics, List<Action> actions) {
        this(model, name, hardware, metrics, actions, List.of(), false);
    }

    /// A number that devices of this product report, and the range in which it is plausible.
    public record Metric(String name, String unit, double min, double max) {}

    /// Something a device can be asked to do.
    ///
    /// @param type A read-only, B reversible, C disruptive, D dangerous
    /// @param params a JSON Schema
    /// @param reboots whether the device goes down over it
    public record Action(String name, String type, String params, int timeoutSeconds, boolean reboots) {
        private static final String NO_PARAMETERS = "{\"type\":\"object\",\"additionalProperties\":false}";

        public Action(String name, String type) {
            this(name, type, NO_PARAMETERS, 60);
        }

        public Action(String name, String type, String params, int timeoutSeconds) {
            this(name, type, params, timeoutSeconds, false);
        }

        /// The same, after which the device starts anew.
        Action rebooting() {
            return new Action(name, type, params, timeoutSeconds, true);
        }
    }

    public Product {
        metrics = List.copyOf(metrics);
        actions = List.copyOf(actions);
        settings = List.copyOf(settings);
    }

    /// The same on another board.
    public Product withHardware(String revision) {
        return new Product(model, name, revision, metrics, actions, settings, hasShell);
    }

    /// The same with settings.
    public Product with(Setting... some) {
        return new Product(model, name, hardware, metrics, actions, List.of(some), hasShell);
    }

    /// The same with a terminal.
    public Product withShell() {
        return new Product(model, name, hardware, metrics, Actions.andShell(actions), settings, true);
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
            ObjectNode shown = actionList.addObject().put("name", action.name).put("class", action.type)
                    .put("timeoutSeconds", action.timeoutSeconds);
            shown.set("params", parse(action.params));
            if (action.reboots) {
                shown.put("reboots", true);
            }
        }
        if (hasShell) {
            product.put("shell", true);
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
