package io.aftercare.simulator.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Something about a device that can be set from afar, by the desired state; or that cannot, and is reported all the same.
///
/// @param factory  its value when the device is new
/// @param isLocked set by the maker alone
public record Setting(String name, Range range, Object factory, boolean isLocked) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The values that can be taken.
    public sealed interface Range {
        /// A number, both ends included.
        record Numbers(double min, double max) implements Range {}

        record Words(List<String> words) implements Range {
            public Words {
                words = List.copyOf(words);
            }
        }

        record Switch() implements Range {}
    }

    public static Setting number(String name, double min, double max, double factory) {
        return new Setting(name, new Range.Numbers(min, max), factory, false);
    }

    public static Setting words(String name, String... words) {
        return new Setting(name, new Range.Words(List.of(words)), words[0], false);
    }

    public static Setting onOff(String name, boolean factory) {
        return new Setting(name, new Range.Switch(), factory, false);
    }

    public Setting locked() {
        return new Setting(name, range, factory, true);
    }

    /// Whether the device can be set to this.
    public boolean accepts(JsonNode value) {
        return !isLocked && switch (range) {
            case Range.Numbers numbers -> value.isNumber() && value.doubleValue() >= numbers.min
                    && value.doubleValue() <= numbers.max;
            case Range.Words words -> value.isTextual() && words.words.contains(value.asText());
            case Range.Switch _ -> value.isBoolean();
        };
    }

    /// Its JSON Schema.
    ObjectNode schema() {
        ObjectNode schema = JSON.createObjectNode();
        switch (range) {
            case Range.Numbers numbers -> schema.put("type", "number").put("minimum", numbers.min)
                    .put("maximum", numbers.max);
            case Range.Words words -> words.words.forEach(schema.put("type", "string").putArray("enum")::add);
            case Range.Switch _ -> schema.put("type", "boolean");
        }
        return schema;
    }
}
